package io.bellwether.openfeature;

import dev.openfeature.sdk.ImmutableMetadata;
import dev.openfeature.sdk.ProviderEvaluation;
import dev.openfeature.sdk.Reason;
import io.bellwether.release.Version;
import io.bellwether.routing.TrafficSplit;
import io.bellwether.routing.local.RoutingDecision;

/**
 * What a user gets.
 *
 * @param split how traffic was divided just before the decision
 * @param decision the router's
 */
record Answer(TrafficSplit split, RoutingDecision decision) {
  boolean candidate() {
    return !version().equals(split.stable());
  }

  Version version() {
    return decision.version();
  }

  <T> ProviderEvaluation<T> evaluation(T value) {
    var evaluation = new ProviderEvaluation<T>();
    evaluation.setValue(value);
    evaluation.setVariant(candidate() ? "candidate" : "stable");
    evaluation.setReason(reason().name());
    evaluation.setFlagMetadata(metadata());
    return evaluation;
  }

  private Reason reason() {
    if (!split.hasCandidate()) {
      return Reason.STATIC; // the router asks for the key first
    }
    return switch (decision.rule()) {
      case NO_CANDIDATE -> Reason.STATIC;
      case NO_KEY -> Reason.DEFAULT;
      case AUDIENCE -> Reason.TARGETING_MATCH;
      case WEIGHT -> Reason.SPLIT;
    };
  }

  private ImmutableMetadata metadata() {
    var metadata =
        ImmutableMetadata.builder()
            .addString("release", decision.release())
            .addString("version", decision.version().id())
            .addString("rule", decision.rule().name())
            .addString("explanation", decision.explanation());
    return Double.isNaN(decision.position())
        ? metadata.build()
        : metadata.addDouble("position", decision.position()).build();
  }
}
