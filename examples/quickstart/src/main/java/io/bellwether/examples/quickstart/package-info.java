/**
 * The main job: a small AI service on real sockets releases a new prompt, five times over.
 *
 * <p>{@link io.bellwether.examples.quickstart.Quickstart} is the program. Users ({@code load}) put
 * questions to a chat service ({@code chat}), which asks an AI provider ({@code model}); the
 * service rolls out version 2 of its prompt beside version 1, and each {@link
 * io.bellwether.examples.quickstart.Scenario} says what is the matter with version 2 and what must
 * come of it. {@code console} shows it, {@code report} writes it down.
 */
@NullMarked
package io.bellwether.examples.quickstart;

import org.jspecify.annotations.NullMarked;
