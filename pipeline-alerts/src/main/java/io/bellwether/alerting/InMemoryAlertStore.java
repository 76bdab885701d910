package io.bellwether.alerting;

import io.bellwether.alert.AlertStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Remembers alerts as long as the process lives. Thread-safe. */
public final class InMemoryAlertStore implements AlertStore {
  private final Map<String, byte[]> records = new LinkedHashMap<>();

  /** An empty store. */
  public InMemoryAlertStore() {}

  @Override
  public synchronized Map<String, byte[]> load() {
    return new LinkedHashMap<>(records);
  }

  @Override
  public synchronized void write(List<Change> changes) {
    for (var change : changes) {
      change
          .record()
          .ifPresentOrElse(
              record -> records.put(change.key(), record.clone()),
              () -> records.remove(change.key()));
    }
  }
}
