package io.bellwether.report;

import java.util.ArrayList;
import java.util.List;

/** Points in order, of which every second goes when they get too many; the last one stays. */
final class Thinned<T> {
  /** More than a screen has columns. */
  static final int MOST = 1_000;

  private final List<T> kept = new ArrayList<>();
  private int stride = 1;
  private int skipped;
  private boolean lastIsSpare;

  /** Adds the next point. */
  void add(T point) {
    if (lastIsSpare) {
      kept.remove(kept.size() - 1);
    }
    kept.add(point);
    skipped = (skipped + 1) % stride;
    lastIsSpare = skipped != 0;
    if (kept.size() > MOST) {
      thin();
    }
  }

  private void thin() {
    var last = kept.get(kept.size() - 1);
    var half = new ArrayList<T>();
    for (var i = 0; i < kept.size() - 1; i += 2) {
      half.add(kept.get(i));
    }
    half.add(last);
    kept.clear();
    kept.addAll(half);
    stride *= 2;
    skipped = 0;
    lastIsSpare = false;
  }

  List<T> list() {
    return List.copyOf(kept);
  }
}
