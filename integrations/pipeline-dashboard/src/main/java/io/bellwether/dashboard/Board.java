package io.bellwether.dashboard;

import io.bellwether.report.RolloutReport;
import io.bellwether.rollout.Hold;
import io.bellwether.rollout.RolloutEvent;
import io.bellwether.rollout.RolloutState;
import io.bellwether.runtime.RolloutRecorder;
import io.bellwether.slo.BurnDown;
import io.bellwether.slo.Fraction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What there is to see, as JSON. */
final class Board {
  private static final int MOST_HISTORY = 50;
  private static final int MOST_POINTS = 200;
  private static final int LONGEST_KEY = 500;

  private final DashboardBuilder given;
  private final RolloutRecorder recorder;

  Board(DashboardBuilder given) {
    this.given = given;
    recorder = given.recorder.orElseThrow();
  }

  /** A line for each rollout that is known, by its id, the latest first. */
  Map<String, String> rows() {
    var rows = new LinkedHashMap<String, String>();
    recorder.states().forEach(state -> rows.put(state.id(), Json.text(row(state))));
    return rows;
  }

  private static Map<String, Object> row(RolloutState state) {
    var row = new LinkedHashMap<String, Object>();
    row.put("id", state.id());
    row.put("release", state.release());
    row.put("candidate", state.candidate());
    row.put("stable", state.stable());
    row.put("phase", state.phase());
    row.put("ended", state.isTerminal());
    row.put("step", state.step());
    row.put("weight", state.weight().percent());
    row.put("since", state.since());
    row.put("started", state.run().startedAt());
    row.put("explanation", state.explain());
    row.put("hold", state.hold().map(Hold::reason).map(Enum::name));
    return row;
  }

  RolloutReport report(String id) {
    return recorder
        .report(id)
        .orElseThrow(() -> new Refusal(404, "there is no rollout '" + id + "' here"));
  }

  String page(String id) {
    return given
        .pages
        .orElseThrow(() -> new Refusal(404, "this host keeps no pages of reports"))
        .apply(report(id));
  }

  /** What the store has and is no line any more. */
  Answer history() {
    var store = given.store.orElseThrow(() -> new Refusal(404, "this host keeps no history"));
    var rows = new ArrayList<Map<String, Object>>();
    var known = Set.copyOf(recorder.runs());
    var releases = new TreeSet<>(given.releases);
    recorder.states().forEach(state -> releases.add(state.release()));
    for (var release : releases) {
      for (var id : store.runs(release)) {
        var journal = known.contains(id) ? List.<RolloutEvent>of() : store.journal(id);
        if (!journal.isEmpty() && rows.size() < MOST_HISTORY) {
          rows.add(row(RolloutEvent.replay(journal)));
        }
      }
    }
    return Answer.json(200, rows);
  }

  Answer explain(String release, String key) {
    if (key.length() > LONGEST_KEY) {
      throw new Refusal(400, "the key is longer than " + LONGEST_KEY + " characters");
    }
    var routing = given.routing.orElseThrow(() -> new Refusal(404, "this host explains no keys"));
    try {
      var decision = routing.apply(release, key);
      return Answer.json(
          200, Map.of("version", decision.version(), "explanation", decision.explanation()));
    } catch (RuntimeException e) {
      throw new Refusal(404, "nobody routes '" + release + "' here");
    }
  }

  Answer budgets(String release) {
    var burnDowns = given.budgets.map(ask -> ask.apply(release)).orElse(List.of());
    return Answer.json(200, burnDowns.stream().map(Board::burnDown).toList());
  }

  private static Map<String, Object> burnDown(BurnDown burnDown) {
    var points = burnDown.points();
    var stride = Math.max(1, (points.size() + MOST_POINTS - 1) / MOST_POINTS);
    var shown = new ArrayList<Map<String, Object>>();
    for (var i = 0; i < points.size(); i += stride) {
      var point = points.get(i);
      var one = new LinkedHashMap<String, Object>();
      one.put("at", point.at());
      one.put("left", point.remaining().map(Fraction::value));
      one.put("ideal", point.ideal().value());
      shown.add(one);
    }
    return Map.of("slo", burnDown.slo().name(), "points", shown);
  }

  /** What this host can show besides. */
  Map<String, Object> features() {
    return Map.of(
        "history", given.store.isPresent(),
        "routing", given.routing.isPresent(),
        "budgets", given.budgets.isPresent(),
        "pages", given.pages.isPresent());
  }
}
