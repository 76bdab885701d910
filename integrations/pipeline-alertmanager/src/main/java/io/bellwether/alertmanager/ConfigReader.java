package io.bellwether.alertmanager;

import io.bellwether.BellwetherException;
import io.bellwether.Problems;
import io.bellwether.alerting.route.Inhibition;
import io.bellwether.alerting.route.Matcher;
import io.bellwether.alerting.route.Route;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Reads the parts of a file that say who is told of what. */
final class ConfigReader {
  private static final Set<String> ROUTE =
      Set.of(
          "receiver",
          "group_by",
          "group_wait",
          "group_interval",
          "repeat_interval",
          "continue",
          "matchers",
          "match",
          "match_re",
          "mute_time_intervals",
          "active_time_intervals",
          "routes");
  private static final Set<String> INHIBITION =
      Set.of(
          "source_matchers",
          "source_match",
          "source_match_re",
          "target_matchers",
          "target_match",
          "target_match_re",
          "equal");
  private static final Pattern DURATION = Pattern.compile("(\\d+)(ms|y|w|d|h|m|s)");

  private final Problems problems;

  ConfigReader(Problems problems) {
    this.problems = problems;
  }

  AlertmanagerConfig read(YamlDocument file) {
    var root = file.child("route").map(this::route).orElseGet(() -> missing(file));
    var inhibitions = file.children("inhibit_rules").stream().map(this::inhibition).toList();
    var intervals = new IntervalReader(problems).read(file);
    var receivers = new ArrayList<String>();
    var names = new HashSet<String>();
    for (var receiver : file.children("receivers")) {
      var name = receiver.text("name").orElse("");
      problems.require(!name.isEmpty(), receiver.path("name") + ": a receiver has no name");
      problems.require(names.add(name), receiver.path("name") + ": '" + name + "' is there twice");
      receivers.add(name);
    }
    known(root, names);
    Optional<Duration> timeout =
        file.child("global").flatMap(global -> duration(global, "resolve_timeout"));
    return new AlertmanagerConfig(root, inhibitions, intervals, receivers, timeout);
  }

  private static Route missing(YamlDocument file) {
    file.problem("route", "there is no route");
    return Route.toNamed();
  }

  private void known(Route route, Set<String> receivers) {
    for (var name : route.receivers()) {
      problems.require(
          receivers.contains(name), "route " + route + ": unknown receiver '" + name + "'");
    }
    route.children().forEach(child -> known(child, receivers));
  }

  private Route route(YamlDocument node) {
    node.allow(ROUTE);
    var route = node.text("receiver").map(Route::toNamed).orElseGet(Route::toNamed);
    route = route.when(matchers(node, "").toArray(Matcher[]::new));
    if (node.has("group_by")) {
      route = route.groupBy(node.texts("group_by").toArray(String[]::new));
    }
    route = timed(node, route);
    if (node.flag("continue")) {
      route = route.andContinue();
    }
    route =
        route
            .muteDuring(node.texts("mute_time_intervals").toArray(String[]::new))
            .activeDuring(node.texts("active_time_intervals").toArray(String[]::new));
    for (var child : node.children("routes")) {
      route = route.with(route(child));
    }
    return route;
  }

  private Route timed(YamlDocument node, Route route) {
    var timed = route;
    var wait = duration(node, "group_wait");
    if (wait.isPresent()) {
      timed = timed.waiting(wait.get());
    }
    var interval = duration(node, "group_interval");
    if (interval.isPresent()) {
      timed = timed.every(interval.get());
    }
    var repeat = duration(node, "repeat_interval");
    return repeat.isPresent() ? timed.repeatEvery(repeat.get()) : timed;
  }

  private Inhibition inhibition(YamlDocument node) {
    node.allow(INHIBITION);
    return new Inhibition(
        matchers(node, "source_"), matchers(node, "target_"), node.texts("equal"), false);
  }

  private List<Matcher> matchers(YamlDocument node, String prefix) {
    var matchers = new ArrayList<Matcher>();
    for (var text : node.texts(prefix + "matchers")) {
      for (var one : MatcherText.split(text)) {
        add(node, prefix + "matchers", matchers::add, () -> Matcher.parse(one));
      }
    }
    node.map(prefix + "match").forEach((label, value) -> matchers.add(Matcher.label(label, value)));
    node.map(prefix + "match_re")
        .forEach(
            (label, regex) ->
                add(
                    node,
                    prefix + "match_re",
                    matchers::add,
                    () -> Matcher.matching(label, regex)));
    return matchers;
  }

  private static void add(
      YamlDocument node, String name, Consumer<Matcher> into, Supplier<Matcher> matcher) {
    try {
      var read = matcher.get();
      read.problem().ifPresent(problem -> node.problem(name, problem));
      into.accept(read);
    } catch (BellwetherException invalid) {
      node.problem(name, String.valueOf(invalid.getMessage()));
    }
  }

  /** As Prometheus writes durations: {@code 1h30m}, {@code 5m}, {@code 500ms}. */
  private static Optional<Duration> duration(YamlDocument node, String name) {
    var text = node.text(name);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    var found = DURATION.matcher(text.get());
    var sum = Duration.ZERO;
    var end = 0;
    try {
      while (found.lookingAt()) {
        sum = sum.plus(unit(found.group(2)).multipliedBy(Long.parseLong(found.group(1))));
        end = found.end();
        found.region(end, text.get().length());
      }
    } catch (NumberFormatException | ArithmeticException tooLong) {
      node.problem(name, "'" + text.get() + "' is longer than a duration can be");
      return Optional.empty();
    }
    if (end == 0 && !text.get().equals("0") || end < text.get().length() && end > 0) {
      node.problem(name, "'" + text.get() + "' is no duration such as 30s, 5m or 1h30m");
      return Optional.empty();
    }
    return Optional.of(sum);
  }

  private static Duration unit(String unit) {
    return switch (unit) {
      case "ms" -> Duration.ofMillis(1);
      case "s" -> Duration.ofSeconds(1);
      case "m" -> Duration.ofMinutes(1);
      case "h" -> Duration.ofHours(1);
      case "d" -> Duration.ofDays(1);
      case "w" -> Duration.ofDays(7);
      default -> Duration.ofDays(365);
    };
  }
}
