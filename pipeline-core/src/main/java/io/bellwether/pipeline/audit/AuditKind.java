package io.bellwether.pipeline.audit;

/** What an audit entry tells. */
public enum AuditKind {
  /** A run began. */
  RUN_STARTED,
  /** A stage that changes nothing succeeded. */
  CHECK_PASSED,
  /** A stage that changes nothing failed. */
  CHECK_FAILED,
  /** A stage wants to change an environment. */
  REQUESTED,
  /** Somebody approved. */
  APPROVED,
  /** Somebody rejected. */
  REJECTED,
  /**
   * Somebody asked for the rules to be overridden: an administrator, also for a run of their own,
   * which is why somebody else has to review it.
   */
  OVERRIDDEN,
  /** The rules of an environment let a stage go. */
  CLEARED,
  /** An environment was changed. */
  DEPLOYED,
  /** A change of an environment failed. */
  DEPLOY_FAILED,
  /** A change of an environment was taken back, outside a run. */
  ROLLED_BACK,
  /** A stage did not run, or was stopped. */
  NOT_DONE,
  /** Somebody cancelled a run. */
  CANCELLED,
  /** A run ended. */
  RUN_ENDED,
  /** Somebody reviewed an override afterwards. */
  OVERRIDE_REVIEWED,
  /** Something else a host wrote down. */
  NOTE
}
