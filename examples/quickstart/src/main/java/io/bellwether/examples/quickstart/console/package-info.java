/**
 * What the user watches.
 *
 * <p>On a terminal every rollout has a line that is redrawn in place, with what happens scrolling
 * by above; elsewhere the same is told in plain lines. Both are a {@link
 * io.bellwether.examples.quickstart.console.Progress} fed with {@link
 * io.bellwether.examples.quickstart.console.Row}s.
 */
@NullMarked
package io.bellwether.examples.quickstart.console;

import org.jspecify.annotations.NullMarked;
