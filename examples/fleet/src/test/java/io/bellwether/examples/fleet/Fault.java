package io.bellwether.examples.fleet;

/** What is done to the machine, and whether users may notice. */
enum Fault {
  KILL_LEADER("kill -9 of the leader", true),
  KILL_FOLLOWER("kill -9 of a follower", true),
  POSTGRES_RESTART("kill -9 of PostgreSQL, started again", false),
  HAPROXY_RESTART("kill -9 of HAProxy, started again", true),
  SOCKET_HANG("a replica's way to the database hangs, 1 to 4 s", false),
  CONNECTION_RESET("every connection of a replica to the database is reset", false),
  PARTITION("a replica is cut off from the database, 7 to 10 s", false),
  CLOCK_JUMP("a replica's wall clock jumps, up to a day", false);

  private final String words;
  private final boolean killsWhatAnswers;

  Fault(String words, boolean killsWhatAnswers) {
    this.words = words;
    this.killsWhatAnswers = killsWhatAnswers;
  }

  String words() {
    return words;
  }

  /** Whether requests are in flight to, or refused by, what is killed. */
  boolean killsWhatAnswers() {
    return killsWhatAnswers;
  }
}
