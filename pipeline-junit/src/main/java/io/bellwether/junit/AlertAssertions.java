package io.bellwether.junit;

import io.bellwether.alerting.AlertRouter;

/**
 * Where assertions about alerts begin; goes well with a static import, also beside AssertJ's own.
 *
 * <p>For example {@code assertThat(router).routes("severity", "critical").to("pager")}.
 */
public final class AlertAssertions {
  private AlertAssertions() {}

  /** Looks at where a router's alerts go. */
  public static RoutingAssert assertThat(AlertRouter actual) {
    return new RoutingAssert(actual);
  }

  /** Looks at what somebody was told. */
  public static AlertInboxAssert assertThat(AlertInbox actual) {
    return new AlertInboxAssert(actual);
  }
}
