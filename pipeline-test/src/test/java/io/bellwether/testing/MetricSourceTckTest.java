package io.bellwether.testing;

import static io.bellwether.metrics.Metric.ERROR_RATE;
import static io.bellwether.metrics.Metric.LATENCY_P95;
import static io.bellwether.release.Version.version;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.metrics.MetricQuery;
import io.bellwether.metrics.MetricSource;
import io.bellwether.metrics.Reading;
import io.bellwether.release.Version;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MetricSourceTckTest {
  private static final Version V7 = version("v7");
  private static final Duration WINDOW = Duration.ofMinutes(5);
  private static final MetricQuery ERRORS = new MetricQuery("chat", V7, ERROR_RATE, WINDOW);
  private static final MetricQuery P95 = new MetricQuery("chat", V7, LATENCY_P95, WINDOW);

  private final ScriptedMetrics right =
      ScriptedMetrics.create(VirtualTime.create())
          .given(V7, ERROR_RATE, 0.01, 1_000)
          .given(V7, LATENCY_P95, 800, 1_000);

  @Test
  void scripted_metrics_keep_the_rules() {
    MetricSourceTck.verify(right, List.of(ERRORS, P95));
  }

  @Test
  void a_source_that_knows_nothing_is_told_so() {
    refused(
        query -> Reading.noData("empty", "nothing of " + query),
        "breaks 1 of 7 rules of MetricSource",
        "- what it knows has a value that can be one: status of error_rate of v7 over 5m (nothing"
            + " of error_rate of v7 over 5m): expected VALUE, was NO_DATA");
  }

  @Test
  void a_source_that_takes_the_unknown_for_zero_is_refused() {
    refused(
        query -> Reading.of(0, 0, "optimist"),
        "- an unknown version is no data: status of error_rate of"
            + " tck-nobody-knows-this-version over 5m: expected NO_DATA, was VALUE",
        "- an unknown metric is no data");
  }

  @Test
  void a_source_that_throws_at_the_unknown_is_refused() {
    refused(
        query -> {
          if (right.read(query).status() == Reading.Status.NO_DATA) {
            throw new IllegalStateException("404");
          }
          return right.read(query);
        },
        "- an unknown version is no data: it threw java.lang.IllegalStateException: 404");
  }

  @Test
  void a_source_that_gives_no_reason_is_refused() {
    refused(
        query ->
            right.read(query).status() == Reading.Status.NO_DATA
                ? Reading.noData("terse", "")
                : right.read(query),
        "the reading does not say why there is no data");
  }

  @Test
  void a_source_whose_numbers_cannot_be_is_refused() {
    refused(
        query -> query.equals(ERRORS) ? Reading.of(7.2, 10, "percent") : right.read(query),
        "- what it knows has a value that can be one: error_rate of v7 over 5m: 7.2 can be no"
            + " RATIO");
  }

  @Test
  void a_source_that_answers_together_otherwise_than_one_by_one_is_refused() {
    refused(
        new MetricSource() {
          @Override
          public Reading read(MetricQuery query) {
            return right.read(query);
          }

          @Override
          public Map<MetricQuery, Reading> readAll(Collection<MetricQuery> queries) {
            var readings = new HashMap<>(MetricSource.super.readAll(queries));
            readings.remove(P95);
            return readings;
          }
        },
        "- asking together is asking one by one: questions that were answered");
  }

  @Test
  void a_source_that_is_used_up_by_asking_is_refused() {
    var asked = new AtomicInteger();
    refused(
        query ->
            query.equals(ERRORS)
                ? Reading.of(0.1, asked.incrementAndGet(), "counter")
                : right.read(query),
        "- asking again gives the same answer");
  }

  @Test
  void a_source_that_knows_only_the_thread_that_made_it_is_refused() {
    var maker = Thread.currentThread();
    refused(
        query ->
            Thread.currentThread().equals(maker)
                ? right.read(query)
                : Reading.noData("confined", "this is another thread's"),
        "- several threads get the answers one gets: reading of");
  }

  @Test
  void something_has_to_be_known() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MetricSourceTck.verify(right, List.of()))
        .withMessageContaining("no question the source has a value for");
  }

  private static void refused(MetricSource broken, String... reasons) {
    assertThatThrownBy(() -> MetricSourceTck.verify(broken, List.of(ERRORS, P95)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContainingAll(reasons);
  }
}
