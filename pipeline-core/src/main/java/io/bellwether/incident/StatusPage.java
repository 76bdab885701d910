package io.bellwether.incident;

/** The port to the page on which users read how the service is. May block and may throw. */
@FunctionalInterface
public interface StatusPage {
  /** Says how it stands. */
  void publish(Notice notice);

  /** What users are told. */
  enum State {
    /** Something is wrong. */
    INVESTIGATING,
    /** What is wrong is being undone. */
    MITIGATING,
    /** It is over. */
    RESOLVED
  }

  /**
   * A notice for users.
   *
   * @param incident the incident's id
   * @param state how it stands
   * @param text one sentence without anything internal
   */
  record Notice(String incident, State state, String text) {}

  /** There is none. */
  static StatusPage none() {
    return notice -> {};
  }
}
