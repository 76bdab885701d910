package io.bellwether.runtime;

/** What happens to a rollout that starts while another of its release is under way. */
public enum OnConflict {
  /** It is refused; nothing changes. */
  REFUSE,
  /** It starts when the other has ended. */
  QUEUE,
  /** The other makes room first: all its traffic goes back to stable, and then it starts. */
  SUPERSEDE
}
