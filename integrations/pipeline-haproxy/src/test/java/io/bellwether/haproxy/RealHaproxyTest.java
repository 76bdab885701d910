package io.bellwether.haproxy;

import static io.bellwether.release.Version.version;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bellwether.Ratio;
import io.bellwether.gate.Conditions;
import io.bellwether.gate.MetricGate;
import io.bellwether.metrics.Reading;
import io.bellwether.parts.RealProgram;
import io.bellwether.release.Release;
import io.bellwether.release.Version;
import io.bellwether.rollout.Phase;
import io.bellwether.rollout.RolloutEvent;
import io.bellwether.rollout.Timing;
import io.bellwether.routing.Audience;
import io.bellwether.routing.TrafficSplit;
import io.bellwether.routing.Weight;
import io.bellwether.runtime.RolloutRuntime;
import io.bellwether.strategy.DeploymentStrategy;
import io.bellwether.testing.TrafficRouterTck;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Beside a real HAProxy, which is installed from its Debian package when it is missing; skipped
 * when it cannot be had.
 */
@Tag("it")
class RealHaproxyTest {
  private static final Version V6 = version("v6");
  private static final Version V7 = version("v7");

  @TempDir static Path folder;
  private static RealHaproxy haproxy;

  @BeforeAll
  static void start() throws IOException {
    var program = RealProgram.find("haproxy", "haproxy");
    assumeTrue(program.isPresent(), "no haproxy to route with");
    haproxy = RealHaproxy.start(program.get(), folder);
  }

  @AfterAll
  static void stop() {
    if (haproxy != null) {
      haproxy.close();
    }
  }

  @Test
  void it_keeps_the_contract_of_routers() {
    TrafficRouterTck.verify(
        (Release release) -> forgotten(release.name()),
        tck ->
            tck.rounds(100)
                .audiences(
                    Audience.users("ann", "bob; quit", "zoë"),
                    Audience.cohort("beta"),
                    Audience.header("x-canary", "a b/ü")));
  }

  @Test
  void named_users_cohorts_and_headers_are_sent_to_the_candidate() throws IOException {
    var router = unix("chat");
    var split =
        weighted(0)
            .withAudiences(
                List.of(
                    Audience.users("ann", "bob & co"),
                    Audience.cohort("beta"),
                    Audience.header("x-canary", "yes, please")));
    router.apply(split);
    for (var chosen : List.of("x-user: ann", "x-user: bob & co", "x-user: eve")) {
      assertThat(haproxy.ask(chosen)).as(chosen).isEqualTo("green");
    }
    assertThat(haproxy.ask("x-canary: yes, please")).isEqualTo("green");
    for (var other : List.of("x-user: Ann", "x-user: an", "x-canary: yes", "x: y")) {
      assertThat(haproxy.ask(other)).as(other).isEqualTo("blue");
    }
    router.apply(TrafficSplit.stable("chat", V6));
    assertThat(haproxy.ask("x-user: ann")).isEqualTo("blue");
    assertThat(router.isDrained("chat", V7)).isTrue();
    assertThat(router.isDrained("chat", V6)).isFalse();
  }

  @Test
  void user_keys_of_any_characters_are_found() throws IOException {
    var router = unix("chat");
    var keys = IntStream.rangeClosed('!', '~').mapToObj(c -> "k" + (char) c + "é日k").toList();
    router.apply(weighted(0).withAudiences(List.of(Audience.users(keys.toArray(String[]::new)))));
    for (var key : keys) {
      assertThat(haproxy.ask("x-user: " + key)).as(key).isEqualTo("green");
    }
  }

  @Test
  void a_haproxy_that_crashed_is_read_as_its_file_has_it_and_reminded() throws IOException {
    var router = unix("chat");
    router.apply(weighted(50));
    haproxy.crash();
    assertThat(router.read("chat")).isEqualTo(weighted(0));
    assertThat(haproxy.ask("x: y")).isEqualTo("blue");
    assertThat(router.remind()).containsExactly(weighted(50));
    assertThat(router.read("chat")).isEqualTo(weighted(50));
    assertThat(router.health().isHealthy("chat", V7)).isTrue();
  }

  /**
   * At least 2,000 requests a second, none of which may fail, while a rollout goes there and back.
   */
  @Test
  void no_request_fails_while_a_rollout_moves_the_traffic_there_and_back() throws Exception {
    var router = forgotten("chat");
    router.apply(TrafficSplit.stable("chat", V6));
    var moves = Collections.synchronizedList(new ArrayList<Map.Entry<TrafficSplit, Load.Counts>>());
    var canary =
        DeploymentStrategy.canary(
            "chat",
            c ->
                c.step(10, ofSeconds(3))
                    .step(25, ofSeconds(3))
                    .step(50, ofSeconds(3))
                    .step(100, ofSeconds(3))
                    .gates(
                        MetricGate.named(
                            "errors",
                            g -> g.require(Conditions.errorRate().atMost(Ratio.percent(5)))))
                    .timing(
                        Timing.defaults()
                            .withCheckInterval(ofSeconds(1))
                            .withWarmUp(Duration.ZERO)));
    try (var load = Load.on(haproxy.port(), 8);
        var runtime =
            RolloutRuntime.create(
                r ->
                    r.router(router)
                        .metrics(query -> Reading.of(0, 10_000, "test"))
                        .health(router.health())
                        .release(Release.named("chat").initial(V6))
                        .listener(
                            (event, state) -> {
                              if (event instanceof RolloutEvent.Moved moved) {
                                moves.add(Map.entry(moved.split(), load.counts()));
                              }
                            }))) {
      var end = runtime.start(canary, V7).await(ofSeconds(60));
      assertThat(end.phase()).as(end.explain()).isEqualTo(Phase.PROMOTED);
      var back = runtime.revert("chat", "test", "there and back").await(ofSeconds(60));
      assertThat(back.phase()).as(back.explain()).isIn(Phase.ROLLED_BACK, Phase.REVERTED);
      awaitSome(load, 4_000);
      moves.add(Map.entry(router.read("chat"), load.counts()));
    }
    assertThat(moves.get(moves.size() - 1).getKey().stable()).isEqualTo(V6);
    report(moves);
  }

  private static void report(List<Map.Entry<TrafficSplit, Load.Counts>> moves) {
    var all = moves.get(moves.size() - 1).getValue().since(moves.get(0).getValue());
    for (var at = 1; at < moves.size(); at++) {
      var split = moves.get(at - 1).getKey();
      var counts = moves.get(at).getValue().since(moves.get(at - 1).getValue());
      var percent = split.stable().equals(V7) ? 100 : split.weight().percent();
      System.out.printf(
          "  %-22s %7d requests, %6.0f/s, green %6.2f%%, failed %d%n",
          split, counts.requests(), counts.perSecond(), counts.percentGreen(), counts.failed());
      if (counts.requests() > 20_000) {
        assertThat(counts.percentGreen()).as(split.toString()).isCloseTo(percent, within(1.0));
      }
    }
    System.out.printf("  in all %d requests, %.0f/s%n", all.requests(), all.perSecond());
    assertThat(moves.get(moves.size() - 1).getValue().failed()).as("failed requests").isZero();
    assertThat(all.perSecond()).as("requests a second").isGreaterThan(2_000);
    assertThat(IntStream.of(10, 25, 50, 100).boxed().map(p -> weighted(p)))
        .allMatch(split -> moves.stream().anyMatch(move -> move.getKey().equals(split)));
  }

  private static void awaitSome(Load load, long requests) {
    var from = load.counts();
    var deadline = System.nanoTime() + ofSeconds(30).toNanos();
    while (load.counts().since(from).requests() < requests) {
      assertThat(System.nanoTime() - deadline).as("requests go on").isNegative();
      Thread.onSpinWait();
    }
  }

  @Test
  void what_haproxy_refuses_is_told_with_the_next_step() {
    var missing =
        HaproxyRouter.create(
            h ->
                h.unix(haproxy.unixSocket())
                    .map(haproxy.map())
                    .release("chat", r -> r.backend("nix").slot("a", "a1").slot("b", "b1")));
    assertThatThrownBy(() -> missing.read("chat"))
        .isInstanceOf(HaproxyException.class)
        .hasMessageContaining("Can't find backend.");
    var unmapped =
        HaproxyRouter.create(
            h ->
                h.unix(haproxy.unixSocket())
                    .map("/nix.map")
                    .release(
                        "chat", r -> r.backend("chat").slot("a", "blue1").slot("b", "green1")));
    assertThatThrownBy(() -> unmapped.read("chat")).hasMessageContaining("refer to /nix.map");
  }

  /** A router over TCP, on a HAProxy that knows nothing but its files. */
  private static HaproxyRouter forgotten(String release) {
    var socket = RuntimeSocket.tcp("127.0.0.1", haproxy.commandPort());
    var deadline = Deadline.in(ofSeconds(10), System::nanoTime);
    assertThat(socket.ask("clear map " + haproxy.map(), deadline)).isEmpty();
    var proxy = new Proxy(socket, haproxy.map());
    for (var number = 1; number <= 4; number++) {
      proxy.weigh("chat", "blue" + number, 256, deadline);
      proxy.weigh("chat", "green" + number, 0, deadline);
    }
    return HaproxyRouter.create(
        h ->
            h.tcp("127.0.0.1", haproxy.commandPort())
                .map(haproxy.map())
                .release(release, RealHaproxyTest::wire));
  }

  private static HaproxyRouter unix(String release) {
    return HaproxyRouter.create(
        h ->
            h.unix(haproxy.unixSocket())
                .map(haproxy.map())
                .release(release, RealHaproxyTest::wire));
  }

  private static void wire(HaproxyRelease release) {
    release
        .backend("chat")
        .slot("blue", "blue1", "blue2", "blue3", "blue4")
        .slot("green", "green1", "green2", "green3", "green4")
        .users()
        .cohorts("beta")
        .headers("x-canary");
  }

  private static TrafficSplit weighted(double percent) {
    return TrafficSplit.weighted("chat", V6, V7, Weight.percent(percent));
  }
}
