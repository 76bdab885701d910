/**
 * The host: a small chat service whose prompt is being rolled out.
 *
 * <p>{@link io.bellwether.examples.quickstart.chat.ChatService} is what a team would write itself;
 * the only line that knows of the rollout is the call of the router.
 */
@NullMarked
package io.bellwether.examples.quickstart.chat;

import org.jspecify.annotations.NullMarked;
