package io.bellwether.pipeline.protection;

import static java.util.Objects.requireNonNull;

import io.bellwether.InvalidConfigurationException;
import io.bellwether.Problems;
import io.bellwether.pipeline.BranchPattern;
import io.bellwether.pipeline.Vote;
import io.bellwether.rollout.Clearance;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** A place things are deployed to, and the rules for it. Thread-safe. */
public final class Environment {
  private final String name;
  private final List<ProtectionRule> rules;
  private final Set<String> administrators;

  private Environment(Builder builder) {
    name = builder.name;
    rules = builder.rules();
    administrators = Set.copyOf(builder.administrators);
  }

  /**
   * An environment built in one expression; without rules everything is let go.
   *
   * @throws io.bellwether.InvalidConfigurationException with every problem at once
   */
  public static Environment named(String name, UnaryOperator<Builder> rules) {
    return rules.apply(new Builder(name)).build();
  }

  /** What the environment is called. */
  public String name() {
    return name;
  }

  /** The rules, in the order they were added. */
  public List<ProtectionRule> rules() {
    return rules;
  }

  /**
   * What all rules say, none left out; a rule that fails says wait.
   *
   * @param now the time
   */
  public ProtectionVerdict look(ProtectionRequest request, Instant now) {
    var findings = rules.stream().map(rule -> finding(rule, request, now)).toList();
    var override =
        request.votes().stream()
            .filter(vote -> vote.kind() == Vote.Kind.OVERRIDE)
            .filter(vote -> administrators.contains(vote.actor()))
            .findFirst();
    var needed =
        findings.stream()
            .anyMatch(finding -> finding.clearance().decision() != Clearance.Decision.GO);
    return new ProtectionVerdict(findings, override.filter(vote -> needed));
  }

  private static RuleFinding finding(ProtectionRule rule, ProtectionRequest request, Instant now) {
    try {
      return new RuleFinding(
          rule.name(), requireNonNull(rule.look(request, now), "it said nothing"));
    } catch (RuntimeException | Error e) {
      return new RuleFinding(rule.name(), Clearance.waitFor("it cannot answer: " + e.getMessage()));
    }
  }

  /** For example {@code production [reviewers, wait timer, branches]}. */
  @Override
  public String toString() {
    return name + " " + rules.stream().map(ProtectionRule::name).toList();
  }

  /** Collects rules. Not thread-safe. */
  public static final class Builder {
    private final String name;
    private final Problems problems = new Problems();
    private final List<ProtectionRule> rules = new ArrayList<>();
    private final List<DeploymentWindow> windows = new ArrayList<>();
    private Set<String> administrators = Set.of();

    private Builder(String name) {
      this.name = name;
    }

    /** Adds a rule. */
    public Builder rule(ProtectionRule rule) {
      rules.add(rule);
      return this;
    }

    /** Enough of these people have to approve; one, and never the author, unless said otherwise. */
    public Builder reviewers(UnaryOperator<Reviewers.Builder> who) {
      return tried(() -> Reviewers.create(who));
    }

    /** A while has to pass after the request. */
    public Builder waitTimer(Duration duration) {
      return tried(() -> new WaitTimer(duration));
    }

    /** Only these branches, as {@link BranchPattern} reads them. */
    public Builder branches(String... globs) {
      return tried(() -> new AllowedBranches(BranchPattern.of(globs)));
    }

    /** Adds a window; one of all windows has to be open. */
    public Builder window(DeploymentWindow window) {
      windows.add(window);
      return this;
    }

    /** What the error budget says. */
    public Builder budget(Function<ProtectionRequest, Clearance> budget) {
      return rule(new BudgetRule(budget));
    }

    /** Who may override the rules; nobody unless said. */
    public Builder administrators(String... people) {
      administrators = Set.copyOf(List.of(people));
      return this;
    }

    /** What is wrong with one rule is told together with what is wrong with the others. */
    private Builder tried(Supplier<ProtectionRule> rule) {
      try {
        return rule(rule.get());
      } catch (InvalidConfigurationException | IllegalArgumentException e) {
        problems.require(false, e.getMessage() == null ? e.toString() : e.getMessage());
        return this;
      }
    }

    private List<ProtectionRule> rules() {
      var all = new ArrayList<>(rules);
      if (!windows.isEmpty()) {
        all.add(new DeploymentWindows(windows));
      }
      return List.copyOf(all);
    }

    private Environment build() {
      problems
          .require(!name.isBlank(), "its name is blank")
          .throwIfAny("environment '" + name + "'");
      return new Environment(this);
    }
  }
}
