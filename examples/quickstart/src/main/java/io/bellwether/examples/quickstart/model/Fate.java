package io.bellwether.examples.quickstart.model;

import java.time.Duration;

/**
 * What becomes of one request to the model.
 *
 * @param kind how it ends
 * @param delay how long that takes
 */
record Fate(Kind kind, Duration delay) {
  /** How a request ends. */
  enum Kind {
    /** An answer with content. */
    ANSWER,
    /** HTTP 200 and nothing in it. */
    EMPTY,
    /** HTTP 429. */
    RATE_LIMITED,
    /** HTTP 500. */
    BROKEN,
    /** HTTP 503. */
    OVERLOADED
  }
}
