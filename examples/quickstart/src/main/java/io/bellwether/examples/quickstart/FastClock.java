package io.bellwether.examples.quickstart;

import io.bellwether.examples.quickstart.report.Timeline;
import io.bellwether.time.Scheduler;
import io.bellwether.time.Ticker;
import io.bellwether.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;

/**
 * The service's time: it runs {@code speed} times as fast as the clock on the wall, so that a
 * rollout of half an hour is over in half a minute.
 *
 * <p>This is the one place where time is scaled. The rollout engine, the outcome windows and the
 * gates live on this clock and are told of minutes and of seconds, just as in production. Immutable
 * and thread-safe.
 *
 * @param speed how many seconds pass here in a second; positive
 * @param wallStart the wall's time when the clock was started
 * @param ticksAtStart the ticker's reading then
 */
public record FastClock(double speed, Instant wallStart, long ticksAtStart) implements Timeline {
  /**
   * A clock that shows the wall's time now, which is read this once, and runs ahead of it from here
   * on.
   */
  public static FastClock start(double speed) {
    return new FastClock(speed, InstantSource.system().instant(), Ticker.system().nanos());
  }

  /** Everything the library knows about time. */
  public TimeSource time(ScheduledExecutorService timer) {
    return new TimeSource(this::now, ticker(), scheduler(timer));
  }

  /** The time here. */
  public Instant now() {
    return wallStart.plusNanos(ticker().nanos());
  }

  /** Time passed here. */
  public Ticker ticker() {
    return () -> (long) ((Ticker.system().nanos() - ticksAtStart) * speed);
  }

  /** How long something that lasts this long here lasts on the wall. */
  public Duration onTheWall(Duration here) {
    return Duration.ofNanos((long) (here.toNanos() / speed));
  }

  /** How long something that lasts this long on the wall lasts here. */
  public Duration here(Duration onTheWall) {
    return Duration.ofNanos((long) (onTheWall.toNanos() * speed));
  }

  @Override
  public double minute(Instant here) {
    return Math.round(Duration.between(wallStart, here).toMillis() / 600.0) / 100.0;
  }

  @Override
  public Instant onTheWall(Instant here) {
    return wallStart.plus(onTheWall(Duration.between(wallStart, here)));
  }

  private Scheduler scheduler(ScheduledExecutorService timer) {
    var wall = Scheduler.using(timer);
    return (delay, task) -> wall.schedule(onTheWall(delay), task);
  }
}
