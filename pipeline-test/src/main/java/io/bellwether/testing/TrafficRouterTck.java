package io.bellwether.testing;

import io.bellwether.release.Release;
import io.bellwether.release.Version;
import io.bellwether.routing.Audience;
import io.bellwether.routing.TrafficRouter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The rules every {@link TrafficRouter} keeps, whatever it routes with: what is read is what was
 * applied, applying twice is once, releases do not mix, and a split that cannot be carried out is
 * refused and changes nothing.
 *
 * <pre>{@code
 * TrafficRouterTck.verify(LocalRouter::of, tck -> tck
 *     .audiences(Audience.users("ann"), Audience.header("x-canary", "1"))
 *     .serving(LocalRouter::route));
 * }</pre>
 *
 * <p>Capabilities are stated, and proven either way: a router that is said to mirror has to, and
 * one that is not said to has to refuse. Nothing here belongs to a test framework.
 */
public final class TrafficRouterTck {
  private TrafficRouterTck() {}

  /**
   * Verifies a router that can divide by weight and nothing else.
   *
   * @param fresh makes a router of this release, independent of those made before
   * @throws AssertionError that tells every broken rule
   */
  public static <R extends TrafficRouter> void verify(Function<Release, R> fresh) {
    verify(fresh, tck -> tck);
  }

  /**
   * Verifies a router that can do what is stated.
   *
   * @param fresh makes a router of this release, independent of those made before
   * @param abilities states them
   * @throws AssertionError that tells every broken rule
   */
  public static <R extends TrafficRouter> void verify(
      Function<Release, R> fresh, UnaryOperator<Abilities<R>> abilities) {
    new TrafficRouterRules<>(fresh, abilities.apply(new Abilities<>())).verify();
  }

  /**
   * What a router can do besides dividing by weight. Not thread-safe.
   *
   * @param <R> the router
   */
  public static final class Abilities<R extends TrafficRouter> {
    private final List<Audience> audiences = new ArrayList<>();
    private Optional<BiFunction<R, String, Version>> serving = Optional.empty();
    private boolean mirrors;
    private int rounds = 300;

    private Abilities() {}

    /** It copies requests to the candidate. */
    public Abilities<R> mirrors() {
      mirrors = true;
      return this;
    }

    /** It knows audiences such as these; kinds without an example here have to be refused. */
    public Abilities<R> audiences(Audience... examples) {
      audiences.addAll(List.of(examples));
      return this;
    }

    /**
     * How to see which version a user is served, so that what the router says is held against what
     * it does. The stable version is what it serves where nothing else is said.
     */
    public Abilities<R> serving(BiFunction<R, String, Version> version) {
      serving = Optional.of(version);
      return this;
    }

    /** How many splits are applied while others read; 300 unless stated, fewer for slow routers. */
    public Abilities<R> rounds(int rounds) {
      this.rounds = rounds;
      return this;
    }

    boolean canMirror() {
      return mirrors;
    }

    List<Audience> known() {
      return audiences;
    }

    Optional<BiFunction<R, String, Version>> served() {
      return serving;
    }

    int turns() {
      return rounds;
    }
  }
}
