package io.bellwether.runtime;

import io.bellwether.alert.Alert;
import io.bellwether.release.Version;
import io.bellwether.report.RolloutReport;
import io.bellwether.report.RolloutReportBuilder;
import io.bellwether.report.VersionFigures;
import io.bellwether.report.VersionSample;
import io.bellwether.rollout.RolloutEvent;
import io.bellwether.rollout.RolloutState;
import io.bellwether.rollout.RunInfo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A rollout that was heard of. Thread-safe; no lock is held while the store is asked. */
final class RecordedRun {
  private static final int TRIES = 3;
  private static final int MOST_AHEAD = 100;
  private static final int MOST_REQUESTS = 50;

  private final RolloutRecorderBuilder settings;
  private final RunInfo info;
  private final RolloutReportBuilder report;

  /** What the journal told before it was heard. */
  private final List<RolloutEvent> ahead = new ArrayList<>();

  /** Whether the beginning was not heard, and the journal has not told it yet. */
  private boolean late;

  private final List<RolloutEvent.Requested> requests = new ArrayList<>();
  private Optional<RolloutState> state = Optional.empty();
  private long heard;
  private boolean over;

  RecordedRun(RolloutRecorderBuilder settings, RunInfo info, boolean late) {
    this.settings = settings;
    this.info = info;
    this.late = late;
    report = settings.report(info);
    settings.budgetsOf(info.release()).ifPresent(report::budgets);
  }

  RunInfo info() {
    return info;
  }

  synchronized boolean isOver() {
    return over;
  }

  synchronized void event(RolloutEvent event, RolloutState state) {
    heard++;
    if (!late && !ahead.remove(event)) {
      report.event(event);
    }
    if (event instanceof RolloutEvent.Requested asked) {
      requests.add(asked);
      if (requests.size() > MOST_REQUESTS) {
        requests.remove(0);
      }
    }
    this.state = Optional.of(state);
    over = state.isTerminal();
    if (over) {
      settings.budgetsOf(info.release()).ifPresent(report::budgets);
    }
  }

  synchronized Optional<RolloutState> state() {
    return state;
  }

  synchronized List<RolloutEvent.Requested> requests() {
    return List.copyOf(requests);
  }

  synchronized void told(Alert alert, boolean delivered) {
    report.alert(alert, delivered);
  }

  /** Looks at both versions, as long as there is something to compare. */
  void sample(Instant now) {
    if (isOver() || settings.windows.isEmpty()) {
      return;
    }
    var sample = new VersionSample(now, figures(info.stable()), figures(info.candidate()));
    if (sample.stable().isPresent() || sample.candidate().isPresent()) {
      synchronized (this) {
        report.sample(sample);
      }
    }
  }

  private Optional<VersionFigures> figures(Version version) {
    return settings
        .windows
        .flatMap(windows -> windows.find(info.release(), version))
        .map(window -> VersionFigures.of(window, settings.window))
        .filter(figures -> figures.errors().of() > 0);
  }

  Optional<RolloutReport> report() {
    for (var left = TRIES; left > 0 && !caughtUp(); left--) {
      catchUp();
    }
    synchronized (this) {
      return late ? Optional.empty() : Optional.of(report.build());
    }
  }

  private synchronized boolean caughtUp() {
    return !late;
  }

  /** Reads the beginning from the journal, unless something is heard meanwhile. */
  private void catchUp() {
    var before = heard();
    var journal = settings.store.map(store -> store.journal(info.id())).orElse(List.of());
    synchronized (this) {
      if (late && heard == before && !journal.isEmpty()) {
        report.events(journal);
        ahead.addAll(journal.subList(Math.max(0, journal.size() - MOST_AHEAD), journal.size()));
        late = false;
      }
    }
  }

  private synchronized long heard() {
    return heard;
  }
}
