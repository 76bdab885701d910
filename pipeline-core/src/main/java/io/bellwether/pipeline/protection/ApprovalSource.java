package io.bellwether.pipeline.protection;

import io.bellwether.pipeline.Vote;
import java.util.List;

/**
 * The port through which people say whether a stage may go on. May block and may throw; asked again
 * while a stage waits.
 *
 * <p>Implementations are thread-safe and answer with every vote they know, in the order they were
 * given. A vote that was seen once is remembered with the run, so a source may forget. {@code
 * ApprovalSourceTck} in the test kit holds them to this.
 */
public interface ApprovalSource {
  /** What people have said about this request so far. */
  List<Vote> votes(ProtectionRequest request);

  /** Tells people that they are waited for. Called once per request and process. */
  default void ask(ProtectionRequest request) {}

  /** Nobody ever says anything. */
  static ApprovalSource none() {
    return request -> List.of();
  }
}
