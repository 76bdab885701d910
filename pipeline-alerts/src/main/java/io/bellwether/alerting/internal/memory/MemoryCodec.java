package io.bellwether.alerting.internal.memory;

import io.bellwether.BellwetherException;
import io.bellwether.alert.Alert;
import io.bellwether.alert.AlertStore.Change;
import io.bellwether.alert.Measurement;
import io.bellwether.alert.Severity;
import io.bellwether.alerting.internal.engine.Memory;
import io.bellwether.alerting.internal.engine.Memory.KnownAlert;
import io.bellwether.alerting.internal.engine.Memory.KnownStorm;
import io.bellwether.alerting.internal.engine.Memory.KnownTarget;
import io.bellwether.alerting.notice.Keys;
import io.bellwether.alerting.notice.internal.json.Json;
import io.bellwether.alerting.route.Matcher;
import io.bellwether.alerting.route.Silence;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns what an engine remembers into records of a store, and back. */
public final class MemoryCodec {
  private static final String ALERT = "alert/";
  private static final String TARGET = "target/";
  private static final String SILENCE = "silence/";
  private static final String SEEN = "seen/";
  private static final String STORM = "storm/";

  private MemoryCodec() {}

  /** The changes of a store that remember this. */
  public static List<Change> changes(Memory memory) {
    var changes = new ArrayList<Change>();
    memory.seen().forEach((key, at) -> changes.add(change(SEEN, key, at.map(MemoryCodec::seen))));
    memory
        .alerts()
        .forEach((id, alert) -> changes.add(change(ALERT, id, alert.map(MemoryCodec::alert))));
    memory
        .targets()
        .forEach((id, target) -> changes.add(change(TARGET, id, target.map(MemoryCodec::target))));
    memory
        .silences()
        .forEach((id, known) -> changes.add(change(SILENCE, id, known.map(MemoryCodec::silence))));
    memory
        .storms()
        .forEach((id, known) -> changes.add(change(STORM, id, Optional.of(storm(known)))));
    return changes;
  }

  private static Change change(String kind, String id, Optional<Map<String, Object>> record) {
    return new Change(
        kind + Keys.hash(id),
        record.map(
            fields -> {
              fields.put("id", id);
              return Json.bytes(fields);
            }));
  }

  /**
   * What a store remembers.
   *
   * @throws BellwetherException if a record cannot be read; never a guess
   */
  public static Memory memory(Map<String, byte[]> records) {
    var alerts = new LinkedHashMap<String, Optional<KnownAlert>>();
    var targets = new LinkedHashMap<String, Optional<KnownTarget>>();
    var silences = new LinkedHashMap<String, Optional<Silence>>();
    var seen = new LinkedHashMap<String, Optional<Instant>>();
    var storms = new LinkedHashMap<String, KnownStorm>();
    records.forEach(
        (key, bytes) -> {
          try {
            var fields = new Fields(Json.object(bytes));
            if (key.startsWith(ALERT)) {
              alerts.put(fields.text("id"), Optional.of(alert(fields)));
            } else if (key.startsWith(TARGET)) {
              targets.put(fields.text("id"), Optional.of(target(fields)));
            } else if (key.startsWith(SILENCE)) {
              silences.put(fields.text("id"), Optional.of(silence(fields)));
            } else if (key.startsWith(SEEN)) {
              seen.put(fields.text("id"), Optional.of(fields.instant("at")));
            } else if (key.startsWith(STORM)) {
              storms.put(fields.text("id"), storm(fields));
            } else {
              throw new BellwetherException("unknown kind of record");
            }
          } catch (BellwetherException | IllegalArgumentException | DateTimeException e) {
            throw new BellwetherException(
                "the alert store's record '" + key + "' cannot be read: " + e.getMessage(), e);
          }
        });
    return new Memory(alerts, targets, silences, seen, storms);
  }

  private static Map<String, Object> seen(Instant at) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("at", at);
    return fields;
  }

  private static Map<String, Object> alert(KnownAlert known) {
    var alert = known.alert();
    var fields = new LinkedHashMap<String, Object>();
    fields.put("acknowledged", known.acknowledged());
    fields.put("name", alert.name());
    fields.put("severity", alert.severity());
    fields.put("key", alert.key());
    fields.put("status", alert.status());
    fields.put("at", alert.at());
    alert.endedAt().ifPresent(at -> fields.put("endedAt", at));
    alert.expiresAfter().ifPresent(after -> fields.put("expiresAfter", after));
    alert.logs().ifPresent(link -> fields.put("logs", link));
    alert.runbook().ifPresent(link -> fields.put("runbook", link));
    alert.measurement().ifPresent(found -> fields.put("measurement", measurement(found)));
    fields.put("summary", alert.summary());
    fields.put("nextStep", alert.nextStep());
    fields.put("labels", alert.labels());
    return fields;
  }

  private static Map<String, Object> measurement(Measurement found) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("metric", found.metric());
    fields.put("value", found.value());
    fields.put("threshold", found.threshold());
    fields.put("window", found.window());
    return fields;
  }

  private static KnownAlert alert(Fields fields) {
    var severity = Severity.valueOf(fields.text("severity"));
    var builder =
        Alert.builder(fields.text("name"), severity, fields.instant("at"))
            .key(fields.text("key"))
            .summary(fields.text("summary"))
            .nextStep(fields.text("nextStep"))
            .labels(fields.texts("labels"));
    fields.find("expiresAfter").map(Duration::parse).ifPresent(builder::expiresAfter);
    fields.find("logs").map(URI::create).ifPresent(builder::logs);
    fields.find("runbook").map(URI::create).ifPresent(builder::runbook);
    fields
        .object("measurement")
        .ifPresent(
            found ->
                builder.measurement(
                    new Measurement(
                        found.text("metric"),
                        found.text("value"),
                        found.text("threshold"),
                        Duration.parse(found.text("window")))));
    switch (Alert.Status.valueOf(fields.text("status"))) {
      case FIRING -> builder.firing();
      case RESOLVED -> builder.resolved(fields.instant("endedAt"));
      case EVENT -> {
        // as a builder begins
      }
    }
    return new KnownAlert(builder.build(), fields.flag("acknowledged"));
  }

  private static Map<String, Object> target(KnownTarget known) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("group", known.group());
    fields.put("receiver", known.receiver());
    fields.put("kind", known.kind());
    fields.put("announced", known.announced());
    fields.put("attempted", known.attempted());
    fields.put("told", known.told());
    known.toldAt().ifPresent(at -> fields.put("toldAt", at));
    fields.put("sequence", known.sequence());
    fields.put("content", known.content());
    fields.put("withheld", known.withheld());
    fields.put("summarized", known.summarized());
    return fields;
  }

  private static KnownTarget target(Fields fields) {
    return new KnownTarget(
        fields.text("group"),
        fields.text("receiver"),
        fields.text("kind"),
        fields.list("announced"),
        fields.list("attempted"),
        fields.list("told"),
        fields.find("toldAt").map(Instant::parse),
        fields.number("sequence"),
        (int) fields.number("content"),
        fields.flag("withheld"),
        fields.flag("summarized"));
  }

  private static Map<String, Object> storm(KnownStorm known) {
    var fields = new LinkedHashMap<String, Object>();
    known.windowStart().ifPresent(at -> fields.put("windowStart", at));
    fields.put("sent", known.sent());
    known.openSince().ifPresent(at -> fields.put("openSince", at));
    return fields;
  }

  private static KnownStorm storm(Fields fields) {
    return new KnownStorm(
        fields.find("windowStart").map(Instant::parse),
        (int) fields.number("sent"),
        fields.find("openSince").map(Instant::parse));
  }

  private static Map<String, Object> silence(Silence known) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("matchers", known.matchers().stream().map(Matcher::toString).toList());
    fields.put("start", known.start());
    fields.put("end", known.end());
    fields.put("by", known.by());
    fields.put("comment", known.comment());
    return fields;
  }

  private static Silence silence(Fields fields) {
    return new Silence(
        fields.text("id"),
        fields.list("matchers").stream().map(Matcher::parse).toList(),
        fields.instant("start"),
        fields.instant("end"),
        fields.text("by"),
        fields.text("comment"));
  }

  /** Fields of a record, which have to be there. */
  private record Fields(Map<String, @Nullable Object> fields) {
    Optional<String> find(String name) {
      return Optional.ofNullable(fields.get(name)).map(Object::toString);
    }

    String text(String name) {
      return find(name).orElseThrow(() -> new BellwetherException("it has no " + name));
    }

    Instant instant(String name) {
      return Instant.parse(text(name));
    }

    long number(String name) {
      return Long.parseLong(text(name));
    }

    boolean flag(String name) {
      return Boolean.parseBoolean(text(name));
    }

    List<String> list(String name) {
      if (fields.get(name) instanceof List<?> list) {
        return list.stream().map(String::valueOf).toList();
      }
      throw new BellwetherException("its " + name + " is no list");
    }

    Map<String, String> texts(String name) {
      if (fields.get(name) instanceof Map<?, ?> map) {
        var texts = new LinkedHashMap<String, String>();
        map.forEach((key, value) -> texts.put(String.valueOf(key), String.valueOf(value)));
        return texts;
      }
      throw new BellwetherException("its " + name + " is no object");
    }

    Optional<Fields> object(String name) {
      if (fields.get(name) instanceof Map<?, ?> map) {
        var copy = new LinkedHashMap<String, @Nullable Object>();
        map.forEach((key, value) -> copy.put(String.valueOf(key), value));
        return Optional.of(new Fields(copy));
      }
      return Optional.empty();
    }
  }
}
