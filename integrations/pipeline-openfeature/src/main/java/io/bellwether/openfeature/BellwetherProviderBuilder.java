package io.bellwether.openfeature;

import static java.util.Objects.requireNonNull;

import dev.openfeature.sdk.Value;
import io.bellwether.release.Version;
import io.bellwether.routing.local.LocalRouters;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** Collects the settings of a {@link BellwetherProvider}. Not thread-safe. */
public final class BellwetherProviderBuilder {
  private final LocalRouters routers;
  private final Map<String, Function<Version, Value>> values = new HashMap<>();
  private boolean keyRequired;

  BellwetherProviderBuilder(LocalRouters routers) {
    this.routers = routers;
  }

  /**
   * The values of a release's flag, where they are not the versions themselves: {@code
   * values("answer-model", version -> new Value(temperatures.get(version)))}. A question for
   * another type is a type mismatch.
   *
   * @param value gives a version's value, fast and from any thread
   */
  public BellwetherProviderBuilder values(String release, Function<Version, Value> value) {
    values.put(
        requireNonNull(release, "release: say whose values these are"),
        requireNonNull(value, "value: say what a version stands for"));
    return this;
  }

  /**
   * A question without targeting key is an error while a candidate is being rolled out, and the
   * host gets the default it named; without this it gets the stable version.
   */
  public BellwetherProviderBuilder requireTargetingKey() {
    keyRequired = true;
    return this;
  }

  BellwetherProvider build() {
    return new BellwetherProvider(routers, new FlagValues(values), keyRequired);
  }
}
