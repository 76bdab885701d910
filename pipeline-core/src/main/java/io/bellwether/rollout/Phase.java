package io.bellwether.rollout;

/** Where a rollout stands. */
public enum Phase {
  /** Accepted, nothing has happened yet. */
  PENDING,
  /** The candidate is being made ready, without users. */
  PREPARING,
  /** The ready candidate is being tried, without users. */
  VERIFYING,
  /** Traffic is being moved to the current step's weight. */
  SHIFTING,
  /** The current step's weight is held while gates watch. */
  BAKING,
  /** The step is done; a person has to agree before the next one. */
  AWAITING_APPROVAL,
  /** Waiting for a reason to go away; goes back to where it was, or ends by its limit. */
  HELD,
  /** All traffic is being moved to the candidate. */
  PROMOTING,
  /** The candidate serves everybody while gates watch; stable has not changed yet. */
  WATCHING,
  /** Traffic is being moved back to stable. */
  ABORTING,
  /** The candidate is the stable version now. */
  PROMOTED(true),
  /** All traffic is back on stable. */
  ROLLED_BACK(true),
  /** Traffic could not be moved back in time; people have to act. */
  ROLLBACK_FAILED(true),
  /** Never started, because a rule forbade it. */
  REFUSED(true),
  /** Gave way to a newer candidate, with all traffic on stable. */
  SUPERSEDED(true),
  /** Had been promoted and was taken back later. */
  REVERTED(true);

  private final boolean terminal;

  Phase() {
    this(false);
  }

  Phase(boolean terminal) {
    this.terminal = terminal;
  }

  /** Whether nothing follows. */
  public boolean isTerminal() {
    return terminal;
  }

  /** Whether gates are checked in this phase. */
  public boolean isWatched() {
    return this == BAKING || this == WATCHING || this == HELD || this == AWAITING_APPROVAL;
  }
}
