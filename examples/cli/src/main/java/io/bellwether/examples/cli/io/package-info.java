/** What all commands share: reading files that may be anything, and saying what was found. */
@NullMarked
package io.bellwether.examples.cli.io;

import org.jspecify.annotations.NullMarked;
