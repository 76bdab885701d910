package io.bellwether.pipeline.protection;

import io.bellwether.pipeline.Vote;
import io.bellwether.pipeline.Vote.Kind;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Approvals that the host's own code gives: a page of its own, a chat command. Thread-safe; forgets
 * with the process, while runs remember what they have seen.
 */
public final class ProgrammaticApprovals implements ApprovalSource {
  private final InstantSource clock;
  private final Map<Key, List<Vote>> votes = new ConcurrentHashMap<>();
  private final Map<Key, ProtectionRequest> waiting = new ConcurrentHashMap<>();

  private record Key(String run, String stage) {}

  private ProgrammaticApprovals(InstantSource clock) {
    this.clock = clock;
  }

  /** Approvals dated by this clock. */
  public static ProgrammaticApprovals create(InstantSource clock) {
    return new ProgrammaticApprovals(clock);
  }

  /** Agrees to a stage of a run. */
  public void approve(String run, String stage, String actor, String reason) {
    cast(run, stage, new Vote(actor, Kind.APPROVE, reason, now()));
  }

  /** Does not agree. */
  public void reject(String run, String stage, String actor, String reason) {
    cast(run, stage, new Vote(actor, Kind.REJECT, reason, now()));
  }

  /**
   * Lets it go whatever the rules say; counts if the actor is an administrator of the environment.
   *
   * @param reason not blank
   */
  public void override(String run, String stage, String actor, String reason) {
    cast(run, stage, new Vote(actor, Kind.OVERRIDE, reason, now()));
  }

  /** The requests people were asked about and that nobody has answered. */
  public List<ProtectionRequest> waiting() {
    return List.copyOf(waiting.values());
  }

  @Override
  public void ask(ProtectionRequest request) {
    var key = new Key(request.run(), request.stage());
    if (!votes.containsKey(key)) {
      waiting.put(key, request);
    }
  }

  @Override
  public List<Vote> votes(ProtectionRequest request) {
    return List.copyOf(votes.getOrDefault(new Key(request.run(), request.stage()), List.of()));
  }

  private void cast(String run, String stage, Vote vote) {
    var key = new Key(run, stage);
    votes.computeIfAbsent(key, any -> new CopyOnWriteArrayList<>()).add(vote);
    waiting.remove(key);
  }

  private Instant now() {
    return clock.instant();
  }
}
