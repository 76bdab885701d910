package io.bellwether.alerting;

import io.bellwether.Problems;
import io.bellwether.alert.Alert;
import io.bellwether.alert.AlertStore;
import io.bellwether.alert.Notifier;
import io.bellwether.alerting.internal.delivery.Courier;
import io.bellwether.alerting.internal.engine.AlertEngine;
import io.bellwether.alerting.internal.engine.EngineSettings;
import io.bellwether.alerting.internal.engine.Memory;
import io.bellwether.alerting.internal.engine.Sending;
import io.bellwether.alerting.internal.memory.MemoryCodec;
import io.bellwether.alerting.notice.Delivery;
import io.bellwether.alerting.notice.Failure;
import io.bellwether.alerting.notice.Receiver;
import io.bellwether.alerting.route.Labels;
import io.bellwether.alerting.route.Matcher;
import io.bellwether.alerting.route.Silence;
import io.bellwether.time.Scheduler;
import io.bellwether.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes alerts to people: groups them, tells each receiver once, reminds, and tells when it is
 * over.
 *
 * <p>Thread-safe. {@link #notify} decides at once and returns before anything is delivered; how
 * many alerts come at once is bounded by memory alone, how many notifications leave by each
 * receiver's {@link io.bellwether.alerting.notice.Pace}: what does not fit into a receiver's queue
 * waits in its group, where news replace each other, so that nothing is lost and nothing grows.
 *
 * <p>Without a {@link AlertRouterBuilder#time} of the host's it keeps one daemon thread for timers;
 * close it to end that. Closing does not tell anybody anything: with a durable store the next
 * router goes on where this one stopped.
 */
public final class AlertRouter implements Notifier, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(AlertRouter.class);

  private final RouterParts parts;
  private final RouterClock clock;
  private final AlertEngine engine;
  private final Map<String, Courier> couriers = new LinkedHashMap<>();
  private Scheduler.@Nullable Cancellable wake;
  private @Nullable Instant wakeAt;
  private boolean closed;

  AlertRouter(RouterParts parts) {
    this.parts = parts;
    clock = new RouterClock(parts.time());
    parts
        .receivers()
        .forEach((name, receiver) -> couriers.put(name, new Courier(receiver, parts.time())));
    var memory = parts.store().map(store -> MemoryCodec.memory(store.load())).orElse(Memory.NONE);
    engine = new AlertEngine(parts.settings(), memory, clock.now());
    if (parts.store().isEmpty()) {
      engine.outbox().withoutMemory();
    }
    input(now -> {});
  }

  /**
   * A router built in one expression.
   *
   * @throws io.bellwether.InvalidConfigurationException with every problem at once: unknown
   *     receivers, names given twice, invalid expressions, contradictory intervals, missing secrets
   */
  public static AlertRouter create(UnaryOperator<AlertRouterBuilder> settings) {
    return settings.apply(builder()).build();
  }

  /** A router to be built. */
  public static AlertRouterBuilder builder() {
    return new AlertRouterBuilder();
  }

  /** The labels an inhibition's source and target have in common. */
  public static String[] sameLabels(String... labels) {
    return labels.clone();
  }

  /** Takes an alert; a firing one that is told again is kept from expiring. */
  @Override
  public void notify(Alert alert) {
    input(now -> engine.take(alert, now));
  }

  /** Takes alerts of one moment together, so that one may mute another before anybody is told. */
  public void notifyAll(Collection<Alert> alerts) {
    input(now -> engine.take(alerts, now));
  }

  /** Puts a silence in force, or replaces the one of the same id. */
  public void silence(Silence silence) {
    input(now -> engine.silence(silence, now));
  }

  /** Ends a silence; nothing happens if there is none of this id. */
  public void unsilence(String id) {
    input(now -> engine.unsilence(id, now));
  }

  /** The silences there are, those included that are over since less than about five days. */
  public synchronized Collection<Silence> silences() {
    return engine.silences();
  }

  /**
   * Somebody has the firing alerts in hand that satisfy these: nobody is reminded of them, and they
   * do not escalate. Until they are resolved and fire again.
   *
   * @return how many alerts there were
   * @throws io.bellwether.InvalidConfigurationException if no matcher says which, or a regular
   *     expression is no good
   */
  public int acknowledge(Matcher... matchers) {
    var problems = new Problems();
    problems.require(
        matchers.length > 0,
        "no matcher: say which alerts, or all by Matcher.parse(\"alertname=~.+\")");
    List.of(matchers).forEach(matcher -> matcher.problem().ifPresent(problems::add));
    problems.throwIfAny("acknowledgement");
    var count = new int[1];
    input(
        now ->
            count[0] =
                engine.acknowledge(
                    labels -> List.of(matchers).stream().allMatch(m -> m.matches(labels))));
    return count[0];
  }

  /** Who would be told now of an alert with these labels; nobody is. */
  public synchronized Explanation explain(Map<String, String> labels) {
    var given = Labels.of(labels);
    var now = clock.now();
    var matches =
        parts.settings().tree().match(given).stream()
            .map(
                node ->
                    new Explanation.Match(
                        node.key(),
                        node.options(),
                        node.options().groupBy().of(given),
                        engine.closed(node, now)))
            .toList();
    return new Explanation(labels, matches, engine.mutedBy(given, now));
  }

  /** Who would be told now of this alert; nobody is. */
  public Explanation explain(Alert alert) {
    return explain(Labels.of(alert).sorted());
  }

  /** The groups there are, with who is told of them. */
  public synchronized List<AlertGroup> groups() {
    var groups = new ArrayList<AlertGroup>();
    for (var group : engine.groups()) {
      groups.add(new AlertGroup(group.key(), group.receivers(), group.labels(), group.alerts()));
    }
    return groups;
  }

  /** How many alerts fire or wait for somebody to hear that they are over. */
  public synchronized int size() {
    return engine.size();
  }

  /** How many notifications wait for each receiver. */
  public Map<String, Integer> waiting() {
    var waiting = new LinkedHashMap<String, Integer>();
    couriers.forEach((name, courier) -> waiting.put(name, courier.waiting()));
    return waiting;
  }

  /** For example {@code alerts to pager, team-chat; 2 known}. */
  @Override
  public String toString() {
    return "alerts to " + String.join(", ", couriers.keySet()) + "; " + size() + " known";
  }

  /** Stops telling; what is known stays in the store. Harmless when repeated. */
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      if (wake != null) {
        wake.cancel();
      }
    }
    couriers.values().forEach(Courier::close);
    parts.store().ifPresent(AlertStore::close);
    parts.close().run();
  }

  /** One input: decided and remembered under the lock, sent outside of it. */
  private void input(Consumer<Instant> change) {
    List<Sending> sendings;
    List<String> givenUp;
    synchronized (this) {
      if (closed) {
        return;
      }
      change.accept(clock.now());
      if (parts.store().isPresent()) {
        remember(parts.store().get());
      }
      sendings = engine.outbox().takeSendings();
      givenUp = engine.outbox().takeGivenUp();
      schedule();
    }
    if (!givenUp.isEmpty()) {
      givenUp.forEach(this::giveUp);
    }
    if (!sendings.isEmpty()) { // most inputs send nothing
      sendings.forEach(this::send);
    }
  }

  /** People are told even when nothing can be remembered: then some may be told twice. */
  private void remember(AlertStore store) {
    var memory = engine.outbox().takeMemory();
    if (memory.isEmpty()) {
      return;
    }
    try {
      store.write(MemoryCodec.changes(memory));
    } catch (RuntimeException e) {
      log.error("alerts could not be remembered; after a restart some may be told twice", e);
    }
  }

  private void schedule() {
    var next = engine.nextWake();
    if (next.equals(Instant.MAX) || next.equals(wakeAt)) {
      return;
    }
    if (wake != null) {
      wake.cancel();
    }
    wakeAt = next;
    wake = parts.time().scheduler().schedule(Duration.between(clock.now(), next), this::awake);
  }

  private void awake() {
    synchronized (this) {
      wake = null;
      wakeAt = null;
    }
    input(engine::run);
  }

  private void send(Sending sending) {
    var notification = sending.notification();
    var courier = couriers.get(notification.receiver());
    tell(listener -> listener.sending(notification));
    if (courier == null) {
      answered(sending, Delivery.disabled(Failure.OTHER, "there is no receiver of this name"));
      return;
    }
    courier.offer(notification, delivery -> answered(sending, delivery));
  }

  private void answered(Sending sending, Delivery delivery) {
    var notification = sending.notification();
    if (!delivery.arrived()) {
      log.warn(
          "receiver '{}' was not told ({}, notice {} of {}): {} {}: {}",
          notification.receiver(),
          notification.reason().id(),
          notification.sequence(),
          notification.groupKey(),
          delivery.outcome(),
          delivery.failure().tag(),
          delivery.detail());
    }
    var took = Duration.between(notification.at(), clock.now());
    tell(listener -> listener.answered(notification, delivery, took));
    input(now -> engine.answer(sending.id(), delivery, now));
  }

  private void giveUp(String what) {
    log.error("nobody could be told within a day: {}", what);
    tell(listener -> listener.givenUp(what));
  }

  private void tell(Consumer<AlertListener> event) {
    try {
      event.accept(parts.listener());
    } catch (RuntimeException e) {
      log.warn("the listener of the alert router failed; deliveries go on", e);
    }
  }

  /** The parts a builder put together. */
  record RouterParts(
      EngineSettings settings,
      Map<String, Receiver> receivers,
      Optional<AlertStore> store,
      AlertListener listener,
      TimeSource time,
      Runnable close) {}
}
