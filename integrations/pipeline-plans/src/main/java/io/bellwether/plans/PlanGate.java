package io.bellwether.plans;

import io.bellwether.config.Default;
import io.bellwether.gate.Gates;
import io.bellwether.gate.MetricGate;
import io.bellwether.gate.NoDataPolicy;
import java.util.List;
import java.util.Optional;

/**
 * A gate as it stands in a file: one the library knows, by its {@code preset}, or one of its own
 * with a {@code name} and what it requires. Immutable.
 *
 * @param preset a gate with the library's own limits
 * @param name for people
 * @param require conditions in words, such as {@code error_rate at most 5%}: see {@link
 *     ConditionText}
 * @param minSamples requests a condition needs to say anything; 100 where it is missing
 * @param onNoData what no data means; hold where it is missing
 * @param errorsTolerated errors of the source in a row that are put up with
 * @param dryRun whether it reports without deciding
 */
public record PlanGate(
    Optional<Preset> preset,
    Optional<String> name,
    List<String> require,
    Optional<Long> minSamples,
    Optional<NoDataPolicy> onNoData,
    @Default("0") int errorsTolerated,
    @Default("false") boolean dryRun) {
  /** The gates a plan can name. */
  public enum Preset {
    /** {@link Gates#canaryDefaults()}. */
    CANARY,
    /** {@link Gates#blueGreenDefaults()}. */
    BLUE_GREEN,
    /** {@link Gates#telemetryArrives()}. */
    TELEMETRY,
    /** {@link Gates#emptyAnswers()}. */
    EMPTY_ANSWERS,
    /** {@link Gates#qualityKept()}. */
    QUALITY;

    MetricGate gate() {
      return switch (this) {
        case CANARY -> Gates.canaryDefaults();
        case BLUE_GREEN -> Gates.blueGreenDefaults();
        case TELEMETRY -> Gates.telemetryArrives();
        case EMPTY_ANSWERS -> Gates.emptyAnswers();
        case QUALITY -> Gates.qualityKept();
      };
    }
  }

  /** Refuses what is no gate. */
  public PlanGate {
    require = List.copyOf(require);
    if (preset.isPresent() == name.isPresent()) {
      throw new IllegalArgumentException("expected either a preset, or a name with require");
    }
    if (preset.isPresent() && !require.isEmpty()) {
      throw new IllegalArgumentException(
          "a preset has its own conditions; give a gate with other ones a name instead");
    }
    gate(preset, name, require, minSamples, onNoData, errorsTolerated, dryRun);
  }

  MetricGate gate() {
    return gate(preset, name, require, minSamples, onNoData, errorsTolerated, dryRun);
  }

  private static MetricGate gate(
      Optional<Preset> preset,
      Optional<String> name,
      List<String> require,
      Optional<Long> minSamples,
      Optional<NoDataPolicy> onNoData,
      int errorsTolerated,
      boolean dryRun) {
    var gate =
        preset.map(Preset::gate).map(MetricGate::toBuilder).orElseGet(() -> named(name, require));
    minSamples.ifPresent(gate::minSamples);
    onNoData.ifPresent(gate::onNoData);
    gate.errorsTolerated(errorsTolerated);
    return dryRun ? gate.dryRun().build() : gate.build();
  }

  private static MetricGate.Builder named(Optional<String> name, List<String> require) {
    var gate = MetricGate.builder(name.orElseThrow());
    require.stream().map(ConditionText::parse).forEach(gate::require);
    return gate;
  }
}
