package io.bellwether.alerting.vectors;

import io.bellwether.alerting.route.Matcher;
import io.bellwether.alerting.route.Route;
import io.bellwether.alerting.route.RouteTree;
import io.bellwether.vectors.VectorObject;
import java.time.Duration;
import java.util.regex.Pattern;

/** Route trees of the vectors. */
final class Trees {
  private static final Pattern DURATION = Pattern.compile("([0-9.]+)(ms|s|m|h|d)");

  private Trees() {}

  static RouteTree tree(VectorObject node) {
    return RouteTree.of(route(node), RouteTree.Defaults.ALERTMANAGER);
  }

  static Route route(VectorObject node) {
    var route = node.has("receiver") ? Route.toNamed(node.text("receiver")) : Route.toNamed();
    if (node.has("matchers")) {
      route =
          route.when(node.texts("matchers").stream().map(Matcher::parse).toArray(Matcher[]::new));
    }
    if (node.has("group_by")) {
      route = route.groupBy(node.texts("group_by").toArray(String[]::new));
    }
    if (node.has("group_wait")) {
      route = route.waiting(duration(node.text("group_wait")));
    }
    if (node.has("group_interval")) {
      route = route.every(duration(node.text("group_interval")));
    }
    if (node.has("repeat_interval")) {
      route = route.repeatEvery(duration(node.text("repeat_interval")));
    }
    if (node.flag("continue", false)) {
      route = route.andContinue();
    }
    for (var child : node.objectsIfAny("routes")) {
      route = route.with(route(child));
    }
    return route;
  }

  static Duration duration(String text) {
    var matcher = DURATION.matcher(text);
    var sum = Duration.ZERO;
    while (matcher.find()) {
      var number = Double.parseDouble(matcher.group(1));
      var millis =
          switch (matcher.group(2)) {
            case "ms" -> number;
            case "s" -> number * 1e3;
            case "m" -> number * 60e3;
            case "h" -> number * 3600e3;
            default -> number * 86400e3;
          };
      sum = sum.plus(Duration.ofMillis(Math.round(millis)));
    }
    return sum;
  }
}
