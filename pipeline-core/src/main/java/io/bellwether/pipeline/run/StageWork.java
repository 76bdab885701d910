package io.bellwether.pipeline.run;

import io.bellwether.pipeline.PipelineEffect;
import io.bellwether.pipeline.PipelineInput;
import io.bellwether.pipeline.PipelineState;
import io.bellwether.pipeline.Stage;
import io.bellwether.pipeline.StageResult;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The stages of one run that are under way in this process. */
final class StageWork {
  private final Executor executor;
  private final Consumer<PipelineInput> answer;
  private final Map<String, LiveContext> active = new ConcurrentHashMap<>();

  StageWork(Executor executor, Consumer<PipelineInput> answer) {
    this.executor = executor;
    this.answer = answer;
  }

  void begin(Stage stage, PipelineEffect.Begin begin, PipelineState state) {
    var context = new LiveContext(state, stage.name(), begin.attempt(), begin.resumed());
    active.put(stage.name(), context);
    try {
      executor.execute(() -> work(stage, context));
    } catch (RejectedExecutionException e) {
      end(context, StageResult.failure("the host's threads are busy or shut down"));
    }
  }

  void stop(PipelineEffect.Stop stop) {
    var context = active.get(stop.stage());
    if (context != null && context.attempt() == stop.attempt()) {
      context.stop();
    }
  }

  /** What nobody will go on with is asked to stop; what another process takes up is let go. */
  void close(boolean goesOnElsewhere) {
    active.values().forEach(goesOnElsewhere ? LiveContext::detach : LiveContext::stop);
    active.clear();
  }

  private void work(Stage stage, LiveContext context) {
    if (!context.enter()) {
      end(context, StageResult.failure("stopped before it began"));
      return;
    }
    try {
      var ignored =
          stage
              .action()
              .begin(context)
              .whenComplete((result, error) -> end(context, result(result, error)));
    } catch (Throwable e) { // whatever it is, the stage is over and the run has to know
      end(context, result(null, e));
    } finally {
      context.leave();
    }
  }

  private void end(LiveContext context, StageResult result) {
    active.remove(context.stage(), context);
    answer.accept(new PipelineInput.Ended(context.stage(), context.attempt(), result));
  }

  private static StageResult result(@Nullable StageResult result, @Nullable Throwable error) {
    if (error == null) {
      return Objects.requireNonNullElseGet(
          result, () -> StageResult.failure("it ended without a result"));
    }
    var cause =
        error instanceof CompletionException wrapped && wrapped.getCause() != null
            ? wrapped.getCause()
            : error;
    var message = cause.getMessage();
    return StageResult.failure(
        message == null || message.isBlank() ? cause.getClass().getSimpleName() : message);
  }
}
