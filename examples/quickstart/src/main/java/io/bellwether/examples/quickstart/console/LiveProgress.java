package io.bellwether.examples.quickstart.console;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * A line per rollout, redrawn in place five times a second; what is said scrolls by above.
 *
 * <p>A frame is written at once, and each line is overwritten before its rest is cleared, so that
 * nothing flickers. Rollouts' lines are not wrapped: a wrapped line would be two, and the next
 * frame would begin in the wrong place.
 */
final class LiveProgress implements Progress {
  private static final String UP = "\u001b[%dA";
  private static final String LINE_END = "\u001b[K\n";
  private static final String NO_WRAP = "\u001b[?7l";
  private static final String WRAP = "\u001b[?7h";

  private final PrintStream out;
  private final Style style;
  private final Supplier<List<Row>> rows;
  private final Redraw redraw = new Redraw(Duration.ofMillis(200), this::draw);
  private final List<String> said = new ArrayList<>();
  private int drawn;

  private LiveProgress(PrintStream out, Style style, Supplier<List<Row>> rows) {
    this.out = out;
    this.style = style;
    this.rows = rows;
  }

  static LiveProgress start(PrintStream out, Style style, Supplier<List<Row>> rows) {
    var progress = new LiveProgress(out, style, rows);
    progress.redraw.start();
    return progress;
  }

  @Override
  public synchronized void say(String line) {
    said.add(line);
  }

  @Override
  public void close() {
    redraw.close();
    draw();
  }

  private synchronized void draw() {
    var frame = new StringBuilder();
    if (drawn > 0) {
      frame.append(UP.formatted(drawn));
    }
    said.forEach(line -> frame.append(line).append(LINE_END));
    said.clear();
    frame.append(NO_WRAP);
    var lines = new ArrayList<String>();
    lines.add(Row.HEADER);
    rows.get().forEach(row -> lines.add(row.text(style)));
    lines.forEach(line -> frame.append(line).append(LINE_END));
    drawn = lines.size();
    out.print(frame.append(WRAP));
    out.flush();
  }
}
