package io.bellwether.alerting.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.alerting.notice.Keys;
import io.bellwether.alerting.receiver.OneLine;
import io.bellwether.alerting.receiver.ReceiverVectors;
import io.bellwether.alerting.receiver.Truncation;
import io.bellwether.alerting.receiver.WebhookSignature;
import io.bellwether.alerting.route.GroupBy;
import io.bellwether.alerting.route.Inhibition;
import io.bellwether.alerting.route.InhibitionIndex;
import io.bellwether.alerting.route.Labels;
import io.bellwether.alerting.route.Matcher;
import io.bellwether.alerting.route.RouteNode;
import io.bellwether.alerting.route.TimeInterval;
import io.bellwether.secret.Secret;
import io.bellwether.vectors.VectorObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** One case of {@code alert.json}. */
public final class AlertVector {
  private AlertVector() {}

  /** Checks the case, and that every field of it was understood. */
  public static void check(VectorObject one, VectorObject trees) {
    var kind = one.text("kind");
    one.skip("id", "source", "basis", "note");
    var given = one.object("given");
    var expect = one.object("expect");
    switch (kind) {
      case "route" -> route(trees.object(given.text("tree")), given, expect);
      case "matcher" -> matcher(given, expect);
      case "group" -> group(trees.object(given.text("tree")), given, expect);
      case "group_labels" -> groupLabels(given, expect);
      case "inhibit" -> inhibit(given, expect);
      case "dedup" -> DedupVector.check(given, expect);
      case "timing" -> timing(given, expect);
      case "hold" -> RuleVector.hold(given, expect);
      case "level" -> RuleVector.level(given, expect);
      case "hold_restore" -> RuleVector.restore(given, expect);
      case "silence" -> SilenceVector.check(given, expect);
      case "mute_interval" -> intervals(given, expect);
      case "truncate" -> truncate(given, expect);
      case "delivery_outcome" -> DeliveryVector.outcome(given, expect);
      case "signature" -> signature(given, expect);
      case "dedup_key" -> dedupKey(given, expect);
      case "severity_map" ->
          assertThat(
                  given.texts("severities").stream()
                      .map(ReceiverVectors::pagerDutySeverity)
                      .toList())
              .isEqualTo(expect.texts("pagerduty"));
      case "redaction" -> DeliveryVector.redaction(given, expect);
      case "escape" -> escape(given, expect);
      case "limits" -> limits(given, expect);
      case "webhook_truncate" -> DeliveryVector.webhook(given, expect);
      default -> throw new AssertionError("unknown kind of vector: " + kind);
    }
    assertThat(one.unread()).as("fields nobody knows").isEmpty();
  }

  private static void route(VectorObject tree, VectorObject given, VectorObject expect) {
    var labels = Labels.of(given.textsByName("labels"));
    var matched = Trees.tree(tree).match(labels);
    assertThat(matched.stream().flatMap(node -> node.options().receivers().stream()))
        .containsExactlyElementsOf(expect.texts("receivers"));
    var options = expect.objectsIfAny("options");
    for (var i = 0; i < options.size(); i++) {
      options(options.get(i), matched.get(i));
    }
    if (expect.has("group_labels")) {
      var wanted = (List<?>) expect.raw("group_labels");
      assertThat(matched.stream().map(node -> node.options().groupBy().of(labels)).toList())
          .isEqualTo(wanted);
    }
    if (expect.has("group_keys_distinct")) {
      assertThat(matched.stream().map(RouteNode::key).distinct().count() == matched.size())
          .isEqualTo(expect.flag("group_keys_distinct"));
    }
  }

  private static void options(VectorObject wanted, RouteNode node) {
    var options = node.options();
    if (wanted.has("group_by")) {
      assertThat(options.groupBy())
          .isEqualTo(GroupBy.of(wanted.texts("group_by").toArray(String[]::new)));
    }
    if (wanted.has("group_wait")) {
      assertThat(options.ownWait()).contains(Trees.duration(wanted.text("group_wait")));
    }
    if (wanted.has("group_interval")) {
      assertThat(options.interval()).isEqualTo(Trees.duration(wanted.text("group_interval")));
    }
    if (wanted.has("repeat_interval")) {
      assertThat(options.ownRepeat()).contains(Trees.duration(wanted.text("repeat_interval")));
    }
    if (wanted.has("group_by_all")) {
      assertThat(options.groupBy().all()).isEqualTo(wanted.flag("group_by_all"));
    }
  }

  private static void matcher(VectorObject given, VectorObject expect) {
    var text = given.text("name") + given.text("op") + '"' + escaped(given.text("value")) + '"';
    assertThat(Matcher.parse(text).matches(Labels.of(given.textsByName("labels"))))
        .isEqualTo(expect.flag("match"));
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  private static void group(VectorObject tree, VectorObject given, VectorObject expect) {
    var routes = Trees.tree(tree);
    var groups = new LinkedHashMap<String, List<Integer>>();
    var alerts = (List<?>) given.raw("alerts");
    for (var i = 0; i < alerts.size(); i++) {
      var labels = Labels.of(texts(alerts.get(i)));
      for (var node : routes.match(labels)) {
        var key = node.options().receivers().get(0) + node.options().groupBy().of(labels);
        groups.computeIfAbsent(key, none -> new ArrayList<>()).add(i);
      }
    }
    var wanted = new LinkedHashMap<String, List<Integer>>();
    for (var group : expect.objects("groups")) {
      var alertNumbers = new ArrayList<Integer>();
      for (var number : group.numbers("alerts")) {
        alertNumbers.add((int) number);
      }
      var labels = new TreeMap<>(group.textsByName("group_labels"));
      wanted.put(group.text("receiver") + labels, alertNumbers);
    }
    assertThat(groups).isEqualTo(wanted);
    if (expect.has("group_count")) {
      assertThat(groups).hasSize((int) expect.number("group_count"));
    }
  }

  private static Map<String, String> texts(Object map) {
    var texts = new LinkedHashMap<String, String>();
    ((Map<?, ?>) map).forEach((key, value) -> texts.put((String) key, (String) value));
    return texts;
  }

  private static void groupLabels(VectorObject given, VectorObject expect) {
    var by = GroupBy.of(given.texts("group_by").toArray(String[]::new));
    assertThat(by.of(Labels.of(given.textsByName("labels"))))
        .isEqualTo(expect.textsByName("group_labels"));
  }

  private static void inhibit(VectorObject given, VectorObject expect) {
    var rules = given.objects("rules").stream().map(TimelineVector::inhibition).toList();
    var strict = given.flag("strict", false);
    var index =
        new InhibitionIndex(
            rules.stream()
                .map(
                    rule ->
                        new Inhibition(
                            rule.source(), rule.target(), rule.equal(), strict || rule.strict()))
                .toList());
    for (var source : given.objectsIfAny("active_sources")) {
      var labels = Labels.of(source.textsByName("labels"));
      index.add(labels);
      if (source.flag("resolved", false)) {
        index.remove(labels);
      }
    }
    assertThat(index.mutes(Labels.of(given.textsByName("target"))).isPresent())
        .isEqualTo(expect.flag("muted"));
  }

  private static void timing(VectorObject given, VectorObject expect) {
    var events = (List<?>) given.raw("events");
    var config = given.object("config");
    play(config, events, expect.raw("deliveries"), expect);
  }

  static void play(VectorObject config, List<?> events, Object deliveries, VectorObject expect) {
    var timeline = new TimelineVector(config, events);
    timeline.play(TimelineVector.end(ends(deliveries), events, config));
    timeline.check(deliveries, expect);
  }

  private static List<Double> ends(Object deliveries) {
    var ends = new ArrayList<Double>();
    var lists = deliveries instanceof Map<?, ?> map ? map.values() : List.of(deliveries);
    for (var list : lists) {
      for (var delivery : (List<?>) list) {
        var fields = (Map<?, ?>) delivery;
        ends.add(
            fields.get("window") instanceof List<?> window
                ? Collections.max(window.stream().map(Double.class::cast).toList())
                : (Double) fields.get("at"));
      }
    }
    return ends;
  }

  private static void intervals(VectorObject given, VectorObject expect) {
    var now = OffsetDateTime.parse(given.text("now")).toInstant();
    var muting = new ArrayList<String>();
    given
        .textsByName("intervals")
        .forEach(
            (name, text) -> {
              if (TimeInterval.parse(name, text).contains(now)) {
                muting.add(name);
              }
            });
    assertThat(muting).containsExactlyInAnyOrderElementsOf(expect.texts("muted_by"));
  }

  private static void truncate(VectorObject given, VectorObject expect) {
    var cut = Truncation.codePoints(given.text("text"), (int) given.number("max_code_points"));
    assertThat(cut).isEqualTo(new Truncation(expect.text("text"), expect.flag("truncated")));
  }

  private static void signature(VectorObject given, VectorObject expect) {
    var secret = Secret.of(given.text("secret"));
    var body = given.text("body").getBytes(StandardCharsets.UTF_8);
    var scheme = given.text("scheme");
    var signature =
        switch (scheme) {
          case "github" -> WebhookSignature.github(secret);
          case "slack" -> WebhookSignature.slack(secret);
          default -> throw new AssertionError("unknown scheme " + scheme);
        };
    var now = given.has("timestamp") ? timestamp(given.raw("timestamp")) : Instant.EPOCH;
    var headers = signature.headers(body, now);
    assertThat(headers).containsEntry(expect.text("header"), expect.text("value"));
    var lower = new LinkedHashMap<String, String>();
    headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
    assertThat(WebhookSignature.verify(List.of(signature), lower, body, now)).isTrue();
    if (expect.has("max_age_s")) {
      assertThat(WebhookSignature.MAX_AGE)
          .isEqualTo(Duration.ofSeconds((long) expect.number("max_age_s")));
    }
  }

  private static Instant timestamp(Object value) {
    return Instant.ofEpochSecond(
        value instanceof Double number ? number.longValue() : Long.parseLong(value.toString()));
  }

  private static void dedupKey(VectorObject given, VectorObject expect) {
    var hash = Keys.hash(given.text("group_key"));
    assertThat(hash).isEqualTo(expect.text("sha256_hex"));
    assertThat(hash.length()).isLessThanOrEqualTo((int) expect.number("max_length"));
  }

  private static void escape(VectorObject given, VectorObject expect) {
    if (given.has("text")) {
      assertThat(ReceiverVectors.slackText(given.text("text"))).isEqualTo(expect.text("text"));
      return;
    }
    var subject = OneLine.of(given.text("alertname"));
    assertThat(subject.lines().count() <= 1).isEqualTo(expect.flag("subject_single_line"));
    for (var header : expect.texts("headers_absent")) {
      assertThat(("Subject: " + subject).lines()).noneMatch(line -> line.startsWith(header));
    }
  }

  private static void limits(VectorObject given, VectorObject expect) {
    if (given.has("embeds")) {
      var problem =
          ReceiverVectors.discordProblem(
              (int) given.number("embeds"),
              (int) given.optionalNumber("title").orElse(0),
              (int) given.optionalNumber("description").orElse(0),
              (int) given.optionalNumber("fields").orElse(0),
              (int) given.optionalNumber("field_name").orElse(0),
              (int) given.optionalNumber("field_value").orElse(0));
      assertThat(problem.isEmpty()).isEqualTo(expect.flag("valid"));
      if (expect.has("reason")) {
        assertThat(problem).contains(expect.text("reason"));
      }
    } else {
      SlackLimitsVector.check(given, expect);
    }
  }

  /** Refusals with the words a case expects. */
  static void refused(ThrowingCallable code, String words) {
    assertThatThrownBy(code).hasMessageContaining(words);
  }
}
