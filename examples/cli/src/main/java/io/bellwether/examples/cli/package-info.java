/**
 * The library for continuous integration: a command for each question a pipeline asks, answered in
 * text or JSON and with an exit code.
 *
 * <p>Options are described to picocli in code and not by annotations: reading those at every start
 * would cost more than most commands do. A {@link io.bellwether.examples.cli.Command} reads its
 * files through {@link io.bellwether.examples.cli.io.Input}, asks the library, and speaks through
 * {@link io.bellwether.examples.cli.io.Output}.
 */
@NullMarked
package io.bellwether.examples.cli;

import org.jspecify.annotations.NullMarked;
