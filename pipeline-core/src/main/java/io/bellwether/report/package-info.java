/**
 * What became of a rollout, to look at: one value made from its journal, as JSON for programs and
 * as Markdown for a job summary.
 *
 * <pre>{@code
 * var report = RolloutReport.of(store.journal(id));
 * Files.writeString(summary, report.toMarkdown());
 * }</pre>
 *
 * <p>The journal knows the steps, checks, holds and people. What it does not know is given besides:
 * {@link io.bellwether.report.RolloutReportBuilder} takes the alerts that were sent, how the error
 * budgets stood, and samples of both versions between the checks. A page for people is drawn by
 * {@code pipeline-charts}.
 */
@NullMarked
package io.bellwether.report;

import org.jspecify.annotations.NullMarked;
