package io.bellwether.incident;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.alert.Alert;
import io.bellwether.alert.Severity;
import io.bellwether.testing.VirtualTime;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Ports that do not answer, and people who say how it stands. */
class IncidentPortsTest {
  private final VirtualTime time = VirtualTime.create();

  @Test
  void what_hangs_holds_up_no_rollback() throws Exception {
    var threads = Executors.newCachedThreadPool();
    var end = new CountDownLatch(1);
    var asked = new CountDownLatch(1);
    var rolledBack = new CountDownLatch(1);
    var v7 =
        new RecentDeployment(
            time.instant().minus(ofMinutes(30)), "chat", "v7", "production", "dev");
    try (var desk =
        IncidentDesk.create(
            time.source(),
            threads,
            d ->
                d.deployments(from -> List.of(v7))
                    .rollback((it, actor, reason) -> rolledBack.countDown())
                    .rollBackByItself()
                    .tickets(new HangingTickets(end))
                    .statusPage(notice -> hang(end))
                    .provider(
                        () -> {
                          asked.countDown();
                          hang(end);
                          return new ProviderStatus.Report("the provider", false, "too late");
                        }))) {
      var id = desk.take(alert()).orElseThrow();
      assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(rolledBack.getCount()).isEqualTo(1);
      time.advance(ofSeconds(10));

      assertThat(rolledBack.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(desk.incident(id).timeline())
          .extracting(TimelineEntry::text)
          .contains("the provider's status page has not answered within 10s");
    } finally {
      end.countDown();
      threads.shutdownNow();
    }
  }

  @Test
  void without_a_check_people_say_when_it_is_over() {
    try (var desk = IncidentDesk.create(time.source(), Runnable::run, d -> d)) {
      var id = desk.take(alert()).orElseThrow();
      time.advance(ofMinutes(3));
      desk.mitigated(id, "ops", "restarted it");
      time.advance(ofMinutes(4));
      assertThat(desk.incident(id).isOver()).isFalse();
      desk.recovered(id, "ops", "users are well again");
      desk.recovered(id, "ops", "said twice");

      var over = desk.incident(id);
      assertThat(over.timeToMitigate()).contains(ofMinutes(3));
      assertThat(over.timeToRecover()).contains(ofMinutes(7));
      assertThat(over.timeline())
          .last()
          .satisfies(entry -> assertThat(entry.text()).isEqualTo("over: users are well again"));
      assertThat(time.pending()).isZero();
    }
  }

  @Test
  void an_alert_of_the_same_moment_about_something_else_is_an_incident_of_its_own() {
    try (var desk = IncidentDesk.create(time.source(), Runnable::run, d -> d)) {
      var id = desk.take(alert()).orElseThrow();
      desk.recovered(id, "ops", "users are well again");
      assertThat(desk.take(alert())).as("told again").contains(id);
      var other = alert().toBuilder().label("service", "billing").build();
      assertThat(other.key()).isEqualTo(alert().key());
      assertThat(desk.take(other).orElseThrow()).isNotEqualTo(id);
    }
  }

  private Alert alert() {
    return Alert.of(
        "error_rate",
        Severity.CRITICAL,
        time.instant(),
        a -> a.firing().label("service", "chat").summary("error rate 7.2%"));
  }

  private static void hang(CountDownLatch end) {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private record HangingTickets(CountDownLatch end) implements Tickets {
    @Override
    public String open(Incident incident) {
      hang(end);
      return "";
    }

    @Override
    public void update(String ticket, Incident incident) {
      hang(end);
    }
  }
}
