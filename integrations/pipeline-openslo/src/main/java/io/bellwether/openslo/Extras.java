package io.bellwether.openslo;

/** Annotations for what OpenSLO has no field for. */
final class Extras {
  static final String PREFIX = "bellwether.io/";
  static final String STRICT = PREFIX + "strict";
  static final String SLI = PREFIX + "sli";
  static final String MISSING = PREFIX + "missing-slices";
  static final String EXPECTED_EVENTS = PREFIX + "expected-events";
  static final String MINIMUM_COVERAGE = PREFIX + "minimum-coverage";
  static final String PROBE_INTERVAL = PREFIX + "probe-interval";
  static final String NOT_FOR_BUDGET = PREFIX + "not-for-budget";
  static final String LATENCY = PREFIX + "latency-threshold";
  static final String SHORT_WINDOW = PREFIX + "short-window";
  static final String MINIMUM_EVENTS = PREFIX + "minimum-events";
  static final String MINIMUM_BAD_EVENTS = PREFIX + "minimum-bad-events";

  private Extras() {}
}
