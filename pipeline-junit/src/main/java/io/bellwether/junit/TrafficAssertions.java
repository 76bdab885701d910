package io.bellwether.junit;

import io.bellwether.routing.TrafficRouter;
import io.bellwether.routing.local.LocalRouter;

/**
 * Where assertions about traffic begin; goes well with a static import, also beside AssertJ's own.
 *
 * <p>For example {@code assertThat(router).gives("chat", "v2", 10)}.
 */
public final class TrafficAssertions {
  private TrafficAssertions() {}

  /** Looks at how a router divides traffic. */
  public static TrafficAssert assertThat(TrafficRouter actual) {
    return new TrafficAssert(actual);
  }

  /** Looks at which users get what inside the process. */
  public static UserRoutingAssert assertThat(LocalRouter actual) {
    return new UserRoutingAssert(actual);
  }
}
