/**
 * The AI provider: a second HTTP server that speaks the chat completions protocol.
 *
 * <p>Like a real model it reacts to the prompt it is given. How it reacts (how long it takes, how
 * often it fails, is busy or says nothing) is a {@link
 * io.bellwether.examples.quickstart.model.Behaviour}: a few stated distributions, drawn from by a
 * seeded generator.
 */
@NullMarked
package io.bellwether.examples.quickstart.model;

import org.jspecify.annotations.NullMarked;
