/**
 * Pictures of what the library works out, as PNG.
 *
 * <p>{@link io.bellwether.charts.BurnDownChart} draws how an error budget went down beside the
 * ideal line. Drawn with XChart, whose types stay inside; needs no display.
 */
@NullMarked
package io.bellwether.charts;

import org.jspecify.annotations.NullMarked;
