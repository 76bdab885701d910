package io.bellwether.testing;

import static io.bellwether.testing.Contract.expect;

import io.bellwether.BellwetherException;
import io.bellwether.pipeline.PipelineEvent;
import io.bellwether.pipeline.RunPhase;
import io.bellwether.pipeline.SkipCause;
import io.bellwether.pipeline.StopCause;
import io.bellwether.pipeline.Trigger;
import io.bellwether.pipeline.Vote;
import io.bellwether.pipeline.run.PipelineStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The rules every {@link PipelineStore} keeps: what was appended is read back whole and in order, a
 * writer with an outdated journal is refused and changes nothing, of writers at once one wins, and
 * the lists of runs say what the journals say. A durable one keeps all of it when it is opened
 * again.
 *
 * <pre>{@code
 * PipelineStoreTck.verify(InMemoryPipelineStore::create);
 * PipelineStoreTck.verifyDurable(() -> FilePipelineStore.open(newDirectory()), store -> {
 *   store.close();
 *   return FilePipelineStore.open(itsDirectory());
 * });
 * }</pre>
 *
 * <p>Nothing here belongs to a test framework.
 */
public final class PipelineStoreTck {
  private static final Instant AT = Instant.parse("2026-03-01T00:00:00.000000001Z");
  private static final int WRITERS = 8;

  private PipelineStoreTck() {}

  /**
   * Verifies a store that forgets with its process, and says so.
   *
   * @param fresh makes an empty store, independent of those made before
   * @throws AssertionError that tells every broken rule
   */
  public static void verify(Supplier<? extends PipelineStore> fresh) {
    rules(fresh, store -> store, false);
  }

  /**
   * Verifies a store that outlives its process.
   *
   * @param fresh makes an empty store, independent of those made before
   * @param reopened what another process would find: the same content, after this store was closed
   * @throws AssertionError that tells every broken rule
   */
  public static <S extends PipelineStore> void verifyDurable(
      Supplier<S> fresh, UnaryOperator<S> reopened) {
    rules(fresh, reopened, true);
  }

  private static <S extends PipelineStore> void rules(
      Supplier<S> fresh, UnaryOperator<S> reopened, boolean durable) {
    new Contract("a pipeline store")
        .check(
            "it says whether it is durable",
            () -> expect(fresh.get().durable(), durable, "durable()"))
        .check(
            "an empty store knows no run",
            () -> {
              var store = fresh.get();
              expect(store.journal("r"), List.of(), "the journal of an unknown run");
              expect(store.runs("chat"), List.of(), "runs");
              expect(store.unfinished(), List.of(), "unfinished runs");
            })
        .check("every kind of event is read back as it was, in order", () -> keeps(fresh, reopened))
        .check(
            "a writer with an outdated journal is refused and changes nothing",
            () -> refusesOutdated(fresh.get()))
        .check(
            "a journal begins with Accepted",
            () -> {
              var store = fresh.get();
              refuses(store, "r", 0, finished());
              expect(store.journal("r"), List.of(), "the journal");
              expect(store.unfinished(), List.of(), "unfinished runs");
            })
        .check("of writers at once one wins", () -> oneWins(fresh.get()))
        .check("the lists of runs say what the journals say", () -> lists(fresh.get(), reopened))
        .check(
            "what was read does not change with what is appended",
            () -> {
              var store = fresh.get();
              store.append("r", 0, List.of(accepted("r", "chat")));
              var before = store.journal("r");
              store.append("r", 1, List.of(finished()));
              expect(before.size(), 1, "events read before");
            })
        .check(
            "appending nothing changes nothing",
            () -> {
              var store = fresh.get();
              store.append("r", 0, List.of());
              expect(store.unfinished(), List.of(), "unfinished runs");
            })
        .throwIfBroken(fresh.get());
  }

  private static <S extends PipelineStore> void keeps(
      Supplier<S> fresh, UnaryOperator<S> reopened) {
    var store = fresh.get();
    var events = samples();
    store.append("r", 0, events.subList(0, 3));
    store.append("r", 3, events.subList(3, events.size()));
    expect(store.journal("r"), events, "the journal");
    expect(reopened.apply(store).journal("r"), events, "the journal found again");
  }

  private static void refusesOutdated(PipelineStore store) {
    store.append("r", 0, List.of(accepted("r", "chat")));
    refuses(store, "r", 0, accepted("r", "chat"));
    refuses(store, "r", 2, finished());
    refuses(store, "s", 1, finished());
    expect(store.journal("r"), List.of(accepted("r", "chat")), "the journal");
    expect(store.journal("s"), List.of(), "the journal of a run that never began");
  }

  private static void oneWins(PipelineStore store) throws Exception {
    store.append("r", 0, List.of(accepted("r", "chat")));
    var won = new AtomicInteger();
    Contract.together(
        Collections.nCopies(
            WRITERS,
            () -> {
              try {
                store.append("r", 1, List.of(finished()));
                won.incrementAndGet();
              } catch (BellwetherException e) {
                expect(store.journal("r").size(), 2, "events after another writer won");
              }
            }));
    expect(won.get(), 1, "writers that won");
    expect(store.journal("r"), List.of(accepted("r", "chat"), finished()), "the journal");
  }

  private static <S extends PipelineStore> void lists(S store, UnaryOperator<S> reopened) {
    store.append("1", 0, List.of(accepted("1", "chat")));
    store.append("2", 0, List.of(accepted("2", "other"), finished()));
    store.append("3", 0, List.of(accepted("3", "chat")));
    store.append("4", 0, List.of(accepted("4", "chat"), finished()));
    for (var found : List.of(store, reopened.apply(store))) {
      expect(found.runs("chat"), List.of("4", "3", "1"), "runs of chat");
      expect(found.runs("other"), List.of("2"), "runs of other");
      expect(found.unfinished(), List.of("1", "3"), "unfinished runs");
    }
  }

  private static void refuses(PipelineStore store, String run, long length, PipelineEvent event) {
    try {
      store.append(run, length, List.of(event));
    } catch (BellwetherException e) {
      return;
    }
    throw new AssertionError("it took " + event + " at " + length);
  }

  private static List<PipelineEvent> samples() {
    var trigger =
        Trigger.of("main", "4f2a9c1", "dev").withInputs(Map.of("slot", "größer \uD83D\uDE80"));
    var text = "\"quoted\",\nsecond line";
    var events = new ArrayList<PipelineEvent>();
    events.add(new PipelineEvent.Accepted(AT, "r", "chat", trigger, List.of("a", "b")));
    events.add(new PipelineEvent.Held(AT, "a", "production"));
    events.add(new PipelineEvent.Waits(AT, "a", text));
    events.add(new PipelineEvent.Voted(AT, "a", new Vote("lead", Vote.Kind.APPROVE, text, AT)));
    events.add(new PipelineEvent.Cleared(AT, "a", ""));
    events.add(new PipelineEvent.Started(AT, "a", 1, false));
    events.add(new PipelineEvent.TryFailed(AT, "a", text, AT.plusSeconds(9)));
    events.add(new PipelineEvent.Started(AT, "a", 2, true));
    events.add(new PipelineEvent.Stopping(AT, "a", StopCause.values()[0], text));
    events.add(new PipelineEvent.Succeeded(AT, "a", text, Map.of("image", "chat:7")));
    events.add(new PipelineEvent.Failed(AT, "b", text));
    events.add(new PipelineEvent.Skipped(AT, "b", SkipCause.values()[0], text));
    events.add(new PipelineEvent.Stopped(AT, "b", text));
    events.add(new PipelineEvent.Cancelled(AT, "ops", text));
    events.add(finished());
    return events;
  }

  private static PipelineEvent accepted(String run, String pipeline) {
    return new PipelineEvent.Accepted(
        AT, run, pipeline, Trigger.of("main", "4f2a9c1", "dev"), List.of("a"));
  }

  private static PipelineEvent finished() {
    return new PipelineEvent.Finished(AT, RunPhase.SUCCEEDED);
  }
}
