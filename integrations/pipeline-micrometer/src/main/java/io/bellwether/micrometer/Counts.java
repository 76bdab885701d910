package io.bellwether.micrometer;

/** What became of the requests of one version, since its meters exist or within a window. */
record Counts(double requests, double errors, double empties, double rateLimited, double tokens) {
  static final Counts NONE = new Counts(0, 0, 0, 0, 0);

  Counts plus(Counts more) {
    return new Counts(
        requests + more.requests,
        errors + more.errors,
        empties + more.empties,
        rateLimited + more.rateLimited,
        tokens + more.tokens);
  }

  Counts minus(Counts earlier) {
    return new Counts(
        requests - earlier.requests,
        errors - earlier.errors,
        empties - earlier.empties,
        rateLimited - earlier.rateLimited,
        tokens - earlier.tokens);
  }

  double successes() {
    return Math.max(0, requests - errors - empties - rateLimited);
  }

  /** A share of the requests; NaN without requests. */
  double share(double part) {
    return requests == 0 ? Double.NaN : Math.min(1, part / requests);
  }
}
