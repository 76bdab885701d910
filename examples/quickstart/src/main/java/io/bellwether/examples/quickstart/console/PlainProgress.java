package io.bellwether.examples.quickstart.console;

import io.bellwether.examples.quickstart.http.Threads;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Plain lines: what is said, at once, and every five seconds how the unfinished rollouts stand. */
final class PlainProgress implements Progress {
  private static final int SECONDS = 5;

  private final PrintStream out;
  private final Style style;
  private final Supplier<List<Row>> rows;
  private final ScheduledExecutorService timer = Threads.timer("console");

  private PlainProgress(PrintStream out, Style style, Supplier<List<Row>> rows) {
    this.out = out;
    this.style = style;
    this.rows = rows;
  }

  static PlainProgress start(PrintStream out, Style style, Supplier<List<Row>> rows) {
    var progress = new PlainProgress(out, style, rows);
    progress.timer.scheduleAtFixedRate(progress::draw, SECONDS, SECONDS, TimeUnit.SECONDS);
    return progress;
  }

  @Override
  public synchronized void say(String line) {
    out.println(line);
  }

  @Override
  public void close() {
    timer.shutdown();
  }

  private synchronized void draw() {
    var unfinished = rows.get().stream().filter(row -> !row.phase().isTerminal()).toList();
    if (!unfinished.isEmpty()) {
      out.println(Row.HEADER);
      unfinished.forEach(row -> out.println(row.text(style)));
    }
    out.flush();
  }
}
