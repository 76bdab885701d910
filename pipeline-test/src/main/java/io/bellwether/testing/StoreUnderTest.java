package io.bellwether.testing;

import io.bellwether.rollout.Phase;
import io.bellwether.rollout.RolloutEvent;
import io.bellwether.rollout.RolloutStore;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** A store that can be closed and opened again, with short words for what rules do to it. */
final class StoreUnderTest implements AutoCloseable {
  private final Supplier<? extends RolloutStore> reopened;
  private RolloutStore port;

  private StoreUnderTest(RolloutStore port, Supplier<? extends RolloutStore> reopened) {
    this.port = port;
    this.reopened = reopened;
  }

  /** A store that would be empty if it were opened again, so that it never is. */
  static StoreUnderTest forgetful(RolloutStore port) {
    return new StoreUnderTest(port, () -> port);
  }

  static <S extends RolloutStore> StoreUnderTest durable(S port, UnaryOperator<S> reopened) {
    var latest = new AtomicReference<>(port);
    return new StoreUnderTest(port, () -> latest.updateAndGet(reopened));
  }

  RolloutStore port() {
    return port;
  }

  /** As another process would find it. */
  void reopen() {
    port = reopened.get();
  }

  void append(String run, long length, RolloutEvent... events) {
    port.append(run, length, List.of(events));
  }

  /** A run from its begin to its end, of which people were told. */
  void live(String run, String release, String candidate, Phase end) {
    append(run, 0, Journals.accepted(run, release, candidate));
    append(run, 1, Journals.entered(Phase.BAKING), Journals.entered(end));
    append(run, 3, Journals.announced(run));
  }

  @Override
  public void close() {
    if (port instanceof AutoCloseable closeable) {
      try {
        closeable.close();
      } catch (Exception e) {
        throw new AssertionError("a store did not close: " + e, e);
      }
    }
  }
}
