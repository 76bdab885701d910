package io.bellwether.junit;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.assertj.core.api.AbstractAssert;

/** What can be said of what somebody was told. Failures show what arrived, and the timeline. */
public final class AlertInboxAssert extends AbstractAssert<AlertInboxAssert, AlertInbox> {
  AlertInboxAssert(AlertInbox actual) {
    super(actual, AlertInboxAssert.class);
  }

  /** This arrived, by the alert's name, such as {@code rollout_rolled_back}. */
  public AlertInboxAssert received(String alert) {
    isNotNull();
    return expect(actual.names().contains(alert), "to be told " + alert, hint(alert));
  }

  /** This arrived no later than that. */
  public AlertInboxAssert receivedBy(Duration sinceBegin, String alert) {
    isNotNull();
    var inTime =
        actual.received().stream()
            .filter(one -> one.after().compareTo(sinceBegin) <= 0)
            .flatMap(one -> one.notification().alerts().stream())
            .anyMatch(one -> one.alert().name().equals(alert));
    return expect(inTime, "to be told " + alert + " by " + Timeline.stamp(sinceBegin), hint(alert));
  }

  /** This arrived and nothing else, each once and in this order. */
  public AlertInboxAssert receivedOnly(String... alerts) {
    isNotNull();
    var wanted = List.of(alerts);
    var missing = wanted.stream().filter(one -> !actual.names().contains(one)).findFirst();
    return expect(
        actual.names().equals(wanted),
        "to be told only " + String.join(", ", wanted),
        missing.map(this::hint).orElse(""));
  }

  /** Nothing arrived, though routes lead here. */
  public AlertInboxAssert receivedNothing() {
    isNotNull();
    if (!actual.isRouted()) {
      throw failure(
          "%s",
          "\nExpected '"
              + actual.label()
              + "' to be told nothing though it might be\nbut no route leads to it: say"
              + " deployment.alertsTo(..) with it as a receiver");
    }
    return expect(actual.received().isEmpty(), "to be told nothing", "");
  }

  /** A route may keep what was told for others to come; then it is too early to ask. */
  private String hint(String alert) {
    return actual.wasTold(alert) && !actual.names().contains(alert)
        ? "\nThe rollout told "
            + alert
            + ": it went elsewhere, or a route waits for more to tell with it; routes tell a"
            + " warning after 30s, so advance the time"
        : "";
  }

  private AlertInboxAssert expect(boolean holds, String expected, String hint) {
    if (!holds) {
      throw failure(
          "%s",
          "\nExpected '"
              + actual.label()
              + "' "
              + expected
              + "\nbut "
              + arrived()
              + hint
              + "\n\nTimeline:\n  "
              + actual.timeline());
    }
    return this;
  }

  private String arrived() {
    var received = actual.received();
    return received.isEmpty()
        ? "it was told nothing"
        : "it was told\n  "
            + received.stream()
                .map(AlertInbox.Received::toString)
                .collect(Collectors.joining("\n  "));
  }
}
