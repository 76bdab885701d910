package io.bellwether.examples.fleet;

import io.bellwether.release.Version;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A model that answers as its version does: well, or badly. */
final class Model {
  /** What the name of a bad version ends with. */
  static final String BAD = "-bad";

  private static final long FASTEST = TimeUnit.MILLISECONDS.toNanos(10);
  private static final long SLOWEST = TimeUnit.MILLISECONDS.toNanos(50);
  private static final double BAD_FAILS = 0.3;
  private static final double GOOD_FAILS = 0.005;

  private Model() {}

  /** The model has no answer, as models do now and then. */
  static final class FailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FailedException(Version version) {
      super(version + " has no answer");
    }
  }

  /** Takes its time, so that there is always a request under way. */
  static String answer(Version version) {
    LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(FASTEST, SLOWEST));
    var fails = version.id().endsWith(BAD) ? BAD_FAILS : GOOD_FAILS;
    if (ThreadLocalRandom.current().nextDouble() < fails) {
      throw new FailedException(version);
    }
    return "Hello, says " + version + ".";
  }
}
