package io.bellwether.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The rules of a port, tried one after the other: all that are broken are told at once. */
final class Contract {
  /** What has to hold; throws if it does not. */
  @FunctionalInterface
  interface Check {
    void run() throws Exception;
  }

  private static final long DEADLINE_SECONDS = 30;

  private final String port;
  private final List<Throwable> broken = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private int checks;

  Contract(String port) {
    this.port = port;
  }

  Contract check(String rule, Check check) {
    checks++;
    try {
      check.run();
    } catch (Throwable failure) { // whatever it is, the rule is broken
      broken.add(failure);
      text.append("\n  - ").append(rule).append(": ").append(words(failure));
    }
    return this;
  }

  /** Throws one error that tells every broken rule. */
  void throwIfBroken(Object subject) {
    if (!broken.isEmpty()) {
      var error =
          new AssertionError(
              name(subject)
                  + " breaks "
                  + broken.size()
                  + " of "
                  + checks
                  + " rules of "
                  + port
                  + text);
      broken.forEach(error::addSuppressed);
      throw error;
    }
  }

  static void expect(@Nullable Object actual, @Nullable Object expected, String what) {
    expect(Objects.equals(actual, expected), what + ": expected " + expected + ", was " + actual);
  }

  static void expect(boolean holds, String message) {
    if (!holds) {
      throw new AssertionError(message);
    }
  }

  /**
   * Runs these at once, each on a thread of its own that ends with it, and throws what the first of
   * them threw.
   */
  static void together(List<Check> works) throws Exception {
    var tasks = new ArrayList<FutureTask<Boolean>>();
    for (var work : works) {
      var task =
          new FutureTask<>(
              () -> {
                work.run();
                return true;
              });
      tasks.add(task);
      var thread = new Thread(task, "contract-" + tasks.size());
      thread.setDaemon(true);
      thread.start();
    }
    for (var task : tasks) {
      await(task);
    }
  }

  private static void await(FutureTask<Boolean> task) throws Exception {
    try {
      task.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("not done after " + DEADLINE_SECONDS + " s", e);
    } catch (ExecutionException e) {
      throw new AssertionError(words(e.getCause()), e.getCause());
    }
  }

  private static String name(Object subject) {
    var name = subject.getClass().getName();
    return name.substring(name.lastIndexOf('.') + 1);
  }

  private static String words(@Nullable Throwable failure) {
    if (failure instanceof AssertionError && failure.getMessage() != null) {
      return failure.getMessage();
    }
    return "it threw " + failure;
  }
}
