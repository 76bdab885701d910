package io.bellwether.junit;

import io.bellwether.alert.Alert;
import io.bellwether.alerting.AlertRouter;
import io.bellwether.alerting.Explanation;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.AbstractAssert;

/**
 * Says who would be told of an alert; nobody is.
 *
 * <pre>{@code
 * assertThat(router).routes("severity", "critical", "team", "chat").to("pager", "incidents");
 * }</pre>
 */
public final class RoutingAssert extends AbstractAssert<RoutingAssert, AlertRouter> {
  RoutingAssert(AlertRouter actual) {
    super(actual, RoutingAssert.class);
  }

  /** Looks at an alert with these labels: names and values in turn. */
  public ExplanationAssert routes(String... namesAndValues) {
    isNotNull();
    if (namesAndValues.length % 2 != 0) {
      throw new IllegalArgumentException(
          "routes(" + List.of(namesAndValues) + "): names and values in turn, so an even number");
    }
    var labels = new TreeMap<String, String>();
    for (var i = 0; i < namesAndValues.length; i += 2) {
      labels.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return routes(labels);
  }

  /** Looks at an alert with these labels. */
  public ExplanationAssert routes(Map<String, String> labels) {
    isNotNull();
    return new ExplanationAssert(actual.explain(labels));
  }

  /** Looks at this alert. */
  public ExplanationAssert routes(Alert alert) {
    isNotNull();
    return new ExplanationAssert(actual.explain(alert));
  }

  /** What can be said of where an alert goes. */
  public static final class ExplanationAssert
      extends AbstractAssert<ExplanationAssert, Explanation> {
    ExplanationAssert(Explanation actual) {
      super(actual, ExplanationAssert.class);
    }

    /** These are told, in this order, and nobody else. */
    public ExplanationAssert to(String... receivers) {
      return expect(
          actual.receivers().equals(List.of(receivers)),
          "to be told to " + List.of(receivers),
          "it is told to " + actual.receivers());
    }

    /** The first route puts it into a group with these labels in common. */
    public ExplanationAssert groupedBy(Map<String, String> labels) {
      var group = actual.matches().get(0).groupLabels();
      return expect(group.equals(labels), "to be grouped by " + labels, "its group has " + group);
    }

    /** Nobody is told of it now: it is silenced or inhibited. */
    public ExplanationAssert isMuted() {
      return expect(actual.mutedBy().isPresent(), "to be muted now", "nothing mutes it");
    }

    /** Nothing mutes it now. */
    public ExplanationAssert isNotMuted() {
      return expect(
          actual.mutedBy().isEmpty(), "not to be muted", "muted by " + actual.mutedBy().orElse(""));
    }

    private ExplanationAssert expect(boolean holds, String expected, String found) {
      isNotNull();
      if (!holds) {
        failWithMessage("%nExpected the alert%n  %s%n%s, but %s", actual, expected, found);
      }
      return this;
    }
  }
}
