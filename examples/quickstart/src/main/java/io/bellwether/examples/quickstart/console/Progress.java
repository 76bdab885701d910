package io.bellwether.examples.quickstart.console;

import java.io.PrintStream;
import java.util.List;
import java.util.function.Supplier;

/** Shows rollouts while they run. Thread-safe. */
public interface Progress extends AutoCloseable {
  /** Tells what has just happened, in one line. */
  void say(String line);

  /** Shows the last state and then nothing more. */
  @Override
  void close();

  /**
   * Begins to show these rows in the way that suits the output.
   *
   * @param out where to
   * @param style what it can do
   * @param rows asked for whenever something is to be drawn, on a thread of its own
   */
  static Progress start(PrintStream out, Style style, Supplier<List<Row>> rows) {
    return style.live()
        ? LiveProgress.start(out, style, rows)
        : PlainProgress.start(out, style, rows);
  }
}
