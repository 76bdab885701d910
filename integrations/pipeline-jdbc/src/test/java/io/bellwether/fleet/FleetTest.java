package io.bellwether.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.BellwetherException;
import io.bellwether.release.Release;
import io.bellwether.release.Version;
import io.bellwether.rollout.Phase;
import io.bellwether.routing.Weight;
import io.bellwether.strategy.DeploymentStrategy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class FleetTest {
  private static final Version V1 = new Version("v1");
  private static final Version V2 = new Version("v2");

  private final World world = new World();
  private final List<String> heard = new ArrayList<>();

  @AfterEach
  void close() {
    world.close();
  }

  private Fleet replica(String name) {
    return world.replica(
        name,
        f ->
            f.release(new Release("chat", V1))
                .listener(
                    new FleetListener() {
                      @Override
                      public void stale(String replica, Duration silent) {
                        heard.add("stale " + replica);
                      }

                      @Override
                      public void excluded(String replica, Duration silent) {
                        heard.add("excluded " + replica);
                      }

                      @Override
                      public void back(String replica) {
                        heard.add("back " + replica);
                      }
                    })
                .strategy(
                    DeploymentStrategy.canary(
                        "chat",
                        c ->
                            c.step(10, Duration.ofMinutes(2))
                                .step(50, Duration.ofMinutes(2))
                                .step(100, Duration.ofMinutes(2))
                                .ungated())));
  }

  @Test
  void all_replicas_serve_what_the_leader_decides() {
    var a = replica("a");
    var b = replica("b");
    var c = replica("c");
    assertThat(List.of(a.leads(), b.leads(), c.leads())).containsExactly(true, false, false);
    a.start("chat", V2);
    world.advance(Duration.ofSeconds(5));
    assertThat(world.replicas)
        .allSatisfy(it -> assertThat(weight(it)).isEqualTo(Weight.percent(10)));
    world.advance(Duration.ofMinutes(2));
    assertThat(world.replicas)
        .allSatisfy(it -> assertThat(weight(it)).isEqualTo(Weight.percent(50)));
    world.advance(Duration.ofMinutes(5));
    assertThat(b.rollout("chat").orElseThrow().phase()).isEqualTo(Phase.PROMOTED);
    assertThat(world.replicas)
        .allSatisfy(it -> assertThat(it.routers().read("chat").stable()).isEqualTo(V2));
  }

  @Test
  void a_replica_that_comes_later_serves_what_the_others_serve() {
    var a = replica("a");
    a.start("chat", V2);
    world.advance(Duration.ofSeconds(30));
    assertThat(weight(replica("b"))).isEqualTo(Weight.percent(10));
  }

  @Test
  void a_step_does_not_bake_before_every_replica_serves_it_and_a_silent_one_is_told_of_first() {
    var a = replica("a");
    replica("b");
    world.advance(Duration.ofSeconds(2));
    world.kill("b");
    a.start("chat", V2);
    world.advance(Duration.ofSeconds(20));
    assertThat(a.rollout("chat").orElseThrow().phase()).isEqualTo(Phase.SHIFTING);
    assertThat(a.rollout("chat").orElseThrow().explain()).contains("chat");
    assertThat(heard).containsExactly("stale b");
    world.advance(Duration.ofSeconds(60));
    assertThat(heard).containsExactly("stale b", "excluded b");
    assertThat(a.rollout("chat").orElseThrow().phase()).isEqualTo(Phase.BAKING);
    assertThat(world.alerts).anySatisfy(it -> assertThat(it.summary()).contains("Replica b"));
  }

  @Test
  void a_replica_that_hears_nothing_serves_stable_before_it_is_excluded_and_comes_back() {
    var a = replica("a");
    var b = replica("b");
    a.start("chat", V2);
    world.advance(Duration.ofSeconds(10));
    assertThat(weight(b)).isEqualTo(Weight.percent(10));
    world.cutOff("b");
    world.advance(Duration.ofSeconds(32));
    assertThat(weight(b)).isEqualTo(Weight.ZERO);
    assertThat(b.isAlone()).isTrue();
    assertThat(heard).containsExactly("stale b");
    world.advance(Duration.ofSeconds(10));
    assertThat(heard).containsExactly("stale b", "excluded b");
    world.reconnect("b");
    world.advance(Duration.ofSeconds(3));
    assertThat(weight(b)).isEqualTo(Weight.percent(10));
    assertThat(b.isAlone()).isFalse();
    assertThat(heard).containsExactly("stale b", "excluded b", "back b");
  }

  @Test
  void another_replica_goes_on_when_the_leader_is_killed() {
    var a = replica("a");
    var b = replica("b");
    a.start("chat", V2);
    world.advance(Duration.ofSeconds(30));
    world.kill("a");
    world.endLease();
    world.advance(Duration.ofSeconds(3));
    assertThat(b.leads()).isTrue();
    assertThat(b.rollout("chat").orElseThrow().phase()).isEqualTo(Phase.BAKING);
    world.advance(Duration.ofMinutes(8));
    assertThat(b.rollout("chat").orElseThrow().phase()).isEqualTo(Phase.PROMOTED);
  }

  @Test
  void a_leader_that_leaves_hands_over_at_once_and_its_users_get_stable() {
    var a = replica("a");
    var b = replica("b");
    a.start("chat", V2);
    world.advance(Duration.ofSeconds(30));
    a.close();
    assertThat(weight(a)).isEqualTo(Weight.ZERO);
    world.advance(Duration.ofSeconds(2));
    assertThat(b.leads()).isTrue();
    b.abort("chat", "somebody", "enough");
    world.advance(Duration.ofSeconds(20));
    assertThat(b.rollout("chat").orElseThrow().phase()).isEqualTo(Phase.ROLLED_BACK);
    assertThat(weight(b)).isEqualTo(Weight.ZERO);
  }

  @Test
  void the_leaders_refusal_is_the_callers() {
    var a = replica("a");
    assertThatThrownBy(() -> a.abort("chat", "somebody", "why not"))
        .isInstanceOf(BellwetherException.class)
        .hasMessage("abort of 'chat': no rollout of 'chat' is under way");
  }

  @Test
  void a_leader_that_was_deposed_without_noticing_leaves_everything_to_the_next() {
    var a = replica("a");
    var b = replica("b");
    a.start("chat", V2);
    world.advance(Duration.ofSeconds(30));
    world.endLease();
    b.campaign();
    assertThat(a.leads()).isTrue();
    assertThat(b.leads()).isTrue();
    b.abort("chat", "somebody", "enough");
    world.advance(Duration.ofSeconds(20));
    assertThat(a.leads()).isFalse();
    assertThat(b.rollout("chat").orElseThrow().phase()).isEqualTo(Phase.ROLLED_BACK);
    assertThat(world.replicas).allSatisfy(it -> assertThat(weight(it)).isEqualTo(Weight.ZERO));
    assertThat(world.alerts).filteredOn(it -> it.key().contains("rolled_back")).hasSize(1);
  }

  private static Weight weight(Fleet fleet) {
    return fleet.routers().read("chat").weight();
  }
}
