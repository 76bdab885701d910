package io.bellwether.spring;

import io.bellwether.rollout.RolloutEvent;
import io.bellwether.rollout.RolloutState;
import io.bellwether.rollout.RolloutStore;
import io.bellwether.runtime.Rollout;
import io.bellwether.runtime.RolloutRuntime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Releases and rollouts as plain maps, which every version of Jackson writes alike. */
final class RolloutView {
  private final RolloutRuntime runtime;
  private final RolloutStore store;
  private final List<String> releases;

  RolloutView(RolloutRuntime runtime, RolloutStore store, List<String> releases) {
    this.runtime = runtime;
    this.store = store;
    this.releases = releases;
  }

  boolean knows(String release) {
    return releases.contains(release);
  }

  Map<String, Object> all() {
    var all = new LinkedHashMap<String, Object>();
    releases.forEach(release -> all.put(release, summary(release)));
    return Map.of("releases", all);
  }

  Map<String, Object> one(String release) {
    var view = summary(release);
    view.put("runs", store.runs(release).stream().map(this::run).toList());
    runtime
        .current(release)
        .filter(rollout -> !rollout.isQueued())
        .ifPresent(
            rollout ->
                view.put(
                    "journal", rollout.journal().stream().map(RolloutEvent::toString).toList()));
    return view;
  }

  private Map<String, Object> summary(String release) {
    var view = new LinkedHashMap<String, Object>();
    view.put("release", release);
    view.put("stable", runtime.stable(release).id());
    runtime.current(release).ifPresent(rollout -> view.put("rollout", rollout(rollout)));
    return view;
  }

  private static Map<String, Object> rollout(Rollout rollout) {
    return rollout.isQueued()
        ? Map.of("candidate", rollout.candidate().id(), "phase", "QUEUED")
        : state(rollout.state());
  }

  private Map<String, Object> run(String id) {
    return state(RolloutEvent.replay(store.journal(id)));
  }

  private static Map<String, Object> state(RolloutState state) {
    var view = new LinkedHashMap<String, Object>();
    view.put("id", state.id());
    view.put("candidate", state.candidate().id());
    view.put("phase", state.phase().name());
    view.put("step", state.step() + 1);
    view.put("weight", state.weight().percent());
    view.put("since", state.since().toString());
    view.put("explanation", state.explain());
    return view;
  }
}
