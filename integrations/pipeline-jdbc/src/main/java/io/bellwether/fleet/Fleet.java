package io.bellwether.fleet;

import io.bellwether.BellwetherException;
import io.bellwether.jdbc.JdbcDatabase;
import io.bellwether.jdbc.JdbcRolloutStore;
import io.bellwether.jdbc.Lease;
import io.bellwether.metrics.OutcomeWindows;
import io.bellwether.release.Version;
import io.bellwether.rollout.RolloutEvent;
import io.bellwether.rollout.RolloutState;
import io.bellwether.routing.local.LocalRouters;
import io.bellwether.runtime.RuntimeThreads;
import io.bellwether.time.Durations;
import io.bellwether.time.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One replica of a service that rolls out as one with all the others. Thread-safe.
 *
 * <p>Every replica is given the same releases and strategies and may be asked to start, abort or
 * approve; whichever holds the lease decides. Each routes its own users by {@link #routers}, and
 * all of them the same user to the same version: a step bakes when every replica has said that it
 * serves it. What becomes of requests anywhere is summed up, and judged as if one process had seen
 * it all.
 *
 * <p>Closing a fleet leaves it: the users of this replica get stable, and if it led, another takes
 * over at once. Its rollouts go on.
 */
public final class Fleet implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Fleet.class);
  private static final int MOST_LOOKS = 200;
  private static final int ASKING = 8;
  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

  private final FleetBuilder given;
  private final RuntimeThreads threads;
  private final FleetParts parts;
  private final Replica replica;
  private final Leadership leadership;
  private final Semaphore answers = new Semaphore(0);
  private final Beat listening;
  private final Burst splits;
  private final Beat minding;
  private final Beat campaigning;
  private final Beat leading;
  private final Beat publishing;
  private final Publisher publisher;
  private final Optional<Listening> notifications;
  private final Optional<FleetTimers> timers;

  Fleet(FleetBuilder given, RuntimeThreads threads) {
    this.given = given;
    this.threads = threads;
    var time = threads.time();
    var database = given.database.checkSchema();
    var tables =
        given
            .now
            .map(now -> new Tables(database, given.name, now))
            .orElseGet(() -> Tables.of(database, given.name));
    var id = given.replica + "#" + UUID.randomUUID();
    var clock = new DatabaseClock(time.ticker());
    var replicas = new ReplicaRows(tables);
    replicas.found(given.block.toMillis());
    measure(tables, clock, time.ticker());
    var routers = routers(clock);
    var lease = Lease.of(database, given.name, given.replica, given.times.lease(), time.ticker());
    parts =
        new FleetParts(
            tables,
            replicas,
            new SplitRows(tables),
            new CommandRows(tables),
            new EvidenceRows(tables),
            routers,
            clock,
            lease);
    replica = new Replica(tables, id, given, routers, time.ticker(), clock);
    timers = given.timers.map(source -> new FleetTimers(source, given, clock, this::due));
    leadership =
        new Leadership(
            lease, fence -> new Reign(given, parts, fence, threads, timers), listeners());
    listening = beat(given.times.poll(), "asking for news", replica::listen);
    splits = new Burst(time.ticker(), time.scheduler(), listening::hurry);
    minding =
        new Beat(
            time.scheduler(),
            threads.engine(),
            given.times.alone().dividedBy(30),
            "minding",
            replica::mind);
    campaigning = beat(given.times.lease().dividedBy(4), "campaigning", this::campaign);
    publisher = new Publisher(routers.windows(), replica, parts.evidence(), given.block.toMillis());
    publishing = beat(publishEvery(given.block), "publishing", publisher::publish);
    leading = beat(given.times.poll().dividedBy(5), "leading", leadership::work);
    notifications =
        given
            .listening
            .filter(source -> tables.notifies())
            .map(
                source ->
                    new Listening(source, tables, time.scheduler(), threads.ports(), this::heard));
  }

  /** How a fleet is wired. */
  public static FleetBuilder builder(JdbcDatabase database) {
    return new FleetBuilder(database);
  }

  /** Joins a fleet in one expression: {@code join(database, f -> f.release(chat))}. */
  public static Fleet join(JdbcDatabase database, UnaryOperator<FleetBuilder> settings) {
    return settings.apply(builder(database)).join();
  }

  private static void measure(Tables tables, DatabaseClock clock, Ticker ticker) {
    for (var i = 0; i < 3; i++) {
      var sent = ticker.nanos();
      clock.heard(tables.database().read("the time", tables::now), sent);
    }
  }

  /** Blocks begin at the same moments in every replica. */
  private LocalRouters routers(DatabaseClock clock) {
    var ticker = threads.time().ticker();
    return LocalRouters.create(
        r -> {
          given.releases.values().forEach(r::release);
          given.cohorts.forEach(r::cohort);
          r.ticker(ticker)
              .windows(
                  OutcomeWindows.create(
                      w ->
                          w.ticker(ticker)
                              .slice(given.block)
                              .length(given.block.multipliedBy(60))
                              .versions(Math.max(64, 4 * given.releases.size()))
                              .origin(clock.ticks(Instant.EPOCH))));
        });
  }

  private Beat beat(Duration period, String what, Runnable task) {
    return new Beat(threads.time().scheduler(), threads.ports(), period, what, task);
  }

  Fleet joined() {
    try {
      replica.join();
    } catch (RuntimeException | Error e) {
      threads.onClose().run();
      throw e;
    }
    listening.hurry();
    minding.hurry();
    campaigning.hurry();
    publishing.hurry();
    leading.hurry();
    notifications.ifPresent(Listening::begin);
    timers.ifPresent(FleetTimers::begin);
    return this;
  }

  void campaign() {
    var led = leadership.leads();
    leadership.campaign();
    if (led != leadership.leads()) {
      leading.hurry();
    }
  }

  /** A rollout's timer fired here: whoever leads sees to it; if nobody leads, this one does. */
  private FleetTimers.Next due(String release) {
    var next = leadership.due(release);
    if (next == FleetTimers.Next.UNKNOWN) {
      campaign();
      parts.tables().tellLeader();
      leading.hurry();
    }
    return next;
  }

  private void heard(Tables.News news) {
    switch (news) {
      case SPLIT -> splits.news();
      case COMMAND -> {
        if (leadership.leads()) {
          leading.hurry();
        }
      }
      case ANSWER -> {
        answers.drainPermits(); // those of answers to others, while nobody here waited
        answers.release(ASKING);
      }
    }
  }

  /** A tenth of a block, so that the sums are never much behind. */
  private static Duration publishEvery(Duration block) {
    return block.dividedBy(10);
  }

  private void publishLast() {
    try {
      publisher.publishLast();
    } catch (RuntimeException e) {
      log.warn("{} could not publish its last counts", this, e);
    }
  }

  /** The routers of this replica, for the host's request path. */
  public LocalRouters routers() {
    return parts.routers();
  }

  /** Whether this replica decides, as far as it knows. */
  public boolean leads() {
    return leadership.leads();
  }

  /**
   * Whether it has heard nothing of the fleet for so long that it sends everybody to stable, unless
   * it is to keep its split.
   */
  public boolean isAlone() {
    return replica.isAlone();
  }

  /**
   * Starts rolling out a version; refused while another rollout of the release is under way.
   *
   * @throws BellwetherException if the leader refuses, or no leader answers within 10 s
   */
  public FleetAnswer start(String release, Version candidate) {
    return ask(Command.Kind.START, release, candidate.id(), given.replica, "");
  }

  /** The same; a rollout of the release under way makes room first. */
  public FleetAnswer supersede(String release, Version candidate) {
    return ask(Command.Kind.SUPERSEDE, release, candidate.id(), given.replica, "");
  }

  /** Goes back to stable, whatever the gates say. */
  public FleetAnswer abort(String release, String actor, String reason) {
    return ask(Command.Kind.ABORT, release, "", actor, reason);
  }

  /** Waits where it is; gates go on watching. */
  public FleetAnswer pause(String release, String actor, String reason) {
    return ask(Command.Kind.PAUSE, release, "", actor, reason);
  }

  /** Goes on after a pause. */
  public FleetAnswer resume(String release, String actor) {
    return ask(Command.Kind.RESUME, release, "", actor, "");
  }

  /** Does not wait for the rest of the current step. */
  public FleetAnswer skipStep(String release, String actor, String reason) {
    return ask(Command.Kind.SKIP_STEP, release, "", actor, reason);
  }

  /** Goes to the last step at once. */
  public FleetAnswer promoteNow(String release, String actor, String reason) {
    return ask(Command.Kind.PROMOTE, release, "", actor, reason);
  }

  /** Agrees to go on. */
  public FleetAnswer approve(String release, String actor, String reason) {
    return ask(Command.Kind.APPROVE, release, "", actor, reason);
  }

  /** Does not agree to go on: the rollout goes back. */
  public FleetAnswer reject(String release, String actor, String reason) {
    return ask(Command.Kind.REJECT, release, "", actor, reason);
  }

  /** Brings back the version that was stable before. */
  public FleetAnswer revert(String release, String actor, String reason) {
    return ask(Command.Kind.REVERT, release, "", actor, reason);
  }

  /** Brings back a version that was stable once. */
  public FleetAnswer rollBackTo(String release, Version version, String actor, String reason) {
    return ask(Command.Kind.ROLL_BACK_TO, release, version.id(), actor, reason);
  }

  private FleetAnswer ask(
      Command.Kind kind, String release, String version, String actor, String reason) {
    Objects.requireNonNull(actor, "actor: say who wants it");
    Objects.requireNonNull(reason, "reason: say why, or \"\"");
    var id = UUID.randomUUID().toString();
    var command = new Command(id, release, kind, version, actor, reason, Optional.empty());
    parts.commands().give(command);
    leading.hurry();
    var result = await(command);
    if (result.outcome() == Command.Outcome.REFUSED) {
      throw new BellwetherException(command + ": " + result.words());
    }
    return new FleetAnswer(result.run(), result.words());
  }

  private Command.Result await(Command command) {
    var result = parts.commands().result(command.id());
    for (var looks = 0; result.outcome() == Command.Outcome.OPEN; looks++) {
      if (looks == MOST_LOOKS) {
        throw new BellwetherException(
            command
                + ": no leader has answered for "
                + Durations.plain(LOOK_AGAIN.multipliedBy(MOST_LOOKS))
                + "; it is done when there is one: look at the rollout before you ask again");
      }
      pause();
      result = parts.commands().result(command.id());
    }
    return result;
  }

  @SuppressWarnings("ResultOfMethodCallIgnored") // an answer to somebody else is no reason to stop
  private void pause() {
    try {
      answers.tryAcquire(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BellwetherException("interrupted while the leader was asked", e);
    }
  }

  /** Where the release's last rollout stands, as the database has it. */
  public Optional<RolloutState> rollout(String release) {
    var journal = journal(release);
    return journal.isEmpty() ? Optional.empty() : Optional.of(RolloutEvent.replay(journal));
  }

  /** Everything that has happened in the release's last rollout; empty if there was none. */
  public List<RolloutEvent> journal(String release) {
    var store = JdbcRolloutStore.of(given.database);
    return store.runs(release).stream().findFirst().map(store::journal).orElse(List.of());
  }

  /** The database's time, by which the fleet's journals are kept. */
  public InstantSource clock() {
    return parts.clock();
  }

  private FleetListener listeners() {
    return new FleetListener() {
      @Override
      public void leads(long fence) {
        tell(it -> it.leads(fence));
      }

      @Override
      public void deposed() {
        tell(FleetListener::deposed);
      }

      private void tell(Consumer<FleetListener> event) {
        Roll.hear(given, event);
      }
    };
  }

  @Override
  public void close() {
    notifications.ifPresent(Listening::close);
    timers.ifPresent(FleetTimers::close);
    campaigning.stop();
    listening.stop();
    minding.stop();
    leading.stop();
    publishing.stop();
    publishLast();
    leadership.close();
    replica.leave();
    threads.onClose().run();
  }

  /** For example {@code replica chat-7f9 of fleet chat, which it leads}. */
  @Override
  public String toString() {
    return "replica "
        + given.replica
        + " of fleet "
        + given.name
        + (leads() ? ", which it leads" : isAlone() ? ", which it does not hear" : "");
  }
}
