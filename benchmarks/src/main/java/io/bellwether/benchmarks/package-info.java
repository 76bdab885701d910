/**
 * What our hot paths cost, beside rows that show what the machine allows.
 *
 * <p>Figures are read as ratios between rows of one run, never as nanoseconds of one machine. A
 * {@code limit} row does the least that could do the same job; {@code benchmarks/peers} has the
 * same rows beside other libraries.
 */
@NullMarked
package io.bellwether.benchmarks;

import org.jspecify.annotations.NullMarked;
