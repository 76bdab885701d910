package io.bellwether.testing;

import static io.bellwether.testing.Contract.expect;

import io.bellwether.release.Release;
import io.bellwether.release.Version;
import io.bellwether.routing.Audience;
import io.bellwether.routing.TrafficRouter;
import io.bellwether.routing.TrafficSplit;
import io.bellwether.routing.Weight;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;

/** The rules of {@link TrafficRouterTck}, each on a router of its own. */
final class TrafficRouterRules<R extends TrafficRouter> {
  private static final String NAME = "tck-release";
  private static final Version V1 = Version.version("v1");
  private static final Version V2 = Version.version("v2");
  private static final Version V3 = Version.version("v3");
  private static final Release RELEASE = Release.named(NAME).initial(V1);
  private static final String OTHER = "tck-other";
  private static final List<Double> WEIGHTS = List.of(0.0, 0.1, 50.0, 99.9, 100.0);
  private static final int USERS = 4_000;

  private final Function<Release, R> fresh;
  private final TrafficRouterTck.Abilities<R> abilities;

  TrafficRouterRules(Function<Release, R> fresh, TrafficRouterTck.Abilities<R> abilities) {
    this.fresh = fresh;
    this.abilities = abilities;
  }

  void verify() {
    var contract =
        new Contract("TrafficRouter")
            .check("what is read is what was applied", this::readsWhatWasApplied)
            .check("applying twice is once", this::twiceIsOnce)
            .check("a weight goes back as well as up", this::goesBack)
            .check("a candidate becomes stable, and the next follows", this::promotes)
            .check("another candidate takes the place of one", this::supersedes)
            .check("another release's split does not touch this one", this::keepsReleasesApart)
            .check("mirroring is done or refused, as stated", this::mirrors)
            .check("audiences are known or refused, as stated", this::audiences)
            .check("a refused split changes nothing", this::refusesWhole)
            .check("who reads meanwhile sees whole splits", this::readsWhole)
            .check("of splits applied at once one holds as a whole", this::appliesWhole);
    abilities
        .served()
        .ifPresent(
            serving -> {
              contract
                  .check("users are served as the weight says", () -> servesByWeight(serving))
                  .check("named users are served the candidate", () -> servesAudiences(serving));
            });
    contract.throwIfBroken(router());
  }

  private void readsWhatWasApplied() {
    for (var percent : WEIGHTS) {
      applied(router(), weighted(percent));
    }
    var router = router();
    for (var percent : WEIGHTS) {
      applied(router, weighted(percent));
    }
  }

  private void twiceIsOnce() {
    var router = router();
    for (var percent : WEIGHTS) {
      applied(router, weighted(percent));
      applied(router, weighted(percent));
    }
    applied(router, stable(V1));
    applied(router, stable(V1));
  }

  private void goesBack() {
    var router = router();
    for (var percent : List.of(10.0, 50.0, 0.1, 0.0)) {
      applied(router, weighted(percent));
    }
    applied(router, stable(V1));
  }

  private void promotes() {
    var router = router();
    applied(router, weighted(100));
    applied(router, stable(V2));
    applied(router, TrafficSplit.weighted(NAME, V2, V3, Weight.percent(10)));
    applied(router, stable(V2));
  }

  private void supersedes() {
    var router = router();
    applied(router, weighted(50));
    applied(router, TrafficSplit.weighted(NAME, V1, V3, Weight.ZERO));
    applied(router, TrafficSplit.weighted(NAME, V1, V3, Weight.percent(10)));
  }

  private void keepsReleasesApart() {
    var router = router();
    applied(router, weighted(50));
    var foreign = TrafficSplit.weighted(OTHER, V2, V3, Weight.percent(10));
    if (!refuses(router, foreign)) {
      expect(router.read(OTHER), foreign, "read of the other release, which was taken");
    }
    expect(router.read(NAME), weighted(50), "read of the release itself");
    expectForeignReadIsHonest(router());
  }

  private void expectForeignReadIsHonest(R router) {
    applied(router, weighted(50));
    TrafficSplit foreign;
    try {
      foreign = router.read(OTHER);
    } catch (RuntimeException cannotTell) {
      return;
    }
    expect(foreign.release(), OTHER, "the release of a split read for another release");
  }

  private void mirrors() {
    for (var percent : List.of(0.1, 20.0, 100.0)) {
      takes(weighted(0).withMirror(Weight.percent(percent)), abilities.canMirror(), "mirrors()");
      takes(weighted(10).withMirror(Weight.percent(percent)), abilities.canMirror(), "mirrors()");
    }
  }

  private void audiences() {
    for (var known : abilities.known()) {
      takes(weighted(0).withAudiences(List.of(known)), true, "");
      takes(weighted(10).withAudiences(List.of(known)), true, "");
    }
    takes(weighted(10).withAudiences(abilities.known()), true, "");
    for (var example : examples()) {
      if (abilities.known().stream().noneMatch(example.getClass()::isInstance)) {
        takes(weighted(10).withAudiences(List.of(example)), false, "audiences(..) of this kind");
      }
    }
  }

  /** A split that no router but one without limits can carry out, so that most refuse it. */
  private void refusesWhole() {
    var router = router();
    applied(router, weighted(50));
    var demanding =
        new TrafficSplit(NAME, V1, V3, Weight.percent(25), Weight.percent(20), examples());
    if (refuses(router, demanding)) {
      expect(router.read(NAME), weighted(50), "read after a split was refused");
    } else {
      expect(router.read(NAME), demanding, "read after a split was taken");
    }
    applied(router, weighted(100));
  }

  private void readsWhole() throws Exception {
    var router = router();
    var cycle = List.of(weighted(50), stable(V1), weighted(0.1), stable(V2), weighted(100));
    router.apply(cycle.get(cycle.size() - 1));
    var applied = new AtomicBoolean();
    Contract.Check applying =
        () -> {
          try {
            applyInTurn(router, cycle);
          } finally {
            applied.set(true);
          }
        };
    Contract.Check reading = () -> readUntil(applied, router, cycle);
    Contract.together(List.of(applying, reading, reading));
    expect(
        router.read(NAME),
        cycle.get((abilities.turns() - 1) % cycle.size()),
        "read after the last");
  }

  private void appliesWhole() throws Exception {
    var router = router();
    var one = List.of(weighted(50), weighted(10));
    var other = List.of(stable(V1), TrafficSplit.weighted(NAME, V2, V3, Weight.percent(20)));
    Contract.together(List.of(() -> applyInTurn(router, one), () -> applyInTurn(router, other)));
    var last = (abilities.turns() - 1) % 2;
    var split = router.read(NAME);
    expect(
        split.equals(one.get(last)) || split.equals(other.get(last)),
        "read after two threads had applied: " + split + " is not what either applied last");
  }

  private void applyInTurn(R router, List<TrafficSplit> cycle) {
    for (var turn = 0; turn < abilities.turns(); turn++) {
      router.apply(cycle.get(turn % cycle.size()));
    }
  }

  private void readUntil(AtomicBoolean applied, R router, List<TrafficSplit> allowed) {
    while (!applied.get()) {
      var split = router.read(NAME);
      expect(allowed.contains(split), "read meanwhile: " + split + " was never applied");
    }
  }

  private void servesByWeight(BiFunction<R, String, Version> serving) {
    var router = router();
    var before = List.<String>of();
    for (var percent : List.of(0.0, 0.1, 50.0, 99.9, 100.0)) {
      applied(router, weighted(percent));
      var inside = onCandidate(router, serving);
      expect(inside.containsAll(before), "at " + percent + "% somebody lost the candidate");
      expect(inside, onCandidate(router, serving), "the users asked again at " + percent + "%");
      expectShare(inside.size(), percent);
      before = inside;
    }
    applied(router, stable(V2));
    expect(onCandidate(router, serving).size(), USERS, "users of v2 once it is stable");
    applied(router, stable(V1));
    expect(onCandidate(router, serving).size(), 0, "users of v2 once all is back on v1");
  }

  private void servesAudiences(BiFunction<R, String, Version> serving) {
    for (var known : abilities.known()) {
      if (known instanceof Audience.Users users) {
        var router = router();
        applied(router, weighted(0).withAudiences(List.of(users)));
        for (var key : users.keys()) {
          expect(serving.apply(router, key), V2, "the version of " + key);
        }
        expect(onCandidate(router, serving).size(), 0, "users of v2 who were not named");
      }
    }
  }

  /** Within five standard deviations of the share, and exact where nobody or everybody is meant. */
  private static void expectShare(int inside, double percent) {
    var share = percent / 100;
    var slack = 5 * Math.sqrt(USERS * share * (1 - share));
    expect(
        Math.abs(inside - USERS * share) <= slack,
        "at " + percent + "% the candidate served " + inside + " of " + USERS + " users");
  }

  private List<String> onCandidate(R router, BiFunction<R, String, Version> serving) {
    return IntStream.range(0, USERS)
        .mapToObj(number -> "tck-user-" + number)
        .filter(key -> serving.apply(router, key).equals(V2))
        .toList();
  }

  /** The split is taken and read back, or refused and nothing changes. */
  private void takes(TrafficSplit split, boolean stated, String ability) {
    var router = router();
    applied(router, weighted(50));
    if (stated) {
      applied(router, split);
    } else {
      expect(
          refuses(router, split),
          split + " was not refused, and " + ability + " is not stated: it may be ignored");
      expect(router.read(NAME), weighted(50), "read after " + split + " was refused");
    }
  }

  private static boolean refuses(TrafficRouter router, TrafficSplit split) {
    try {
      router.apply(split);
      return false;
    } catch (RuntimeException refused) {
      expect(refused.getMessage() != null, "the refusal of " + split + " says nothing: " + refused);
      return true;
    }
  }

  private static void applied(TrafficRouter router, TrafficSplit split) {
    router.apply(split);
    expect(router.read(NAME), split, "read after apply");
  }

  private static List<Audience> examples() {
    var examples = new ArrayList<Audience>();
    examples.add(Audience.users("tck-user"));
    examples.add(Audience.cohort("tck-cohort"));
    examples.add(Audience.header("x-tck", "1"));
    return examples;
  }

  private R router() {
    return fresh.apply(RELEASE);
  }

  private static TrafficSplit weighted(double percent) {
    return TrafficSplit.weighted(NAME, V1, V2, Weight.percent(percent));
  }

  private static TrafficSplit stable(Version version) {
    return TrafficSplit.stable(NAME, version);
  }
}
