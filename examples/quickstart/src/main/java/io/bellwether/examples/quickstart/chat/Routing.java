package io.bellwether.examples.quickstart.chat;

import io.bellwether.release.Version;

/** Gives each user a version and watches what comes of it: the one place the rollout touches. */
@FunctionalInterface
public interface Routing {
  /** Calls once, with the version this user gets now, and hands back the answer untouched. */
  Answer call(String user, Ask ask) throws InterruptedException;

  /** Asks the model with one version of the prompt. */
  @FunctionalInterface
  interface Ask {
    /** The answer, good or bad. */
    Answer with(Version version) throws InterruptedException;
  }
}
