package io.bellwether.alertmanager;

import io.bellwether.BellwetherException;
import io.bellwether.Problems;
import io.bellwether.alerting.AlertRouterBuilder;
import io.bellwether.alerting.notice.Receiver;
import io.bellwether.alerting.route.Inhibition;
import io.bellwether.alerting.route.Route;
import io.bellwether.alerting.route.TimeInterval;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What an Alertmanager file says of routing: the same alerts come to the same receivers in the same
 * groups. Immutable and thread-safe.
 *
 * <p>Read are the tree of routes ({@code matchers}, {@code match}, {@code match_re}), inhibitions,
 * time intervals, the names of the receivers and {@code resolve_timeout}. What a receiver does, its
 * addresses and templates, is the host's: each name needs a {@link Receiver} of that name.
 *
 * <pre>{@code
 * var config = AlertmanagerConfig.read(Path.of("alertmanager.yml"));
 * var router = AlertRouter.create(r -> config.applyTo(r, slack, pager));
 * }</pre>
 *
 * @param root the tree
 * @param inhibitions what mutes what; a label missing on both sides counts as the same
 * @param intervals by name
 * @param receivers the names the file knows
 * @param resolveTimeout after how long without news an alert counts as resolved
 */
public record AlertmanagerConfig(
    Route root,
    List<Inhibition> inhibitions,
    List<TimeInterval> intervals,
    List<String> receivers,
    Optional<Duration> resolveTimeout) {
  /** Copies the lists. */
  public AlertmanagerConfig {
    inhibitions = List.copyOf(inhibitions);
    intervals = List.copyOf(intervals);
    receivers = List.copyOf(receivers);
  }

  /**
   * Reads a file.
   *
   * @throws BellwetherException if it cannot be read
   * @throws io.bellwether.InvalidConfigurationException with every problem at once
   */
  public static AlertmanagerConfig read(Path file) {
    try {
      return parse(Files.readString(file));
    } catch (IOException e) {
      throw new BellwetherException("Alertmanager file " + file + " cannot be read: " + e, e);
    }
  }

  /**
   * Reads a file's text.
   *
   * @throws BellwetherException if it is no YAML
   * @throws io.bellwether.InvalidConfigurationException with every problem at once
   */
  public static AlertmanagerConfig parse(String yaml) {
    var problems = new Problems();
    var config = new ConfigReader(problems).read(YamlDocument.parse(yaml, problems));
    problems.throwIfAny("Alertmanager file");
    return config;
  }

  /**
   * Gives a router these routes, inhibitions and intervals.
   *
   * @param receivers those the file names; the router is not built when one is missing
   */
  public AlertRouterBuilder applyTo(AlertRouterBuilder router, Receiver... receivers) {
    router.tree(root).receivers(receivers);
    inhibitions.forEach(router::inhibit);
    intervals.forEach(router::interval);
    resolveTimeout.ifPresent(router::resolveAfter);
    return router;
  }
}
