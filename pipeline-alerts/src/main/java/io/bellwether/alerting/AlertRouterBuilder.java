package io.bellwether.alerting;

import io.bellwether.BellwetherException;
import io.bellwether.Problems;
import io.bellwether.alert.AlertStore;
import io.bellwether.alert.Severity;
import io.bellwether.alerting.AlertRouter.RouterParts;
import io.bellwether.alerting.internal.engine.EngineSettings;
import io.bellwether.alerting.notice.Receiver;
import io.bellwether.alerting.receiver.LogReceiver;
import io.bellwether.alerting.route.Inhibition;
import io.bellwether.alerting.route.Matcher;
import io.bellwether.alerting.route.Route;
import io.bellwether.alerting.route.RouteTree;
import io.bellwether.alerting.route.TimeInterval;
import io.bellwether.alerting.runtime.OwnThreads;
import io.bellwether.time.Durations;
import io.bellwether.time.TimeSource;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Collects a router's settings. Not thread-safe.
 *
 * <p>Unless routes say otherwise, critical alerts are told at once and repeated every hour,
 * warnings wait 30 seconds for others and are repeated every 4 hours, and what is for information
 * is never repeated. What no route takes goes to the log.
 */
public final class AlertRouterBuilder {
  private final Problems problems = new Problems();
  private final List<Receiver> receivers = new ArrayList<>();
  private final List<Route> routes = new ArrayList<>();
  private final List<Inhibition> inhibitions = new ArrayList<>();
  private final Map<String, TimeInterval> intervals = new LinkedHashMap<>();
  private Route otherwise = Route.toNamed();
  private @Nullable Route root;
  private @Nullable Receiver fallback;
  private int stormCap = 20;
  private double jitter = 0.2;
  private @Nullable Duration resolveAfter;
  private Duration startDelay = Duration.ZERO;
  private EngineSettings.@Nullable Daily daily;
  private boolean defaultInhibitions = true;
  private @Nullable AlertStore store;
  private AlertListener listener = AlertListener.none();
  private @Nullable TimeSource time;

  AlertRouterBuilder() {}

  /** Critical alerts go to these. */
  public AlertRouterBuilder critical(Receiver... to) {
    return route(Matcher.severity(Severity.CRITICAL), to(to));
  }

  /** Warnings go to these. */
  public AlertRouterBuilder warning(Receiver... to) {
    return route(Matcher.severity(Severity.WARNING), to(to));
  }

  /** What is for information goes to these. */
  public AlertRouterBuilder info(Receiver... to) {
    return route(Matcher.severity(Severity.INFO), to(to));
  }

  /** Alerts that satisfy this take this route, unless an earlier one has them. */
  public AlertRouterBuilder route(Matcher when, Route route) {
    return problems.given(when, "a route's matcher") && problems.given(route, "a route")
        ? route(route.when(when))
        : this;
  }

  /** Alerts that satisfy the route's matchers take it, unless an earlier one has them. */
  public AlertRouterBuilder route(Route route) {
    if (problems.given(route, "a route")) {
      routes.add(route);
    }
    return this;
  }

  /** What no route takes goes to these. */
  public AlertRouterBuilder otherwise(Receiver... to) {
    otherwise = to(to);
    return this;
  }

  /** The whole tree, with Alertmanager's defaults: by nothing, wait 30 s, repeat 4 h. */
  public AlertRouterBuilder tree(Route root) {
    problems.given(root, "the tree");
    this.root = root;
    return this;
  }

  /** Receivers that routes speak of by name. */
  public AlertRouterBuilder receivers(Receiver... receivers) {
    this.receivers.addAll(problems.allGiven("a receiver", receivers));
    return this;
  }

  /** While the graver fires, the lesser with the same values of these labels is not told. */
  public AlertRouterBuilder inhibit(Severity graver, Severity lesser, String... sameLabels) {
    return inhibit(Inhibition.of(graver, lesser, sameLabels));
  }

  /** While a source fires, its targets are not told. */
  public AlertRouterBuilder inhibit(Inhibition inhibition) {
    if (problems.given(inhibition, "an inhibition")) {
      inhibitions.add(inhibition);
    }
    return this;
  }

  /** A high error rate and the low success rate that comes with it are both told. */
  public AlertRouterBuilder withoutDefaultInhibitions() {
    defaultInhibitions = false;
    return this;
  }

  /** Names an interval, written as {@link TimeInterval#parse} reads it. */
  public AlertRouterBuilder interval(String name, String text) {
    var named = problems.given(name, "an interval's name");
    if (!problems.given(text, "interval " + name) || !named) {
      return this;
    }
    try {
      return interval(TimeInterval.parse(name, text));
    } catch (BellwetherException unreadable) {
      problems.add(String.valueOf(unreadable.getMessage()));
      return this;
    }
  }

  /** Names an interval. */
  public AlertRouterBuilder interval(TimeInterval interval) {
    if (!problems.given(interval, "an interval")) {
      return this;
    }
    problems.require(
        intervals.put(interval.name(), interval) == null,
        "two intervals are named '" + interval.name() + "'");
    problems.require(
        !interval.spans().isEmpty(), "interval '" + interval.name() + "' contains no time");
    return this;
  }

  /** Who is told what another receiver could not take. */
  public AlertRouterBuilder fallbackTo(Receiver receiver) {
    problems.given(receiver, "the fallback");
    fallback = receiver;
    return this;
  }

  /** Notifications a receiver gets within a minute before the rest becomes one summary; 20. */
  public AlertRouterBuilder stormCap(int notifications) {
    problems.require(notifications >= 1, "stormCap " + notifications + " is below 1");
    stormCap = notifications;
    return this;
  }

  /** After how long without news a firing alert that does not say counts as resolved; never. */
  public AlertRouterBuilder resolveAfter(Duration duration) {
    if (!problems.given(duration, "resolveAfter")) {
      return this;
    }
    problems.require(
        !duration.isNegative() && !duration.isZero(),
        "resolveAfter " + Durations.plain(duration) + " must be longer than nothing");
    resolveAfter = Durations.bounded(duration);
    return this;
  }

  /** How long after the start nobody is told, so that all sources are there first; not at all. */
  public AlertRouterBuilder startDelay(Duration duration) {
    if (!problems.given(duration, "startDelay")) {
      return this;
    }
    problems.require(
        !duration.isNegative(), "startDelay " + Durations.plain(duration) + " is negative");
    startDelay = Durations.bounded(duration);
    return this;
  }

  /** By how much of themselves pauses between attempts vary, 0 to 1; 0.2. */
  public AlertRouterBuilder jitter(double share) {
    problems.require(share >= 0 && share <= 1, "jitter " + share + " is not from 0 to 1");
    jitter = share;
    return this;
  }

  /** Tells every day, as the event {@code daily_summary}, what the last day was like. */
  public AlertRouterBuilder dailySummary(LocalTime at, ZoneId zone) {
    var zoned = problems.given(zone, "the daily summary's zone");
    if (problems.given(at, "the daily summary's time") && zoned) {
      daily = new EngineSettings.Daily(at, zone);
    }
    return this;
  }

  /**
   * Who remembers alerts over restarts; nobody unless said. The router closes it, and so does a
   * build that is refused.
   */
  public AlertRouterBuilder store(AlertStore store) {
    problems.given(store, "the store");
    this.store = store;
    return this;
  }

  /** Who hears what becomes of notifications. */
  public AlertRouterBuilder listener(AlertListener listener) {
    if (problems.given(listener, "the listener")) {
      this.listener = listener;
    }
    return this;
  }

  /** The host's time; without it the router keeps a thread of its own. */
  public AlertRouterBuilder time(TimeSource time) {
    problems.given(time, "the time");
    this.time = time;
    return this;
  }

  /**
   * The router, at work.
   *
   * @throws io.bellwether.InvalidConfigurationException with every problem at once
   */
  public AlertRouter build() {
    try {
      return built();
    } catch (RuntimeException refused) {
      if (store != null) {
        store.close(); // nobody else may have it in hand
      }
      throw refused;
    }
  }

  private AlertRouter built() {
    var tree = tree();
    var byName = byName(tree);
    tree.check(problems, byName.keySet(), intervals.keySet());
    inhibitions.forEach(inhibition -> inhibition.check(problems));
    problems.throwIfAny("alert router");
    var settings =
        new EngineSettings(
            tree,
            allInhibitions(),
            Map.copyOf(intervals),
            sendResolved(byName),
            Optional.ofNullable(fallback).map(Receiver::name),
            stormCap,
            Optional.ofNullable(resolveAfter),
            startDelay,
            jitter,
            Optional.ofNullable(daily));
    var given = time;
    if (given != null) {
      return new AlertRouter(
          new RouterParts(settings, byName, Optional.ofNullable(store), listener, given, () -> {}));
    }
    var threads = OwnThreads.create();
    return new AlertRouter(
        new RouterParts(
            settings,
            byName,
            Optional.ofNullable(store),
            listener,
            threads.time(),
            threads::close));
  }

  private Route to(Receiver... receivers) {
    return Route.to(problems.allGiven("a receiver", receivers).toArray(Receiver[]::new));
  }

  private RouteTree tree() {
    if (root != null) {
      problems.require(routes.isEmpty(), "routes beside a whole tree: add them to the tree");
      return RouteTree.of(root, RouteTree.Defaults.ALERTMANAGER);
    }
    var all = otherwise.receivers().isEmpty() ? Route.to(LogReceiver.named("log")) : otherwise;
    otherwise = all;
    for (var route : routes) {
      all = all.with(route);
    }
    return RouteTree.of(all, RouteTree.Defaults.BY_SEVERITY);
  }

  private Map<String, Receiver> byName(RouteTree tree) {
    var all = new ArrayList<>(receivers);
    all.addAll(tree.nodes().get(0).route().builtWith());
    if (fallback != null) {
      all.add(fallback);
    }
    var byName = new LinkedHashMap<String, Receiver>();
    all.removeIf(receiver -> !problems.given(receiver.name(), "the name of " + receiver));
    for (var receiver : all) {
      var known = byName.put(receiver.name(), receiver);
      if (known == null) {
        receiver.problems().forEach(problems::add);
      }
      problems.require(
          known == null || known == receiver,
          "two receivers are named '" + receiver.name() + "'; names tell them apart");
      problems.require(!receiver.name().isBlank(), "a receiver's name is blank");
    }
    return byName;
  }

  private static Map<String, Boolean> sendResolved(Map<String, Receiver> receivers) {
    var sends = new LinkedHashMap<String, Boolean>();
    receivers.forEach((name, receiver) -> sends.put(name, receiver.sendResolved()));
    return sends;
  }

  /** The error rate's alert speaks for those that come with it. */
  private List<Inhibition> allInhibitions() {
    var all = new ArrayList<>(inhibitions);
    if (defaultInhibitions && root == null) {
      for (var lesser : List.of("success_rate_low", "error_rate_elevated")) {
        all.add(
            Inhibition.of(
                Matcher.label("alertname", "error_rate_high"),
                Matcher.label("alertname", lesser),
                "release",
                "version",
                "environment"));
      }
    }
    return all;
  }
}
