/**
 * What happened, written down.
 *
 * <p>The {@link io.bellwether.examples.quickstart.report.Ledger} counts what users got, step by
 * step; the {@link io.bellwether.examples.quickstart.report.Chronicle} listens to the rollout and
 * turns its pages. Together they make a {@link
 * io.bellwether.examples.quickstart.report.ScenarioResult}, which {@link
 * io.bellwether.examples.quickstart.report.ReportFile} writes as JSON and {@link
 * io.bellwether.examples.quickstart.report.Story} tells to people.
 */
@NullMarked
package io.bellwether.examples.quickstart.report;

import org.jspecify.annotations.NullMarked;
