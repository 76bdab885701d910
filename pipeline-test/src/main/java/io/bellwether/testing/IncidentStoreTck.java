package io.bellwether.testing;

import static io.bellwether.testing.Contract.expect;

import io.bellwether.BellwetherException;
import io.bellwether.alert.Alert;
import io.bellwether.alert.Measurement;
import io.bellwether.alert.Severity;
import io.bellwether.incident.IncidentEvent;
import io.bellwether.incident.IncidentPhase;
import io.bellwether.incident.IncidentStore;
import io.bellwether.incident.RecentDeployment;
import io.bellwether.incident.Runbook;
import io.bellwether.incident.TimelineEntry;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The rules every {@link IncidentStore} keeps: every kind of event is read back as it was and in
 * order, incidents come in the order they were opened in, and a journal without a beginning is
 * refused. A durable one keeps all of it when it is opened again.
 *
 * <pre>{@code
 * IncidentStoreTck.verify(InMemoryIncidentStore::create);
 * IncidentStoreTck.verifyDurable(() -> FileIncidentStore.open(newDirectory()), store -> {
 *   store.close();
 *   return FileIncidentStore.open(itsDirectory());
 * });
 * }</pre>
 *
 * <p>Nothing here belongs to a test framework.
 */
public final class IncidentStoreTck {
  private static final Instant AT = Instant.parse("2026-03-01T00:00:00.000000001Z");

  private IncidentStoreTck() {}

  /**
   * Verifies a store that forgets with its process.
   *
   * @param fresh makes an empty store, independent of those made before
   * @throws AssertionError that tells every broken rule
   */
  public static void verify(Supplier<? extends IncidentStore> fresh) {
    rules(fresh, store -> store);
  }

  /**
   * Verifies a store that outlives its process.
   *
   * @param fresh makes an empty store, independent of those made before
   * @param reopened what another process would find: the same content, after this store was closed
   * @throws AssertionError that tells every broken rule
   */
  public static <S extends IncidentStore> void verifyDurable(
      Supplier<S> fresh, UnaryOperator<S> reopened) {
    rules(fresh, reopened);
  }

  private static <S extends IncidentStore> void rules(
      Supplier<S> fresh, UnaryOperator<S> reopened) {
    new Contract("an incident store")
        .check(
            "an empty store knows no incident",
            () -> expect(fresh.get().journals(), Map.of(), "journals"))
        .check(
            "every kind of event is read back as it was, in order",
            () -> {
              var store = fresh.get();
              var events = samples();
              store.append("inc-1", events.subList(0, 2));
              store.append("inc-1", List.of());
              store.append("inc-1", events.subList(2, events.size()));
              for (var found : List.of(store, reopened.apply(store))) {
                expect(words(found.journals().get("inc-1")), words(events), "the journal");
              }
            })
        .check(
            "incidents come in the order they were opened in",
            () -> {
              var store = fresh.get();
              for (var id : List.of("b", "a", "c")) {
                store.append(id, List.of(opened(id)));
              }
              store.append("b", List.of(new IncidentEvent.Ticketed("T-1")));
              for (var found : List.of(store, reopened.apply(store))) {
                expect(List.copyOf(found.journals().keySet()), List.of("b", "a", "c"), "incidents");
              }
            })
        .check("a journal begins with Opened", () -> refusesHeadless(fresh.get()))
        .check(
            "what was read does not change with what is appended",
            () -> {
              var store = fresh.get();
              store.append("a", List.of(opened("a")));
              var before = store.journals();
              store.append("a", List.of(new IncidentEvent.Ticketed("T-1")));
              expect(words(before.get("a")).size(), 1, "events read before");
            })
        .throwIfBroken(fresh.get());
  }

  private static void refusesHeadless(IncidentStore store) {
    try {
      store.append("a", List.of(new IncidentEvent.Ticketed("T-1")));
    } catch (BellwetherException e) {
      expect(store.journals(), Map.of(), "journals");
      return;
    }
    throw new AssertionError("it took a ticket for an incident nobody has opened");
  }

  /** An alert is compared by what it says. */
  private static List<String> words(@Nullable List<IncidentEvent> events) {
    var words = new ArrayList<String>();
    for (var event : events == null ? List.<IncidentEvent>of() : events) {
      words.add(event instanceof IncidentEvent.Opened opened ? words(opened) : event.toString());
    }
    return words;
  }

  private static String words(IncidentEvent.Opened opened) {
    var alert = opened.alert();
    return List.of(
            opened.incident(),
            opened.runbook(),
            opened.startedAt(),
            opened.detectedAt(),
            alert.name(),
            alert.severity(),
            alert.at(),
            alert.key(),
            alert.status(),
            alert.endedAt(),
            alert.expiresAfter(),
            alert.measurement(),
            alert.logs(),
            alert.runbook(),
            alert.summary(),
            alert.nextStep(),
            new TreeMap<>(alert.labels()))
        .toString();
  }

  private static IncidentEvent opened(String id) {
    var alert = Alert.of("down", Severity.CRITICAL, AT, a -> a.summary("größer \uD83D\uDE80"));
    return new IncidentEvent.Opened(id, alert, Runbook.standard(), AT, AT);
  }

  private static List<IncidentEvent> samples() {
    var alert =
        Alert.of(
            "error_rate",
            Severity.CRITICAL,
            AT,
            a ->
                a.firing()
                    .key("k")
                    .expiresAfter(Duration.ofMinutes(7))
                    .measurement(new Measurement("error_rate", "7.2%", "5%", Duration.ofMinutes(5)))
                    .logs(URI.create("http://localhost/logs"))
                    .runbook(URI.create("http://localhost/runbook"))
                    .label("service", "chat")
                    .label("environment", "production")
                    .summary("\"quoted\"\nsecond line")
                    .nextStep("look"));
    var runbook =
        Runbook.named(
            "own", r -> r.alerts("error_rate").step(IncidentPhase.TRIAGE, "Look", "closely"));
    var events = new ArrayList<IncidentEvent>();
    events.add(new IncidentEvent.Opened("inc-1", alert, runbook, AT.minusSeconds(60), AT));
    var deployment = new RecentDeployment(AT, "chat", "v7", "production", "dev");
    events.add(new IncidentEvent.Found(List.of(deployment), Optional.of(deployment)));
    events.add(new IncidentEvent.Found(List.of(), Optional.empty()));
    for (var kind : TimelineEntry.Kind.values()) {
      for (var phase : IncidentPhase.values()) {
        events.add(
            new IncidentEvent.Happened(new TimelineEntry(AT, phase, "ops", "it | works", kind)));
      }
    }
    events.add(new IncidentEvent.Ticketed("T-1"));
    events.add(new IncidentEvent.Begun("rollback"));
    events.add(new IncidentEvent.Done("rollback"));
    events.add(new IncidentEvent.GivenUp("rollback"));
    return events;
  }
}
