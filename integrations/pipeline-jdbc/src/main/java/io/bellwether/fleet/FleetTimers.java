package io.bellwether.fleet;

import com.github.kagkarlsson.scheduler.ScheduledExecutionsFilter;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerClient.ScheduleOptions;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceCurrentlyExecutingException;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceNotFoundException;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * One timer in the database for each rollout under way, which fires at least once in some replica,
 * also after the one that held it has died. A timer is a hint: the journal says what is due.
 */
final class FleetTimers implements AutoCloseable {
  /** What is to become of a timer that has fired. */
  enum Next {
    /** Nobody here knows; it fires again until the leader has moved it. */
    UNKNOWN,
    /** It fires again, unless it is moved before. */
    SOON,
    /** Its rollout has ended. */
    NEVER
  }

  static final String TABLE = "bellwether_timers";

  /** The fewest heartbeats that db-scheduler lets be missed. */
  private static final int MISSED = 4;

  private static final Duration LAST_EXECUTIONS = Duration.ofSeconds(2);

  private final CustomTask<Void> task;
  private final Scheduler scheduler;

  FleetTimers(
      DataSource source, FleetBuilder given, InstantSource clock, Function<String, Next> due) {
    var again = given.times.poll();
    task =
        Tasks.custom(given.name, Void.class)
            .onFailure(
                (FailureHandler<Void>)
                    (failed, it) -> it.reschedule(failed, clock.instant().plus(again)))
            .onDeadExecutionRevive()
            .execute((instance, context) -> after(due.apply(instance.getId()), clock, again));
    scheduler =
        Scheduler.create(source, List.of(task))
            .tableName(TABLE)
            .schedulerName(new SchedulerName.Fixed(given.replica))
            .clock(clock::instant)
            .threads(1)
            .pollingInterval(again)
            .heartbeatInterval(given.times.lease())
            .missedHeartbeatsLimit(MISSED)
            .shutdownMaxWait(LAST_EXECUTIONS)
            .commitWhenAutocommitDisabled(true)
            .build();
  }

  private static CompletionHandler<Void> after(Next next, InstantSource clock, Duration again) {
    return (done, it) -> {
      switch (next) {
        case UNKNOWN, SOON -> it.reschedule(done, clock.instant().plus(again));
        case NEVER -> it.stop();
      }
    };
  }

  void begin() {
    scheduler.start();
  }

  /** The releases that have a timer. */
  List<String> releases() {
    return scheduler
        .getScheduledExecutionsForTask(task.getName(), Void.class, ScheduledExecutionsFilter.all())
        .stream()
        .map(it -> it.getTaskInstance().getId())
        .toList();
  }

  /** Sets a release's timer; not while it fires, and then this is false. */
  boolean set(String release, Instant at) {
    try {
      return scheduler.schedule(timer(release), at, ScheduleOptions.WHEN_EXISTS_RESCHEDULE);
    } catch (TaskInstanceCurrentlyExecutingException e) {
      return false;
    }
  }

  /** Takes a release's timer away; not while it fires, and then this is false. */
  boolean cancel(String release) {
    try {
      scheduler.cancel(timer(release));
      return true;
    } catch (TaskInstanceNotFoundException e) {
      return true;
    } catch (TaskInstanceCurrentlyExecutingException e) {
      return false;
    }
  }

  private TaskInstance<Void> timer(String release) {
    return task.instance(release);
  }

  /** Waits for a timer that fires here, for a short while. */
  @Override
  public void close() {
    scheduler.stop();
  }
}
