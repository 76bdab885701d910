package io.bellwether.alert;

/**
 * The port through which people are told.
 *
 * <p>Implementations may block and may throw: the engine calls them off its own threads and never
 * lets a failure hold up a rollout. The same alert, by its key, may come again after a restart.
 */
@FunctionalInterface
public interface Notifier {
  /** Takes an alert to whom it concerns. */
  void notify(Alert alert);

  /** Tells nobody. */
  static Notifier none() {
    return alert -> {};
  }
}
