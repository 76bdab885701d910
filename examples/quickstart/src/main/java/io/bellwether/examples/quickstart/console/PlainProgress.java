package io.bellwether.examples.quickstart.console;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** Plain lines: what is said, at once, and every five seconds how the unfinished rollouts stand. */
final class PlainProgress implements Progress {
  private final PrintStream out;
  private final Style style;
  private final Supplier<List<Row>> rows;
  private final Redraw redraw = new Redraw(Duration.ofSeconds(5), this::draw);

  private PlainProgress(PrintStream out, Style style, Supplier<List<Row>> rows) {
    this.out = out;
    this.style = style;
    this.rows = rows;
  }

  static PlainProgress start(PrintStream out, Style style, Supplier<List<Row>> rows) {
    var progress = new PlainProgress(out, style, rows);
    progress.redraw.start();
    return progress;
  }

  @Override
  public synchronized void say(String line) {
    out.println(line);
  }

  @Override
  public void close() {
    redraw.close();
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
