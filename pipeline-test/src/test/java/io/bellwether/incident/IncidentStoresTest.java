package io.bellwether.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.alert.Alert;
import io.bellwether.alert.Severity;
import io.bellwether.incident.IncidentEvent.Happened;
import io.bellwether.incident.IncidentEvent.Opened;
import io.bellwether.store.RecordLog;
import io.bellwether.testing.IncidentStoreTck;
import io.bellwether.testing.MutableClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IncidentStoresTest {
  private static final Instant AT = MutableClock.START;

  @TempDir private Path folder;

  @Test
  void both_stores_keep_the_rules_of_a_store() {
    IncidentStoreTck.verify(InMemoryIncidentStore::create);
    var places = new IdentityHashMap<FileIncidentStore, Path>();
    Function<Path, FileIncidentStore> open =
        place -> {
          var store = FileIncidentStore.open(place);
          places.put(store, place);
          return store;
        };
    try {
      IncidentStoreTck.verifyDurable(
          () -> open.apply(folder.resolve("store" + places.size())),
          store -> {
            store.close();
            return open.apply(places.get(store));
          });
    } finally {
      places.keySet().forEach(FileIncidentStore::close);
    }
  }

  @Test
  void old_incidents_that_are_over_are_forgotten_and_open_ones_never() {
    for (var again = 0; again < 2; again++) {
      try (var store = FileIncidentStore.open(folder.resolve("kept"), 2)) {
        if (again == 0) {
          for (var id : List.of("a", "b", "c", "d", "e")) {
            store.append(id, List.of(opened(id)));
          }
          for (var id : List.of("b", "c", "d", "e")) {
            store.append(id, List.of(recovered()));
          }
        }
        assertThat(store.journals()).containsOnlyKeys("a", "d", "e");
      }
    }
  }

  @Test
  void a_later_format_and_an_unknown_event_are_refused() {
    write("later", "{\"format\":2,\"incident\":\"a\",\"from\":0,\"events\":[]}");
    assertThatThrownBy(() -> FileIncidentStore.open(folder.resolve("later")))
        .hasMessageContaining("an incident's journal is in format 2");
    write(
        "unknown",
        "{\"format\":1,\"incident\":\"a\",\"from\":0,\"events\":[{\"type\":\"danced\"}]}");
    assertThatThrownBy(() -> FileIncidentStore.open(folder.resolve("unknown")))
        .hasMessageContaining("an event 'danced' this library does not know");
  }

  private void write(String place, String record) {
    var file = folder.resolve(place).resolve(FileIncidentStore.FILE);
    try (var log = RecordLog.open(file, (position, bytes) -> {})) {
      log.append(record.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static IncidentEvent opened(String id) {
    var alert = Alert.of("down", Severity.CRITICAL, AT, a -> a);
    return new Opened(id, alert, Runbook.standard(), AT, AT);
  }

  private static IncidentEvent recovered() {
    return new Happened(
        new TimelineEntry(AT, IncidentPhase.RECOVERY, "ops", "over", TimelineEntry.Kind.RECOVERED));
  }
}
