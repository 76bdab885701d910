package io.bellwether.alerting.notice;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * The port through which notifications leave: a channel, a pager, a mailbox.
 *
 * <p>Implementations are thread-safe. They return at once; the stage completes when the receiver
 * has answered, also with a failure. A stage that completes exceptionally counts as a failure to be
 * retried; one that does not complete within {@link Pace#timeout} as one without an answer.
 * Notifications of one group come one after the other, in order. The same one, by its {@link
 * Notification#idempotencyKey}, may come again after a restart or a lost answer.
 */
public interface Receiver {
  /** Tells it from others; shown to people, so never a secret. */
  String name();

  /** Takes a notification to its people. */
  CompletionStage<Delivery> deliver(Notification notification);

  /** Whether it is told that something is over. */
  default boolean sendResolved() {
    return true;
  }

  /** How fast it takes notifications. */
  default Pace pace() {
    return Pace.DEFAULT;
  }

  /** Everything that is wrong with its settings; a router is not built with any. */
  default List<String> problems() {
    return List.of();
  }
}
