package io.bellwether.pipeline.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.pipeline.PipelineEvent;
import io.bellwether.pipeline.RunPhase;
import io.bellwether.pipeline.SkipCause;
import io.bellwether.pipeline.StopCause;
import io.bellwether.pipeline.Trigger;
import io.bellwether.pipeline.Vote;
import io.bellwether.release.ChangeKind;
import io.bellwether.store.RecordLog;
import io.bellwether.testing.Cases;
import io.bellwether.testing.Gen;
import io.bellwether.testing.MutableClock;
import io.bellwether.testing.PipelineStoreTck;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineStoresTest {
  private static final Instant AT = MutableClock.START;

  @TempDir private Path folder;

  @Test
  void every_event_comes_back_as_it_was() {
    Cases.forAll(
        "a run's events survive the disk",
        100,
        gen -> {
          var place = folder.resolve("case" + Long.toHexString(gen.nextLong()));
          var events = events(gen);
          try (var store = FilePipelineStore.open(place)) {
            store.append("run", 0, events);
          }
          try (var store = FilePipelineStore.open(place)) {
            assertThat(store.journal("run")).isEqualTo(events);
          }
        });
  }

  @Test
  void both_stores_keep_the_rules_of_a_store() {
    PipelineStoreTck.verify(InMemoryPipelineStore::create);
    var places = new IdentityHashMap<FilePipelineStore, Path>();
    Function<Path, FilePipelineStore> open =
        place -> {
          var store = FilePipelineStore.open(place);
          places.put(store, place);
          return store;
        };
    try {
      PipelineStoreTck.verifyDurable(
          () -> open.apply(folder.resolve("store" + places.size())),
          store -> {
            store.close();
            return open.apply(places.get(store));
          });
    } finally {
      places.keySet().forEach(FilePipelineStore::close);
    }
  }

  @Test
  void a_store_that_stays_open_does_not_grow_without_end() throws IOException {
    try (var store = FilePipelineStore.open(folder, 5)) {
      store.append("open", 0, List.of(accepted("open", "chat")));
      var largest = 0L;
      for (var run = 0; run < 200; run++) {
        store.append("r" + run, 0, List.of(accepted("r" + run, "chat"), finished()));
        largest = Math.max(largest, Files.size(folder.resolve(FilePipelineStore.FILE)));
      }
      assertThat(store.runs("chat"))
          .containsExactly("r199", "r198", "r197", "r196", "r195", "open");
      assertThat(largest).isLessThan(200 * 30);
    }
    try (var store = FilePipelineStore.open(folder, 5)) {
      assertThat(store.runs("chat")).hasSize(6);
    }
  }

  @Test
  void a_run_that_took_longest_is_not_forgotten_when_it_ends() {
    try (var store = FilePipelineStore.open(folder, 2)) {
      store.append("long", 0, List.of(accepted("long", "chat")));
      for (var run = 0; run < 3; run++) {
        store.append("r" + run, 0, List.of(accepted("r" + run, "chat"), finished()));
      }
      store.append("long", 1, List.of(finished()));
      assertThat(store.journal("long")).hasSize(2);
      assertThat(store.runs("chat")).containsExactly("r2", "long");
    }
  }

  @Test
  void old_ended_runs_are_forgotten_and_open_ones_never() {
    try (var store = FilePipelineStore.open(folder)) {
      for (var run = 0; run < 5; run++) {
        store.append("r" + run, 0, List.of(accepted("r" + run, "chat")));
        if (run != 1) {
          store.append("r" + run, 1, List.of(finished()));
        }
      }
    }
    try (var store = FilePipelineStore.open(folder, 2)) {
      assertThat(store.runs("chat")).containsExactly("r4", "r3", "r1");
    }
    try (var store = FilePipelineStore.open(folder, 2)) {
      assertThat(store.runs("chat")).containsExactly("r4", "r3", "r1");
    }
  }

  @Test
  void a_later_format_and_an_unknown_event_are_refused() {
    write("{\"format\":2,\"run\":\"r\",\"from\":0,\"events\":[]}");
    assertThatThrownBy(() -> FilePipelineStore.open(folder)).hasMessageContaining("is in format 2");
    folder.resolve(FilePipelineStore.FILE).toFile().delete();
    write(
        "{\"format\":1,\"run\":\"r\",\"from\":0,\"events\":[{\"type\":\"danced\","
            + "\"at\":\"2026-01-01T00:00:00Z\",\"stage\":\"a\"}]}");
    assertThatThrownBy(() -> FilePipelineStore.open(folder))
        .hasMessageContaining("an event 'danced' this library does not know");
  }

  private void write(String record) {
    try (var log =
        RecordLog.open(folder.resolve(FilePipelineStore.FILE), (position, bytes) -> {})) {
      log.append(record.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static PipelineEvent accepted(String run, String pipeline) {
    return new PipelineEvent.Accepted(
        AT, run, pipeline, Trigger.of("main", "4f2a9c1", "dev"), List.of("a"));
  }

  private static PipelineEvent finished() {
    return new PipelineEvent.Finished(AT, RunPhase.SUCCEEDED);
  }

  private static List<PipelineEvent> events(Gen gen) {
    var at = AT.plusNanos(gen.between(0L, 1L << 50));
    var text = gen.string(20);
    var trigger =
        Trigger.of("main", "4f2a9c1", "dev")
            .withChange(gen.pick(ChangeKind.values()))
            .withInputs(Map.of(gen.word(), text));
    var vote = new Vote("lead", gen.pick(Vote.Kind.APPROVE, Vote.Kind.REJECT), text, at);
    var events = new ArrayList<PipelineEvent>();
    events.add(new PipelineEvent.Accepted(at, "run", "chat", trigger, List.of("a", "b")));
    events.addAll(
        gen.shuffle(
            List.of(
                new PipelineEvent.Held(at, "a", text),
                new PipelineEvent.Waits(at, "a", text),
                new PipelineEvent.Voted(at, "a", vote),
                new PipelineEvent.Cleared(at, "a", text),
                new PipelineEvent.Started(at, "a", gen.between(1, 9), gen.nextBoolean()),
                new PipelineEvent.TryFailed(at, "a", text, at.plusSeconds(9)),
                new PipelineEvent.Stopping(at, "a", gen.pick(StopCause.values()), text),
                new PipelineEvent.Succeeded(at, "a", text, Map.of("out", text)),
                new PipelineEvent.Failed(at, "a", text),
                new PipelineEvent.Skipped(at, "a", gen.pick(SkipCause.values()), text),
                new PipelineEvent.Stopped(at, "a", text),
                new PipelineEvent.Cancelled(at, "ops", text),
                new PipelineEvent.Finished(at, gen.pick(RunPhase.values())))));
    return events;
  }
}
