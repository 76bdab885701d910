package io.bellwether.strategy;

import io.bellwether.analysis.BlockQuery;
import io.bellwether.metrics.MetricQuery;
import io.bellwether.metrics.Reading;
import io.bellwether.release.Version;
import io.bellwether.rollout.Counted;
import io.bellwether.routing.TrafficSplit;
import java.time.Instant;
import java.util.OptionalLong;

/** The world a simulation runs in: what it is told about traffic, and what its metrics say. */
interface SimulationModel {
  /** The version before. */
  Version STABLE = new Version("stable");

  /** The version under trial. */
  Version CANDIDATE = new Version("candidate");

  /** When the rollout begins. */
  Instant start();

  /** Traffic is divided like this from now on. */
  void apply(TrafficSplit split, int step, Instant now);

  /** What the metric source would answer now. */
  Reading read(MetricQuery query, Instant now);

  /** What both versions did until now, in stretches a judge can compare, if the model knows. */
  default Counted count(BlockQuery query, Instant now) {
    return Counted.failed("only scripted traffic tells what a judge compares");
  }

  /** Requests the candidate has served until now, if the model knows. */
  OptionalLong exposed(Version candidate, Instant now);
}
