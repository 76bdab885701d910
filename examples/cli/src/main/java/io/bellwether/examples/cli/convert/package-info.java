/** Files of other tools as ours, each with notes on what was not carried over. */
@NullMarked
package io.bellwether.examples.cli.convert;

import org.jspecify.annotations.NullMarked;
