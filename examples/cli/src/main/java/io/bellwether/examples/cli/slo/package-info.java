/** Events from tables, saved reports read again, and how long a budget lasts. */
@NullMarked
package io.bellwether.examples.cli.slo;

import org.jspecify.annotations.NullMarked;
