package io.bellwether.alerting;

import io.bellwether.alerting.receiver.MessageText;
import io.bellwether.alerting.route.LabelText;
import io.bellwether.alerting.route.RouteOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Who would be told of an alert with certain labels, and why: a dry run.
 *
 * @param labels the labels that were asked for
 * @param matches the routes that take it, in the order of the tree; never none
 * @param mutedBy why nobody would be told now, whatever the route
 */
public record Explanation(
    Map<String, String> labels, List<Match> matches, Optional<String> mutedBy) {
  private static final int LONGEST_VALUE = 200;

  /** Copies everything. */
  public Explanation {
    labels = Map.copyOf(labels);
    matches = List.copyOf(matches);
  }

  /**
   * A route that takes the alert.
   *
   * @param route its name or its place in the tree
   * @param options who is told and how often
   * @param groupLabels the labels its group has in common
   * @param closedBy why this route would tell nobody now
   */
  public record Match(
      String route,
      RouteOptions options,
      Map<String, String> groupLabels,
      Optional<String> closedBy) {
    /** Copies the labels. */
    public Match {
      groupLabels = Map.copyOf(groupLabels);
    }

    /** The route, its receivers and its group. */
    @Override
    public String toString() {
      return route
          + " -> "
          + options
          + "; group "
          + shown(groupLabels)
          + closedBy.map(why -> "; closed now: " + why).orElse("");
    }
  }

  /** The names of everybody who would be told, in order. */
  public List<String> receivers() {
    return matches.stream().flatMap(match -> match.options().receivers().stream()).toList();
  }

  /** Values may be of any length; so much of each says which one it is. */
  private static String shown(Map<String, String> labels) {
    var shown = new TreeMap<>(labels);
    shown.replaceAll((label, value) -> MessageText.cut(value, LONGEST_VALUE));
    return LabelText.braces(shown);
  }

  /** One line for each route. */
  @Override
  public String toString() {
    return shown(labels)
        + mutedBy.map(why -> " muted now by " + why).orElse("")
        + "\n  "
        + String.join("\n  ", matches.stream().map(Match::toString).toList());
  }
}
