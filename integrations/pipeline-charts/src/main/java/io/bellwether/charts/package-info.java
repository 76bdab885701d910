/**
 * Pictures of what the library works out.
 *
 * <p>{@link io.bellwether.charts.BurnDownChart} draws how an error budget went down beside the
 * ideal line. Drawn with XChart, whose types stay inside; needs no display. {@link
 * io.bellwether.charts.ReportPage} is a rollout's report as a page of HTML with charts of its own
 * in SVG.
 */
@NullMarked
package io.bellwether.charts;

import org.jspecify.annotations.NullMarked;
