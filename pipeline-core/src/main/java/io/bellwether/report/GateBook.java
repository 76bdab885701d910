package io.bellwether.report;

import io.bellwether.gate.Condition;
import io.bellwether.gate.ConditionResult;
import io.bellwether.gate.GateOutcome;
import io.bellwether.gate.Verdict;
import io.bellwether.metrics.Reading;
import io.bellwether.rollout.RolloutEvent;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What every condition of every gate said. Not thread-safe. */
final class GateBook {
  private record Key(String gate, Condition condition) {}

  private static final class Entry {
    private final Thinned<GateLine.Point> points = new Thinned<>();
    private final Verdict first;
    private ConditionResult last;
    private int breached;

    private Entry(Verdict first, ConditionResult last) {
      this.first = first;
      this.last = last;
    }
  }

  private final Map<Key, Entry> entries = new LinkedHashMap<>();

  void take(RolloutEvent.Checked check) {
    for (var verdict : check.verdicts()) {
      for (var result : verdict.results()) {
        take(check.at(), verdict, result);
      }
    }
  }

  private void take(Instant at, Verdict verdict, ConditionResult result) {
    var entry =
        entries.computeIfAbsent(
            new Key(verdict.gate(), result.condition()), key -> new Entry(verdict, result));
    entry.last = result;
    entry.breached += result.outcome() == GateOutcome.FAIL ? 1 : 0;
    var reading = result.candidate();
    if (reading.status() == Reading.Status.VALUE && Double.isFinite(reading.value())) {
      entry.points.add(new GateLine.Point(at, reading.value()));
    }
  }

  List<GateLine> lines() {
    return entries.values().stream().map(GateBook::line).toList();
  }

  private static GateLine line(Entry entry) {
    var last = entry.last;
    var metric = last.condition().metric();
    return new GateLine(
        entry.first.gate(),
        entry.first.dryRun(),
        last.condition(),
        last.outcome(),
        metric.format(last.candidate().value()),
        last.stable().map(reading -> metric.format(reading.value())).orElse(""),
        last.window(),
        last.candidate().samples(),
        last.detail(),
        entry.breached,
        entry.points.list());
  }
}
