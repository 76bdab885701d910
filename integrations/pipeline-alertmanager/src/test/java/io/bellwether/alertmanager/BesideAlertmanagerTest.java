package io.bellwether.alertmanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.bellwether.alert.Alert;
import io.bellwether.alert.Severity;
import io.bellwether.alerting.AlertRouter;
import io.bellwether.alerting.notice.Delivery;
import io.bellwether.alerting.notice.Receiver;
import io.bellwether.alerting.receiver.LambdaReceiver;
import io.bellwether.alerting.route.LabelText;
import io.bellwether.alerting.route.Labels;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Feeds a real Prometheus Alertmanager and our router with the same alerts over the same file: the
 * same receivers and groups come out. Installs the Debian package when the program is missing, and
 * is skipped when that cannot be had.
 */
@Tag("it")
class BesideAlertmanagerTest {
  private static final int WARM_UP = 20;
  private static final int ROUNDS = 9;

  /** Alerts handed over at once, to both. */
  private static final int BATCH = 500;

  @TempDir static Path folder;
  private static Path program;
  private static Path config;

  @BeforeAll
  static void find() throws URISyntaxException {
    var found = RealAlertmanager.program();
    assumeTrue(found.isPresent(), "no prometheus-alertmanager to compare with");
    program = found.get();
    config = Path.of(BesideAlertmanagerTest.class.getResource("routes.yml").toURI());
  }

  private static AlertRouter router() {
    var read = AlertmanagerConfig.read(config);
    return AlertRouter.create(
        r ->
            read.applyTo(
                r,
                read.receivers().stream()
                    .map(
                        name ->
                            LambdaReceiver.of(
                                name, n -> CompletableFuture.completedFuture(Delivery.delivered())))
                    .toArray(Receiver[]::new)));
  }

  private static List<Map<String, String>> alerts(int count, int services, String instances) {
    var random = new SplittableRandom(42);
    var alerts = new ArrayList<Map<String, String>>();
    for (var i = 0; i < count; i++) {
      var labels = new TreeMap<String, String>();
      labels.put("alertname", "alert" + random.nextInt(5));
      labels.put("severity", List.of("critical", "warning", "info").get(random.nextInt(3)));
      labels.put("service", (random.nextBoolean() ? "batch-" : "web-") + random.nextInt(services));
      labels.put("instance", instances + i);
      maybe(random, labels, "team", "a", "b", "c");
      maybe(random, labels, "env", "production", "staging", "testing");
      maybe(random, labels, "zone", "z1", "z2");
      alerts.add(labels);
    }
    return alerts;
  }

  private static void maybe(
      SplittableRandom random, Map<String, String> labels, String name, String... values) {
    var choice = random.nextInt(values.length + 1);
    if (choice < values.length) {
      labels.put(name, values[choice]);
    }
  }

  private static Alert alert(Map<String, String> labels, Instant at) {
    return Alert.of(
        labels.get("alertname"), Severity.INFO, at, alert -> alert.firing().labels(labels));
  }

  private static String json(List<Map<String, String>> alerts) {
    return alerts.stream()
        .map(
            labels ->
                labels.entrySet().stream()
                    .map(label -> '"' + label.getKey() + "\":\"" + label.getValue() + '"')
                    .collect(Collectors.joining(",", "{\"labels\":{", "}}")))
        .collect(Collectors.joining(",", "[", "]"));
  }

  @Test
  void the_same_alerts_come_to_the_same_receivers_in_the_same_groups() throws Exception {
    var alerts = alerts(600, 6, "i");
    try (var real = RealAlertmanager.start(program, config, folder);
        var router = router()) {
      real.post(json(alerts));
      var now = Instant.now();
      router.notifyAll(alerts.stream().map(labels -> alert(labels, now)).toList());

      var ours = ours(router);
      assertThat(ours).hasSizeGreaterThan(100);
      assertThat(theirs(real, alerts.size())).isEqualTo(ours);
    }
  }

  /**
   * Both on the same cores, one after the other, from alerts as each takes them to alerts in
   * groups: medians of rounds of alerts that are new, after some to get warm.
   */
  @Test
  void ingest_is_much_faster() throws Exception {
    var rounds = new ArrayList<List<Map<String, String>>>();
    for (var round = 0; round < WARM_UP + ROUNDS; round++) {
      rounds.add(alerts(10_000, 200, "round" + round + "-"));
    }
    var theirs = theirs(rounds);
    var ours = ours(rounds);
    System.out.printf(
        "ingest of new alerts in batches of %d, medians of %d rounds of 10,000 after %d:"
            + " Alertmanager %.1f us each (HTTP), router %.2f us (calls), ratio %.1f%n",
        BATCH, ROUNDS, WARM_UP, theirs, ours, theirs / ours);

    // how much depends on what else the cores do, which costs us more than it
    assertThat(theirs / ours).isGreaterThan(1);
  }

  private static double theirs(List<List<Map<String, String>>> rounds) throws Exception {
    var micros = new ArrayList<Double>();
    try (var real = RealAlertmanager.start(program, config, folder)) {
      for (var alerts : rounds) {
        var batches = new ArrayList<String>();
        for (var from = 0; from < alerts.size(); from += BATCH) {
          batches.add(json(alerts.subList(from, from + BATCH)));
        }
        var began = System.nanoTime();
        for (var batch : batches) {
          real.post(batch);
        }
        micros.add((System.nanoTime() - began) / 1e3 / alerts.size());
      }
    }
    return median(micros);
  }

  private static double ours(List<List<Map<String, String>>> rounds) {
    var micros = new ArrayList<Double>();
    var later = Instant.now().plusSeconds(3_600); // nobody is told meanwhile
    try (var router = router()) {
      for (var alerts : rounds) {
        var made = alerts.stream().map(labels -> alert(labels, later)).toList();
        var began = System.nanoTime();
        for (var from = 0; from < made.size(); from += BATCH) {
          router.notifyAll(made.subList(from, from + BATCH));
        }
        micros.add((System.nanoTime() - began) / 1e3 / alerts.size());
      }
      assertThat(router.size()).isEqualTo(rounds.stream().mapToInt(List::size).sum());
    }
    return median(micros);
  }

  private static double median(List<Double> rounds) {
    var sorted = rounds.subList(WARM_UP, rounds.size()).stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }

  private static TreeSet<String> ours(AlertRouter router) {
    var lines = new TreeSet<String>();
    for (var group : router.groups()) {
      for (var alert : group.alerts()) {
        lines.add(
            group.receivers().get(0)
                + " "
                + LabelText.braces(new TreeMap<>(group.labels()))
                + " "
                + Labels.of(alert));
      }
    }
    return lines;
  }

  /** Asked until every alert is in a group: it routes a moment after it has answered. */
  private static TreeSet<String> theirs(RealAlertmanager real, int alerts) throws IOException {
    var deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (true) {
      var lines = new TreeSet<String>();
      var instances = new TreeSet<String>();
      try (var parser = new JsonFactory().createParser(real.groups())) {
        parser.nextToken();
        while (parser.nextToken() == JsonToken.START_OBJECT) {
          group(parser, lines, instances);
        }
      }
      if (instances.size() == alerts || System.nanoTime() - deadline > 0) {
        return lines;
      }
      LockSupport.parkNanos(50_000_000);
    }
  }

  private static void group(JsonParser parser, TreeSet<String> lines, TreeSet<String> instances)
      throws IOException {
    var receiver = "";
    Map<String, String> labels = Map.of();
    var alerts = new ArrayList<Map<String, String>>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      var name = parser.currentName();
      parser.nextToken();
      switch (name) {
        case "labels" -> labels = texts(parser);
        case "receiver" -> receiver = texts(parser).get("name");
        case "alerts" -> {
          while (parser.nextToken() == JsonToken.START_OBJECT) {
            alerts.add(alertLabels(parser));
          }
        }
        default -> parser.skipChildren();
      }
    }
    for (var alert : alerts) {
      instances.add(alert.get("instance"));
      lines.add(receiver + " " + LabelText.braces(labels) + " " + LabelText.braces(alert));
    }
  }

  private static Map<String, String> alertLabels(JsonParser parser) throws IOException {
    Map<String, String> labels = Map.of();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      var name = parser.currentName();
      parser.nextToken();
      if (name.equals("labels")) {
        labels = texts(parser);
      } else {
        parser.skipChildren();
      }
    }
    return labels;
  }

  private static Map<String, String> texts(JsonParser parser) throws IOException {
    var texts = new TreeMap<String, String>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      var name = parser.currentName();
      parser.nextToken();
      texts.put(name, parser.getText());
    }
    return texts;
  }
}
