package io.bellwether.testing;

import io.bellwether.pipeline.Vote;
import io.bellwether.pipeline.Vote.Kind;
import io.bellwether.pipeline.protection.ApprovalSource;
import io.bellwether.pipeline.protection.Environment;
import io.bellwether.pipeline.protection.ProtectionRequest;
import io.bellwether.pipeline.protection.Reviewers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Approves the way GitHub's environments do, without GitHub.
 *
 * <ul>
 *   <li>At most six reviewers, people or teams; <b>one</b> approval is enough, one rejection ends
 *       it.
 *   <li>A review covers every stage of a run that waits for the environment at that moment.
 *   <li>Whoever began the run may review it, unless self-review is prevented.
 *   <li>A wait timer from 1 minute to 30 days.
 *   <li>Administrators may bypass the rules, unless that is switched off.
 *   <li>Nobody answers for 30 days: it fails.
 * </ul>
 *
 * <p>Thread-safe.
 */
public final class GithubEnvironments implements ApprovalSource {
  /** After this time without an answer a waiting stage fails. */
  public static final Duration EXPIRY = Duration.ofDays(30);

  private static final int MOST_REVIEWERS = 6;

  private final InstantSource clock;
  private final String environment;
  private final Set<String> reviewers = new LinkedHashSet<>();
  private final Map<String, List<ProtectionRequest>> pending = new LinkedHashMap<>();
  private final Map<String, List<Vote>> votes = new LinkedHashMap<>();
  private Set<String> administrators = Set.of();
  private Duration wait = Duration.ZERO;
  private boolean preventsSelfReview;

  private GithubEnvironments(InstantSource clock, String environment) {
    this.clock = clock;
    this.environment = environment;
  }

  /** An environment without rules yet. */
  public static GithubEnvironments named(String environment, InstantSource clock) {
    return new GithubEnvironments(clock, environment);
  }

  /**
   * Adds required reviewers.
   *
   * @throws IllegalArgumentException if there are more than six
   */
  public synchronized GithubEnvironments requiredReviewers(String... people) {
    reviewers.addAll(List.of(people));
    if (reviewers.size() > MOST_REVIEWERS) {
      throw new IllegalArgumentException(
          "an environment has at most " + MOST_REVIEWERS + " reviewers, not " + reviewers.size());
    }
    return this;
  }

  /** Whoever began a run does not review it. */
  public synchronized GithubEnvironments preventSelfReview() {
    preventsSelfReview = true;
    return this;
  }

  /**
   * Lets this much time pass before a stage goes on.
   *
   * @throws IllegalArgumentException if it is not from 1 minute to 30 days
   */
  public synchronized GithubEnvironments waitTimer(Duration wait) {
    if (wait.compareTo(Duration.ofMinutes(1)) < 0 || wait.compareTo(EXPIRY) > 0) {
      throw new IllegalArgumentException("wait timer " + wait + ": expected 1 minute to 30 days");
    }
    this.wait = wait;
    return this;
  }

  /** Who may bypass the rules. */
  public synchronized GithubEnvironments administrators(String... people) {
    administrators = Set.of(people);
    return this;
  }

  /** The same rules as the library enforces them. */
  public synchronized Environment rules() {
    return Environment.named(
        environment,
        e -> {
          if (!reviewers.isEmpty()) {
            e.reviewers(this::reviewers);
          }
          if (!wait.isZero()) {
            e.waitTimer(wait);
          }
          return e.administrators(administrators.toArray(String[]::new));
        });
  }

  private Reviewers.Builder reviewers(Reviewers.Builder rule) {
    var people = rule.people(reviewers.toArray(String[]::new));
    return preventsSelfReview ? people : people.authorMayReview();
  }

  /** Somebody approves everything of a run that waits for the environment. */
  public void approve(String run, String actor, String comment) {
    review(run, actor, Kind.APPROVE, comment);
  }

  /** Somebody rejects everything of a run that waits for the environment. */
  public void reject(String run, String actor, String comment) {
    review(run, actor, Kind.REJECT, comment);
  }

  /** An administrator starts all waiting stages of a run, whatever the rules say. */
  public void bypass(String run, String actor, String comment) {
    review(run, actor, Kind.OVERRIDE, comment);
  }

  /** The stages of a run that wait for a review. */
  public synchronized List<String> pending(String run) {
    return pending.getOrDefault(run, List.of()).stream().map(ProtectionRequest::stage).toList();
  }

  @Override
  public synchronized void ask(ProtectionRequest request) {
    var waiting = pending.computeIfAbsent(request.run(), any -> new ArrayList<>());
    if (waiting.stream().noneMatch(known -> known.stage().equals(request.stage()))) {
      waiting.add(request);
    }
  }

  @Override
  public synchronized List<Vote> votes(ProtectionRequest request) {
    var known = new ArrayList<>(votes.getOrDefault(key(request), List.of()));
    var expires = request.requestedAt().plus(EXPIRY);
    if (known.isEmpty() && !reviewers.isEmpty() && !clock.instant().isBefore(expires)) {
      known.add(
          new Vote(
              reviewers.iterator().next(), Kind.REJECT, "nobody answered in 30 days", expires));
    }
    return List.copyOf(known);
  }

  private synchronized void review(String run, String actor, Kind kind, String comment) {
    var allowed = kind == Kind.OVERRIDE ? administrators : reviewers;
    if (!allowed.contains(actor)) {
      throw new IllegalArgumentException(actor + " is none of " + allowed + " of " + environment);
    }
    for (var request : pending.getOrDefault(run, List.of())) {
      if (preventsSelfReview && kind == Kind.APPROVE && request.trigger().actor().equals(actor)) {
        throw new IllegalArgumentException(actor + " began the run and must not approve it");
      }
      votes
          .computeIfAbsent(key(request), any -> new ArrayList<>())
          .add(new Vote(actor, kind, comment, clock.instant()));
    }
    pending.remove(run);
  }

  private static String key(ProtectionRequest request) {
    return request.run() + "\n" + request.stage();
  }
}
