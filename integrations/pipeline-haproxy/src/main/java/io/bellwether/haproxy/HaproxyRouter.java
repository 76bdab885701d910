package io.bellwether.haproxy;

import io.bellwether.Problems;
import io.bellwether.health.VersionHealth;
import io.bellwether.release.Version;
import io.bellwether.routing.TrafficRouter;
import io.bellwether.routing.TrafficSplit;
import io.bellwether.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * Divides traffic with a running HAProxy: a release has two slots of servers, and their weights
 * give the candidate its share.
 *
 * <p>A change raises one side before it lowers the other, so that no request finds nobody. Server
 * weights are whole numbers up to 256: a share that cannot be had within 0.1 points, such as 0.1 %
 * with one server in each slot, is refused before anything is changed. What is read is the servers'
 * own weights. Which version has which slot stands in a map of HAProxy's; after a restart of
 * HAProxy this router still knows it, and {@link #remind} puts everything back.
 *
 * <p>One process changes a release at a time: that is the leader's. Two that do at once leave what
 * the later of them wrote, command by command. Thread-safe; calls block up to the deadline.
 */
public final class HaproxyRouter implements TrafficRouter {
  private final Map<String, Entrance> releases = new TreeMap<>();
  private final RuntimeSocket socket;
  private final Duration deadline;
  private final Ticker ticker;

  /** Lets one call at a time in. */
  private record Entrance(Wiring wiring, Routes routes, ReentrantLock lock) {}

  HaproxyRouter(
      RuntimeSocket socket, String map, List<Wiring> wirings, Duration deadline, Ticker ticker) {
    this.socket = socket;
    this.deadline = deadline;
    this.ticker = ticker;
    var proxy = new Proxy(socket, map);
    wirings.forEach(
        wiring ->
            releases.put(
                wiring.release(),
                new Entrance(wiring, new Routes(wiring, proxy), new ReentrantLock(true))));
  }

  /**
   * A router over HAProxy's stats socket; nothing is asked of HAProxy yet.
   *
   * @throws io.bellwether.InvalidConfigurationException with every problem at once
   */
  public static HaproxyRouter create(Consumer<HaproxyRouterBuilder> settings) {
    var builder = new HaproxyRouterBuilder();
    settings.accept(builder);
    return builder.build();
  }

  @Override
  public void apply(TrafficSplit split) {
    var problems = new Problems();
    problems(split).forEach(problems::add);
    problems.throwIfAny("split [" + split + "] for " + socket);
    within(
        split.release(),
        (routes, end) -> {
          routes.apply(split, end);
          return split;
        });
  }

  @Override
  public TrafficSplit read(String release) {
    return within(release, Routes::read);
  }

  @Override
  public List<String> problems(TrafficSplit split) {
    var entrance = releases.get(split.release());
    if (entrance == null) {
      return List.of(unknown(split.release()));
    }
    var problems = new Problems();
    entrance.wiring().check(split, problems);
    entrance.routes().sizeProblem(split).ifPresent(problems::add);
    return problems.list();
  }

  /**
   * The slot that serves this version, which is stable now or was before; the one that serves most
   * where nothing is known of it. What {@code Slots.active} of a blue-green deployment answers.
   */
  public String slot(String release, Version stable) {
    return within(release, (routes, end) -> routes.slot(stable, end).name());
  }

  /**
   * Whether a version can be taken away: its slot has no weight and no audience, and no request to
   * it is under way or queued. A version of which nothing is known serves nobody.
   */
  public boolean isDrained(String release, Version version) {
    return within(release, (routes, end) -> routes.isDrained(version, end));
  }

  /**
   * Health as HAProxy's own checks see it: a version is able to serve while one of its slot's
   * servers is up. Servers without a check count as up.
   */
  public VersionHealth health() {
    return (release, version) -> within(release, (routes, end) -> routes.isUp(version, end));
  }

  /**
   * Puts back what this router applied last wherever HAProxy has forgotten it, which it has after a
   * restart. For a host to call every few seconds, in the process that leads the rollouts.
   *
   * @return what was put back; empty while HAProxy knows everything
   */
  public List<TrafficSplit> remind() {
    var reminded = new ArrayList<TrafficSplit>();
    for (var release : releases.keySet()) {
      within(release, Routes::remind).ifPresent(reminded::add);
    }
    return reminded;
  }

  private <T> T within(String release, BiFunction<Routes, Deadline, T> work) {
    var entrance = releases.get(release);
    if (entrance == null) {
      throw new HaproxyException(unknown(release));
    }
    var end = Deadline.in(deadline, ticker);
    try {
      if (!entrance.lock().tryLock(end.nanosLeft(), TimeUnit.NANOSECONDS)) {
        throw new HaproxyException(
            "another call for '" + release + "' to " + socket + " has not come back within " + end);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HaproxyException("interrupted before " + socket + " was asked", e);
    }
    try {
      return work.apply(entrance.routes(), end);
    } finally {
      entrance.lock().unlock();
    }
  }

  private String unknown(String release) {
    return "release '"
        + release
        + "' is not wired to "
        + socket
        + "; it knows "
        + releases.keySet();
  }
}
