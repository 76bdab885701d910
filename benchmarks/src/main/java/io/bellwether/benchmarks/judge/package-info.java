/** The judge benchmark: simulated rollouts, the judges under test, and what became of them. */
@NullMarked
package io.bellwether.benchmarks.judge;

import org.jspecify.annotations.NullMarked;
