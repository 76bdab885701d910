package io.bellwether.alert;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The port that remembers alerts over restarts: small records by key.
 *
 * <p>Implementations are thread-safe; one process at a time uses a store's records. What {@link
 * #write} was given is remembered when it returns, all of it or nothing.
 */
public interface AlertStore extends AutoCloseable {
  /**
   * A record that is new, changed, or gone.
   *
   * @param key at most 16,384 characters, any of them
   * @param record what is remembered under it, at most 1 MiB; empty to forget it
   */
  record Change(String key, Optional<byte[]> record) {}

  /** Everything that is remembered, by key. */
  Map<String, byte[]> load();

  /**
   * Remembers these changes, in order.
   *
   * @throws io.bellwether.BellwetherException if it could not; then nothing has changed
   */
  void write(List<Change> changes);

  /** Gives up what it holds; harmless when repeated. */
  @Override
  default void close() {}
}
