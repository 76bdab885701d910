package io.bellwether.slo;

import io.bellwether.Ratio;
import io.bellwether.release.ChangeKind;
import io.bellwether.slo.Scale.Level;
import io.bellwether.slo.Scorecard.Outcome;
import io.bellwether.vectors.VectorObject;
import java.util.List;

/** Bands, scores and who may deploy. */
final class PolicyVectors extends SloVectorFamily {
  PolicyVectors(VectorObject in) {
    super(in);
  }

  @Override
  boolean answers(String kind) {
    switch (kind) {
      case "weighted_gate_score" -> weightedGateScore();
      case "harness_band" -> harnessBand();
      case "policy_decision" -> policyDecision();
      default -> {
        return false;
      }
    }
    return true;
  }

  private void harnessBand() {
    var bands =
        Scale.of(
            List.of(
                Level.above("healthy", Ratio.percent(75)),
                Level.from("observe", Ratio.percent(50)),
                Level.from("need_attention", Ratio.percent(25)),
                Level.above("unhealthy", Ratio.ZERO)),
            "exhausted");
    out.put("band", bands.levelOf(Fraction.of(percent("remaining_percent"))));
  }

  private void weightedGateScore() {
    var card =
        Scorecard.of(Ratio.of(percent("pass_percent")), Ratio.of(percent("warning_percent")));
    var weights = in.numbers("weights");
    var results = in.texts("results");
    for (var i = 0; i < results.size(); i++) {
      card = card.with(outcome(results.get(i)), (long) weights[i]);
    }
    out.put("score", card.score().times(100));
    out.put("outcome", text(card.outcome()));
  }

  private static Outcome outcome(String text) {
    return switch (text) {
      case "pass" -> Outcome.PASS;
      case "warning", "warn" -> Outcome.WARN;
      case "fail", "missing" -> Outcome.FAIL;
      default -> throw new AssertionError("unknown result of an objective: " + text);
    };
  }

  private static String text(Outcome outcome) {
    return switch (outcome) {
      case PASS -> "pass";
      case WARN -> "warning";
      case FAIL -> "fail";
    };
  }

  private void policyDecision() {
    var kind = kind(in.text("change"), in.flag("critical_feature", false));
    var change = Change.of("chat", kind);
    if (in.flag("enhanced_review", false)) {
      change = change.reviewed("a reviewer");
    }
    if (in.flag("vp_approved", false)) {
      change = change.approvedByVp("the VP");
    }
    var deploys = (int) in.optionalNumber("deploys_in_last_7_days").orElse(0);
    var decision =
        ErrorBudgetPolicy.standard()
            .decide(BudgetStatus.valueOf(in.text("status")), change, deploys);
    out.put("allowed", decision.allowed());
  }

  private static ChangeKind kind(String change, boolean critical) {
    return switch (change) {
      case "critical_feature" -> ChangeKind.CRITICAL_FEATURE;
      case "feature" -> critical ? ChangeKind.CRITICAL_FEATURE : ChangeKind.FEATURE;
      case "experiment" -> ChangeKind.EXPERIMENT;
      case "fix" -> ChangeKind.FIX;
      case "critical_fix" -> ChangeKind.CRITICAL_FIX;
      case "rollback" -> ChangeKind.ROLLBACK;
      default -> throw new AssertionError("unknown kind of change: " + change);
    };
  }
}
