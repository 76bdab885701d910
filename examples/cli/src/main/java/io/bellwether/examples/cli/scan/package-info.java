/** Where in a directory secrets are written down; the secrets themselves are kept nowhere. */
@NullMarked
package io.bellwether.examples.cli.scan;

import org.jspecify.annotations.NullMarked;
