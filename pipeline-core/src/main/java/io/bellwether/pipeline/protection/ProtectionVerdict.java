package io.bellwether.pipeline.protection;

import io.bellwether.pipeline.Vote;
import io.bellwether.rollout.Clearance;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What all rules of an environment said at one moment.
 *
 * @param findings one per rule, in the environment's order
 * @param override the administrator's word that stands above them
 */
public record ProtectionVerdict(List<RuleFinding> findings, Optional<Vote> override) {
  /** Copies the findings. */
  public ProtectionVerdict {
    findings = List.copyOf(findings);
  }

  /** The strictest of the findings with the reasons of all as strict, or the override. */
  public Clearance clearance() {
    if (override.isPresent()) {
      return new Clearance(
          Clearance.Decision.GO,
          "overridden by "
              + override.get().actor()
              + ": "
              + override.get().reason()
              + " ("
              + sentence(findings)
              + ")");
    }
    var decision =
        findings.stream()
            .map(finding -> finding.clearance().decision())
            .max(Enum::compareTo)
            .orElse(Clearance.Decision.GO);
    var decisive =
        findings.stream().filter(finding -> finding.clearance().decision() == decision).toList();
    return new Clearance(decision, sentence(decisive));
  }

  private static String sentence(List<RuleFinding> findings) {
    return findings.isEmpty()
        ? "no rules"
        : findings.stream()
            .map(finding -> finding.rule() + ": " + finding.clearance().reason())
            .collect(Collectors.joining("; "));
  }

  /** For example {@code WAIT, reviewers: 1 of 1 approvals missing}. */
  @Override
  public String toString() {
    return clearance().decision() + ", " + clearance().reason();
  }
}
