package io.bellwether.alerting.route;

import io.bellwether.Problems;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * Nobody is told of alerts that satisfy every matcher, from start up to and without end; that an
 * announced alert is over is told all the same. Immutable and thread-safe.
 *
 * @param id tells it from others
 * @param matchers what an alert has to satisfy
 * @param start from then on
 * @param end no longer than this
 * @param by whose it is
 * @param comment why
 */
public record Silence(
    String id, List<Matcher> matchers, Instant start, Instant end, String by, String comment) {
  /**
   * Refuses what would silence everything or nothing.
   *
   * @throws io.bellwether.InvalidConfigurationException with every problem at once
   */
  public Silence {
    matchers = List.copyOf(matchers);
    var problems = new Problems();
    matchers.forEach(matcher -> matcher.problem().ifPresent(problems::add));
    Objects.requireNonNull(by, "silence: by is null; say whose it is, or nothing");
    Objects.requireNonNull(comment, "silence: comment is null; say why, or nothing");
    problems
        .require(!id.isBlank(), "the id is blank")
        .require(start.isBefore(end), "end before start: from " + start + " to " + end)
        .require(
            matchers.stream().anyMatch(matcher -> !matcher.accepts("")),
            "at least one matcher must not match the empty string; "
                + matchers
                + " silences alerts that have none of these labels")
        .throwIfAny("silence '" + id + "'");
  }

  /** Whether it silences an alert with these labels at this moment. */
  public boolean silences(Labels labels, Instant now) {
    return active(now) && matchers.stream().allMatch(matcher -> matcher.matches(labels));
  }

  /** Whether it is in force. */
  public boolean active(Instant now) {
    return !now.isBefore(start) && now.isBefore(end);
  }

  /**
   * Whether this silence can become that one and stay the same: alike but for end and comment, and
   * not over yet. Otherwise it ends and a new one begins.
   */
  public boolean becomesInPlace(Silence changed, Instant now) {
    return now.isBefore(end)
        && !changed.end().isBefore(now)
        && matchers.equals(changed.matchers())
        && (start.equals(changed.start()) || now.isBefore(start));
  }

  /** The same silence, over at this moment. */
  public Silence expired(Instant now) {
    return now.isAfter(start) && now.isBefore(end)
        ? new Silence(id, matchers, start, now, by, comment)
        : this;
  }
}
