package io.bellwether.gate;

import io.bellwether.metrics.Metric;
import io.bellwether.metrics.Reading;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Evidence that was handed over as maps. */
record GivenEvidence(Map<Metric, Reading> candidates, Map<Metric, Reading> stables)
    implements Evidence {
  @Override
  public Reading candidate(Metric metric, Duration window) {
    var reading = candidates.get(metric);
    return reading != null ? reading : Reading.noData("given readings", "nothing on " + metric);
  }

  @Override
  public Optional<Reading> stable(Metric metric, Duration window) {
    return Optional.ofNullable(stables.get(metric));
  }
}
