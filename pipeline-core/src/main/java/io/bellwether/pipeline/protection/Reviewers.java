package io.bellwether.pipeline.protection;

import io.bellwether.Problems;
import io.bellwether.pipeline.Vote;
import io.bellwether.rollout.Clearance;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * Enough people have to approve, the author of the run not among them. One who rejects stops it.
 * Thread-safe.
 *
 * <p>A person counts once, with their last word. Names are compared without case and the blanks
 * around them.
 */
public final class Reviewers implements ProtectionRule {
  private final Set<String> people;
  private final Map<String, Teams> teams;
  private final int quorum;
  private final boolean authorMayReview;

  private Reviewers(Builder builder) {
    people = Set.copyOf(builder.people);
    teams = Map.copyOf(builder.teams);
    quorum = builder.quorum;
    authorMayReview = builder.authorMayReview;
  }

  /** Anybody but the author; one is enough. */
  public static Reviewers anybodyElse() {
    return create(r -> r);
  }

  /**
   * Reviewers built in one expression.
   *
   * @throws io.bellwether.InvalidConfigurationException with every problem at once
   */
  public static Reviewers create(UnaryOperator<Builder> who) {
    return who.apply(new Builder()).build();
  }

  @Override
  public String name() {
    return "reviewers";
  }

  @Override
  public Clearance look(ProtectionRequest request, Instant now) {
    var approved = new TreeSet<String>();
    for (var vote : lastWords(request).values()) {
      if (mayReview(vote.actor(), request)) {
        if (vote.kind() == Vote.Kind.REJECT) {
          return Clearance.refuse("rejected by " + vote.actor() + because(vote));
        }
        if (vote.kind() == Vote.Kind.APPROVE) {
          approved.add(vote.actor());
        }
      }
    }
    return approved.size() >= quorum
        ? new Clearance(Clearance.Decision.GO, "approved by " + String.join(", ", approved))
        : Clearance.waitFor(
            (quorum - approved.size())
                + " of "
                + quorum
                + (quorum == 1 ? " approval" : " approvals")
                + " missing, from "
                + this
                + (authorMayReview ? "" : ", not from the author " + request.trigger().actor()));
  }

  private static Map<String, Vote> lastWords(ProtectionRequest request) {
    var last = new LinkedHashMap<String, Vote>();
    request.votes().stream()
        .filter(vote -> vote.kind() != Vote.Kind.OVERRIDE)
        .forEach(vote -> last.put(same(vote.actor()), vote));
    return last;
  }

  private boolean mayReview(String person, ProtectionRequest request) {
    if (!authorMayReview && same(person).equals(same(request.trigger().actor()))) {
      return false;
    }
    return people.isEmpty() && teams.isEmpty()
        || people.stream().anyMatch(known -> same(known).equals(same(person)))
        || teams.entrySet().stream()
            .anyMatch(team -> team.getValue().isMember(team.getKey(), person));
  }

  /** {@code Dev } is {@code dev}, as it is where names come from. */
  private static String same(String person) {
    return person.strip().toLowerCase(Locale.ROOT);
  }

  private static String because(Vote vote) {
    return vote.reason().isEmpty() ? "" : ": " + vote.reason();
  }

  /** For example {@code lead, peer, team sre}. */
  @Override
  public String toString() {
    if (people.isEmpty() && teams.isEmpty()) {
      return "anybody";
    }
    var names = new TreeSet<>(people);
    teams.keySet().forEach(team -> names.add("team " + team));
    return String.join(", ", names);
  }

  /** Collects who may review. Not thread-safe. */
  public static final class Builder {
    private final Set<String> people = new LinkedHashSet<>();
    private final Map<String, Teams> teams = new LinkedHashMap<>();
    private int quorum = 1;
    private boolean authorMayReview;

    private Builder() {}

    /** Adds people. */
    public Builder people(String... names) {
      people.addAll(List.of(names));
      return this;
    }

    /** Adds whoever is in this team when it is looked at. */
    public Builder team(String team, Teams members) {
      teams.put(team, members);
      return this;
    }

    /** How many different people have to approve; 1 unless said otherwise. */
    public Builder quorum(int quorum) {
      this.quorum = quorum;
      return this;
    }

    /** Lets who began the run approve it as well. */
    public Builder authorMayReview() {
      authorMayReview = true;
      return this;
    }

    private Reviewers build() {
      var countable = teams.isEmpty() && !people.isEmpty();
      new Problems()
          .require(quorum >= 1, "the quorum is " + quorum + ", expected at least 1")
          .require(
              !countable || quorum <= people.size(),
              "the quorum is " + quorum + ", and there are only " + people.size() + " reviewers")
          .throwIfAny("reviewers");
      return new Reviewers(this);
    }
  }
}
