package io.bellwether.strategy;

import java.util.List;

/** Says which strategy fits, and why. */
public final class StrategyAdvisor {
  private StrategyAdvisor() {}

  /** The strategies, with what they cost. */
  public enum Kind {
    /** Two complete environments, one switch. */
    BLUE_GREEN("blue-green", "low", "medium", "instant"),
    /** A few users first, then more. */
    CANARY("canary", "low", "high", "automatic"),
    /** Batch after batch. */
    ROLLING("rolling", "medium", "low", "slower");

    private final String words;
    private final String risk;
    private final String complexity;
    private final String rollback;

    Kind(String words, String risk, String complexity, String rollback) {
      this.words = words;
      this.risk = risk;
      this.complexity = complexity;
      this.rollback = rollback;
    }

    /** How much can go wrong for how many. */
    public String risk() {
      return risk;
    }

    /** What it takes to run it. */
    public String complexity() {
      return complexity;
    }

    /** What the way back is like. */
    public String rollback() {
      return rollback;
    }

    /** For example {@code blue-green}. */
    @Override
    public String toString() {
      return words;
    }
  }

  /**
   * What matters to a host.
   *
   * @param instantRollback the way back has to take no time
   * @param validationWithUsers real users should try it, few at first
   * @param limitedInfrastructure there is no room for a second environment
   * @param gettingStarted it is the first deployment of this kind
   */
  public record Needs(
      boolean instantRollback,
      boolean validationWithUsers,
      boolean limitedInfrastructure,
      boolean gettingStarted) {}

  /**
   * A recommendation.
   *
   * @param kind what to use
   * @param reasons why, the decisive one first
   */
  public record Advice(Kind kind, List<String> reasons) {
    /** For example {@code canary: real users should try it, few at first (risk low, …)}. */
    @Override
    public String toString() {
      return kind
          + ": "
          + String.join("; ", reasons)
          + " (risk "
          + kind.risk()
          + ", complexity "
          + kind.complexity()
          + ", rollback "
          + kind.rollback()
          + ")";
    }
  }

  /** The first need that decides, decides. */
  public static Advice advise(Needs needs) {
    if (needs.instantRollback()) {
      return new Advice(
          Kind.BLUE_GREEN,
          List.of("an instant way back needs the old version warm beside the new"));
    }
    if (needs.validationWithUsers()) {
      return new Advice(Kind.CANARY, List.of("real users should try it, few at first"));
    }
    if (needs.limitedInfrastructure()) {
      return new Advice(
          Kind.ROLLING, List.of("there is no room for a second environment, batches need none"));
    }
    return new Advice(
        Kind.BLUE_GREEN,
        List.of(
            needs.gettingStarted()
                ? "it is the simplest to understand when getting started"
                : "nothing speaks for another one, and its way back is the quickest"));
  }

  /** All strategies beside each other, as a Markdown table. */
  public static String comparison() {
    var table = new StringBuilder("| strategy | risk | complexity | rollback |\n|---|---|---|---|");
    for (var kind : Kind.values()) {
      table
          .append("\n| ")
          .append(kind)
          .append(" | ")
          .append(kind.risk())
          .append(" | ")
          .append(kind.complexity())
          .append(" | ")
          .append(kind.rollback())
          .append(" |");
    }
    return table.toString();
  }
}
