/**
 * Runs pipelines on the host's threads and remembers them.
 *
 * <pre>{@code
 * try (var runner = PipelineRunner.create(time, executor, r -> r
 *     .store(FilePipelineStore.open(Path.of("/var/lib/chat")))
 *     .environment(production)
 *     .approvals(approvals)
 *     .resume(pipeline))) {
 *   var run = runner.start(pipeline, Trigger.of("main", "4f2a9c1", "dev"));
 *   run.await(ofHours(2));
 * }
 * }</pre>
 *
 * <p>With a durable store a run outlives its process: what was recorded as done stays done, what
 * ran is begun again, approvals that were seen count.
 */
@NullMarked
package io.bellwether.pipeline.run;

import org.jspecify.annotations.NullMarked;
