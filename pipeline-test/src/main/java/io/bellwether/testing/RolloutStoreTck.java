package io.bellwether.testing;

import io.bellwether.rollout.RolloutStore;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The rules every {@link RolloutStore} keeps: what was appended is read back whole and in order, a
 * writer with an outdated journal is refused, of writers at once one wins, and the lists of runs
 * and stable versions say what the journals say. A durable one keeps all of it when it is opened
 * again.
 *
 * <pre>{@code
 * RolloutStoreTck.verify(InMemoryRolloutStore::new);
 * RolloutStoreTck.verifyDurable(() -> FileRolloutStore.open(newDirectory()), store -> {
 *   store.close();
 *   return FileRolloutStore.open(itsDirectory());
 * });
 * }</pre>
 *
 * <p>A store that is {@link AutoCloseable} is closed after each rule. Nothing here belongs to a
 * test framework.
 */
public final class RolloutStoreTck {
  private RolloutStoreTck() {}

  /**
   * Verifies a store that forgets with its process, and says so.
   *
   * @param fresh makes an empty store, independent of those made before
   * @throws AssertionError that tells every broken rule
   */
  public static void verify(Supplier<? extends RolloutStore> fresh) {
    new RolloutStoreRules(() -> StoreUnderTest.forgetful(fresh.get()), false).verify();
  }

  /**
   * Verifies a store that outlives its process.
   *
   * @param fresh makes an empty store, independent of those made before
   * @param reopened what another process would find: the same content, after this store was closed
   * @throws AssertionError that tells every broken rule
   */
  public static <S extends RolloutStore> void verifyDurable(
      Supplier<S> fresh, UnaryOperator<S> reopened) {
    new RolloutStoreRules(() -> StoreUnderTest.durable(fresh.get(), reopened), true).verify();
  }
}
