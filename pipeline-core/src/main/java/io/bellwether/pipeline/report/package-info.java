/**
 * A run for people and for tools: a tree as plain text, JSON, a Mermaid graph, and the Markdown of
 * a job summary with the run's figures beside the targets.
 *
 * <pre>{@code
 * var report = RunReport.of(pipeline, run.state());
 * report.tree();                 // for the terminal
 * report.toJson();               // for tools
 * report.mermaid();              // for documents
 * report.jobSummary();           // for $GITHUB_STEP_SUMMARY
 * }</pre>
 */
@NullMarked
package io.bellwether.pipeline.report;

import org.jspecify.annotations.NullMarked;
