/**
 * Our hot paths beside those of other libraries, in the same run: only ratios within one run count.
 *
 * <p>Each peer decides as its documentation has it, with everything that can be prepared prepared,
 * and is refused before it is measured if it does not send about a tenth of the users to the
 * candidate.
 */
@NullMarked
package io.bellwether.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
