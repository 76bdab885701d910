package io.bellwether.examples.cli.convert;

import io.bellwether.alerting.route.RouteTree;
import io.bellwether.alertmanager.AlertmanagerConfig;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The routes of an Alertmanager file, each with all that holds for it. */
final class RouteOutline {
  private RouteOutline() {}

  static Conversion of(AlertmanagerConfig config) {
    var routes =
        RouteTree.of(config.root(), RouteTree.Defaults.ALERTMANAGER).nodes().stream()
            .map(
                node ->
                    node.key()
                        + " -> "
                        + node.options()
                        + (node.route().continues() ? "; continues" : ""));
    var inhibitions = config.inhibitions().stream().map(Object::toString);
    var intervals = config.intervals().stream().map(interval -> "interval " + interval.name());
    var text =
        Stream.of(routes, inhibitions, intervals)
            .flatMap(part -> part)
            .collect(Collectors.joining("\n", "", "\n"));
    return new Conversion(
        text,
        List.of(
            "the file itself is read at run time: AlertmanagerConfig.read(file).applyTo(router,"
                + " receivers)",
            "receivers are the host's; the file names "
                + config.receivers()
                + ", what each does is said in code"));
  }
}
