package io.bellwether.haproxy;

import static io.bellwether.release.Version.version;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.InvalidConfigurationException;
import io.bellwether.release.Release;
import io.bellwether.release.Version;
import io.bellwether.routing.Audience;
import io.bellwether.routing.TrafficSplit;
import io.bellwether.routing.Weight;
import io.bellwether.testing.TrafficRouterTck;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HaproxyRouterTest {
  private static final Version V6 = version("v6");
  private static final Version V7 = version("v7");

  private FakeHaproxy haproxy;

  @BeforeEach
  void start() {
    haproxy = FakeHaproxy.start("blue1", "green1");
  }

  @AfterEach
  void close() {
    haproxy.close();
  }

  @Test
  void it_keeps_the_contract_of_routers() {
    try (var big =
        FakeHaproxy.start(
            "blue1", "blue2", "blue3", "blue4", "green1", "green2", "green3", "green4")) {
      TrafficRouterTck.verify(
          (Release release) -> {
            big.restart();
            return HaproxyRouter.create(
                h ->
                    h.tcp("127.0.0.1", big.port())
                        .map("bellwether.map")
                        .release(release.name(), HaproxyRouterTest::fourServers));
          },
          tck ->
              tck.rounds(30)
                  .audiences(
                      Audience.users("ann", "bob; quit"),
                      Audience.cohort("beta"),
                      Audience.header("x-canary", "a b/ü")));
    }
  }

  private static void fourServers(HaproxyRelease release) {
    release
        .backend("chat")
        .slot("blue", "blue1", "blue2", "blue3", "blue4")
        .slot("green", "green1", "green2", "green3", "green4")
        .users()
        .cohorts("beta")
        .headers("x-canary");
  }

  @Test
  void one_side_is_raised_before_the_other_is_lowered() {
    var router = router();
    router.apply(weighted(50));
    var before = haproxy.changes().size();
    router.apply(weighted(100));
    router.apply(weighted(0));
    assertThat(haproxy.changes().subList(before, haproxy.changes().size()))
        .filteredOn(change -> change.startsWith("set server"))
        .containsExactly(
            "set server chat/blue1 weight 0",
            "set server chat/blue1 weight 256",
            "set server chat/green1 weight 0");
    assertThat(before).as("a note, the candidate up, nothing down").isEqualTo(2);
  }

  @Test
  void nothing_is_changed_that_is_as_it_should_be() {
    router().apply(weighted(10));
    var before = haproxy.changes().size();
    router().apply(weighted(10));
    assertThat(haproxy.changes()).hasSize(before);
  }

  @Test
  void another_process_reads_what_this_one_applied() {
    var split = weighted(12.5).withAudiences(List.of(Audience.users("zoë", "ann")));
    router().apply(split);
    assertThat(router().read("chat")).isEqualTo(split);
    assertThat(haproxy.entries())
        .containsEntry("user/chat/zo%C3%AB", "green")
        .containsEntry("user/chat/ann", "green");
  }

  @Test
  void what_is_read_is_the_weight_the_servers_have() {
    var router = router();
    router.apply(weighted(10));
    haproxy.weigh("green1", 63);
    assertThat(router.read("chat")).isEqualTo(weighted(20));
    haproxy.weigh("green1", 0);
    assertThat(router.read("chat")).isEqualTo(weighted(0));
    haproxy.weigh("blue1", 0);
    assertThatThrownBy(() -> router.read("chat"))
        .hasMessageContaining("no server of 'chat' has weight, so that every request fails");
  }

  @Test
  void a_restart_of_haproxy_is_read_and_mended() {
    var router = router();
    var split = weighted(25).withAudiences(List.of(Audience.cohort("beta")));
    router.apply(split);
    assertThat(router.remind()).isEmpty();
    haproxy.restart();
    assertThat(router.read("chat")).isEqualTo(weighted(0));
    assertThat(router.remind()).containsExactly(split);
    assertThat(router.read("chat")).isEqualTo(split);
  }

  @Test
  void a_router_that_was_never_told_of_the_versions_says_so() {
    assertThatThrownBy(() -> router().read("chat"))
        .isInstanceOf(HaproxyException.class)
        .hasMessageContaining("HAProxy has no note of 'chat'")
        .hasMessageContaining("apply a split");
    assertThatThrownBy(() -> router().read("cat"))
        .hasMessageContaining("release 'cat' is not wired to HAProxy at 127.0.0.1:")
        .hasMessageContaining("it knows [chat]");
  }

  @Test
  void the_next_candidate_takes_the_slot_the_stable_version_has_not() {
    var router = router();
    assertThat(router.slot("chat", V6)).isEqualTo("blue");
    router.apply(weighted(100));
    router.apply(TrafficSplit.stable("chat", V7));
    assertThat(router.slot("chat", V7)).isEqualTo("green");
    assertThat(router.slot("chat", V6)).isEqualTo("blue");
    router.apply(TrafficSplit.weighted("chat", V7, version("v8"), Weight.percent(10)));
    assertThat(router.slot("chat", version("v8"))).isEqualTo("blue");
    assertThat(router.slot("chat", V7)).isEqualTo("green");
  }

  @Test
  void a_version_is_drained_when_nothing_can_reach_it_and_nothing_is_under_way() {
    var router = router();
    router.apply(weighted(10));
    assertThat(router.isDrained("chat", V7)).isFalse();
    haproxy.serving(1);
    router.apply(TrafficSplit.stable("chat", V6));
    assertThat(router.isDrained("chat", V7)).isFalse();
    haproxy.serving(0);
    assertThat(router.isDrained("chat", V7)).isTrue();
    router.apply(weighted(0).withAudiences(List.of(Audience.cohort("beta"))));
    assertThat(router.isDrained("chat", V7)).isFalse();
    assertThat(router.isDrained("chat", version("v1"))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "UP, true",
    "UP 2/3, true",
    "DRAIN, true",
    "no check, true",
    "DOWN, false",
    "MAINT, false"
  })
  void health_is_what_haproxys_own_checks_say(String status, boolean healthy) {
    haproxy.status(status);
    assertThat(router().health().isHealthy("chat", V7)).isEqualTo(healthy);
  }

  @Test
  void what_cannot_be_done_is_said_before_anything_is_changed() {
    var router = wired("chat", "blue1", "green1");
    assertThatThrownBy(
            () ->
                router.apply(
                    weighted(0.1)
                        .withMirror(Weight.percent(5))
                        .withAudiences(
                            List.of(
                                Audience.cohort("staff"),
                                Audience.header("X-Other", "1"),
                                Audience.users(tooMany())))))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContainingAll(
            "6 problems",
            "5% mirrored: HAProxy mirrors through an agent only",
            "weight 0.1%",
            "the least weight is 0.3891%, less needs more servers in a slot",
            "cohort staff: HAProxy is stated to know the cohorts []",
            "header x-other=1: HAProxy is stated to look at the headers []",
            "state users()",
            "make a cohort of the users");
    assertThat(haproxy.changes()).isEmpty();
    assertThat(router.problems(weighted(10))).isEmpty();
  }

  private static String[] tooMany() {
    return java.util.stream.IntStream.range(0, 3_000)
        .mapToObj(number -> "user-" + number)
        .toArray(String[]::new);
  }

  @Test
  void a_socket_that_hangs_holds_nobody_beyond_the_deadline() {
    var router = router();
    haproxy.hang(true);
    assertThatThrownBy(() -> router.apply(weighted(10)))
        .isInstanceOf(HaproxyException.class)
        .hasMessageContaining("asked 'show map bellwether.map': no whole answer within 200ms");
    haproxy.hang(false);
    router.apply(weighted(10));
    assertThat(router.read("chat")).isEqualTo(weighted(10));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | hung up without an answer; is this its stats socket?",
        "HTTP/1.1 400 Bad Request | its answer is cut off after 24 characters",
        "0x1 key val | its answer is cut off after 11 characters",
        "'Permission denied\n\n' | it says 'Permission denied'; give the stats socket 'level admin'",
        "'0x1 a b c\n\n' | it says '0x1 a b c'"
      })
  void an_answer_that_is_none_is_told_as_it_came(String answer, String why) {
    haproxy.answers(any -> answer);
    assertThatThrownBy(() -> router().read("chat"))
        .isInstanceOf(HaproxyException.class)
        .hasMessageContaining(why);
  }

  @Test
  void a_configuration_that_does_not_fit_is_told_with_the_next_step() {
    assertThatThrownBy(() -> router(h -> h.map("other.map")).read("chat"))
        .hasMessageContaining("refer to other.map in the configuration");
    assertThatThrownBy(() -> wired("cats", "blue1", "green1").read("chat"))
        .hasMessageContaining("it says 'Can't find backend.'; name the backend and its servers");
    assertThatThrownBy(() -> wired("chat", "blue1", "green7").read("chat"))
        .hasMessageContaining("no server 'green7' in backend 'chat': it has [blue1, green1]");
    haproxy.close();
    assertThatThrownBy(() -> router().read("chat"))
        .hasMessageContaining("the connection failed: Connection refused");
    assertThatThrownBy(
            () ->
                HaproxyRouter.create(
                        h ->
                            h.unix(Path.of("/nowhere/haproxy.sock"))
                                .map("m")
                                .release("chat", HaproxyRouterTest::fourServers))
                    .read("chat"))
        .hasMessageContaining("HAProxy at /nowhere/haproxy.sock");
  }

  @Test
  void all_that_is_wrong_with_the_wiring_is_said_at_once() {
    assertThatThrownBy(
            () ->
                HaproxyRouter.create(
                    h ->
                        h.map("a b")
                            .deadline(Duration.ZERO)
                            .release("chat", r -> r.slot("blue", "b 1").slot("blue"))))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContainingAll(
            "the deadline is 0ms",
            "no socket",
            "map 'a b'",
            "backend ''",
            "server 'b 1'",
            "slot 'blue' stands there twice",
            "slot 'blue' has no server")
        .hasMessageNotContaining("no release: say");
  }

  private HaproxyRouter router() {
    return router(h -> h);
  }

  private HaproxyRouter router(UnaryOperator<HaproxyRouterBuilder> more) {
    return HaproxyRouter.create(
        h ->
            more.apply(
                h.tcp("127.0.0.1", haproxy.port())
                    .map("bellwether.map")
                    .deadline(ofMillis(200))
                    .release("chat", HaproxyRouterTest::wire)));
  }

  private static void wire(HaproxyRelease release) {
    release.backend("chat").slot("blue", "blue1").slot("green", "green1").users().cohorts("beta");
  }

  private HaproxyRouter wired(String backend, String blue, String green) {
    return HaproxyRouter.create(
        h ->
            h.tcp("127.0.0.1", haproxy.port())
                .map("bellwether.map")
                .release("chat", r -> r.backend(backend).slot("blue", blue).slot("green", green)));
  }

  private static TrafficSplit weighted(double percent) {
    return TrafficSplit.weighted("chat", V6, V7, Weight.percent(percent));
  }
}
