package io.bellwether.testing;

import io.bellwether.alert.AlertStore;
import io.bellwether.alert.AlertStore.Change;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The rules every {@link AlertStore} keeps: what was written is loaded, the latest under a key, and
 * nothing that was forgotten; any key and any bytes. A durable one keeps all of it when it is
 * opened again.
 *
 * <pre>{@code
 * AlertStoreTck.verify(InMemoryAlertStore::new);
 * AlertStoreTck.verifyDurable(() -> FileAlertStore.open(newFile()), store -> {
 *   store.close();
 *   return FileAlertStore.open(itsFile());
 * });
 * }</pre>
 *
 * <p>Nothing here belongs to a test framework.
 */
public final class AlertStoreTck {
  private AlertStoreTck() {}

  /**
   * Verifies a store that forgets with its process.
   *
   * @param fresh makes an empty store
   * @throws AssertionError that tells the broken rule
   */
  public static void verify(Supplier<? extends AlertStore> fresh) {
    rules(fresh::get, store -> store);
  }

  /**
   * Verifies a store that outlives its process.
   *
   * @param fresh makes an empty store
   * @param reopened what another process would find, after this store was closed
   * @throws AssertionError that tells the broken rule
   */
  public static <S extends AlertStore> void verifyDurable(
      Supplier<S> fresh, UnaryOperator<S> reopened) {
    rules(fresh, store -> store);
    rules(fresh, reopened);
  }

  private static <S extends AlertStore> void rules(Supplier<S> fresh, UnaryOperator<S> later) {
    Cases.forAll(
        "an alert store remembers what was written", 30, gen -> remembers(gen, fresh, later));
  }

  private static <S extends AlertStore> void remembers(
      Gen gen, Supplier<S> fresh, UnaryOperator<S> later) {
    var expected = new TreeMap<String, String>();
    var store = fresh.get();
    try {
      expect(expected, store.load());
      var keys = gen.list(1, 8, () -> gen.string(40) + gen.word());
      for (var writes = gen.between(0, 12); writes > 0; writes--) {
        store.write(changes(gen, keys, expected));
        expect(expected, store.load());
        if (gen.chance(0.3)) {
          store = later.apply(store);
          expect(expected, store.load());
        }
      }
    } finally {
      store.close();
    }
  }

  private static List<Change> changes(Gen gen, List<String> keys, Map<String, String> expected) {
    var changes = new ArrayList<Change>();
    for (var count = gen.between(0, 5); count > 0; count--) {
      var key = gen.pick(keys);
      if (gen.chance(0.3)) {
        expected.remove(key);
        changes.add(new Change(key, Optional.empty()));
      } else {
        var text = gen.string(200);
        expected.put(key, text);
        changes.add(new Change(key, Optional.of(text.getBytes(StandardCharsets.UTF_8))));
      }
    }
    return changes;
  }

  private static void expect(Map<String, String> expected, Map<String, byte[]> loaded) {
    var texts = new TreeMap<String, String>();
    loaded.forEach((key, bytes) -> texts.put(key, new String(bytes, StandardCharsets.UTF_8)));
    if (!texts.equals(expected)) {
      throw new AssertionError("the store remembers " + texts + ", expected " + expected);
    }
  }
}
