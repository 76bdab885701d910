/**
 * The rows of {@code io.bellwether.benchmarks} again, beside other libraries doing the same job as
 * nearly as they can: a comparison is only worth something within one run.
 */
@NullMarked
package io.bellwether.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
