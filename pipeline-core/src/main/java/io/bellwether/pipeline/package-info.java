/**
 * From commit to production: a graph of stages, and what it does next.
 *
 * <p>A {@link io.bellwether.pipeline.Pipeline} is a value: named {@link
 * io.bellwether.pipeline.Stage stages} with what they need, when they apply, how long they may take
 * and what they do. {@link io.bellwether.pipeline.PipelineDecider} says what follows from each
 * thing that happens, as a pure function from state and input to events and effects; {@code
 * io.bellwether.pipeline.run} carries them out on the host's threads and remembers them.
 *
 * <pre>{@code
 * var pipeline = Pipeline.named("chat", p -> p
 *     .stage("unit-tests", s -> s.run(context -> tests()))
 *     .stage("deploy", s -> s.needs("unit-tests").when(branches("main")).environment("production")
 *         .run(context -> deploy(context.trigger().version()))));
 * }</pre>
 *
 * <p>Around it: {@code .protection} (who may deploy where and when), {@code .audit} (who did),
 * {@code .stage} (ready stages and the usual pipeline), {@code .report} (a run for people).
 */
@NullMarked
package io.bellwether.pipeline;

import org.jspecify.annotations.NullMarked;
