package io.bellwether.junit;

import io.bellwether.routing.local.LocalRouter;
import org.assertj.core.api.AbstractAssert;

/** What can be said of which users get what. Failures show why they get something else. */
public final class UserRoutingAssert extends AbstractAssert<UserRoutingAssert, LocalRouter> {
  UserRoutingAssert(LocalRouter actual) {
    super(actual, UserRoutingAssert.class);
  }

  /** This user gets this version now. */
  public UserRoutingAssert sends(String user, String version) {
    isNotNull();
    var decision = actual.explain(user);
    if (!decision.version().id().equals(version)) {
      throw failure(
          "%s",
          "\nExpected user '"
              + user
              + "' to get "
              + version
              + "\nbut it is "
              + decision.version()
              + ": "
              + decision);
    }
    return this;
  }

  /** As {@link TrafficAssert#gives}. */
  public UserRoutingAssert gives(String release, String version, double percent) {
    new TrafficAssert(actual).gives(release, version, percent);
    return this;
  }
}
