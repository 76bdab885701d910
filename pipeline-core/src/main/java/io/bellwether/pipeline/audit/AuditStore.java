package io.bellwether.pipeline.audit;

import java.util.List;
import java.util.Optional;

/**
 * The port that keeps an audit log: its entries as lines, and beside them how far it has come. What
 * is in the lines is the {@link AuditLog}'s, which verifies them.
 *
 * <p>Implementations are thread-safe. They may block and may throw a {@link
 * io.bellwether.BellwetherException}.
 */
public interface AuditStore extends AutoCloseable {
  /** The lines behind the first so many, oldest first. */
  List<String> read(long after);

  /** How far the log has come, as was said with the last line; empty if nobody said. */
  Optional<AuditHead> head();

  /**
   * Appends a line, if the log has come no further than the caller believes; safe when this
   * returns.
   *
   * @param before how far the log has come according to the caller
   * @param line without a line break
   * @param after how far it has come with the line
   * @return whether it was appended; false if somebody else has appended since
   */
  boolean append(AuditHead before, String line, AuditHead after);

  /** Whether other processes append to the same log. */
  boolean isShared();

  /** Gives up what it holds; harmless when repeated. */
  @Override
  void close();
}
