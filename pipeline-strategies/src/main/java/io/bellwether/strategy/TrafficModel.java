package io.bellwether.strategy;

import io.bellwether.Ratio;
import io.bellwether.analysis.ArmCounts;
import io.bellwether.analysis.BlockQuery;
import io.bellwether.analysis.ComparedCounts;
import io.bellwether.analysis.Tally;
import io.bellwether.metrics.Metric;
import io.bellwether.metrics.MetricQuery;
import io.bellwether.metrics.Reading;
import io.bellwether.release.Version;
import io.bellwether.rollout.Counted;
import io.bellwether.routing.TrafficSplit;
import io.bellwether.strategy.Traffic.Behaviour;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.ToDoubleFunction;

/**
 * What metrics would say on scripted traffic: the history of splits, cut into stretches during
 * which nothing changes, and sums over them.
 */
final class TrafficModel implements SimulationModel {
  private static final Duration BLOCK = Duration.ofSeconds(10);

  private final Traffic traffic;
  private final Instant start;
  private final Deque<Stretch> stretches = new ArrayDeque<>();

  /** A stretch of time under one split; open-ended while it is the latest. */
  private record Stretch(Instant from, TrafficSplit split, int step) {}

  /** A stretch's requests of one version. */
  private record Part(double requests, Behaviour behaviour) {}

  TrafficModel(Traffic traffic, Instant start) {
    this.traffic = traffic;
    this.start = start;
  }

  @Override
  public Instant start() {
    return start;
  }

  @Override
  public void apply(TrafficSplit split, int step, Instant now) {
    stretches.addLast(new Stretch(now, split, step));
  }

  @Override
  public OptionalLong exposed(Version candidate, Instant now) {
    var requests = parts(candidate, start, now).stream().mapToDouble(Part::requests).sum();
    return OptionalLong.of(Math.round(requests));
  }

  @Override
  public Reading read(MetricQuery query, Instant now) {
    var parts = parts(query.version(), now.minus(query.window()), now);
    var requests = parts.stream().mapToDouble(Part::requests).sum();
    if (requests < 1) {
      return Reading.of(Double.NaN, 0, "simulation");
    }
    var sum = 0.0;
    for (var part : parts) {
      var value = value(query.metric(), part.behaviour());
      if (Double.isNaN(value)) {
        return Reading.noData("simulation", "it does not script " + query.metric());
      }
      sum += part.requests() * value;
    }
    var value = query.metric().equals(Metric.REQUEST_COUNT) ? requests : round(sum / requests);
    return Reading.of(value, Math.round(requests), "simulation");
  }

  private static double value(Metric metric, Behaviour behaviour) {
    return switch (metric.name()) {
      case "error_rate" -> behaviour.errors().value();
      case "empty_rate" -> behaviour.empties().value();
      case "success_rate" -> 1 - behaviour.errors().value() - behaviour.empties().value();
      case "rate_limited_rate" -> 0;
      case "latency_p95" -> Metric.millis(behaviour.p95());
      case "latency_p50" -> Metric.millis(behaviour.p95()) / 2;
      case "latency_p99" -> Metric.millis(behaviour.p95()) * 1.5;
      case "request_count" -> 1;
      default -> Double.NaN;
    };
  }

  @Override
  public Counted count(BlockQuery query, Instant now) {
    var counts = new ArrayList<ComparedCounts>();
    var it = stretches.iterator();
    var stretch = it.hasNext() ? it.next() : null;
    while (stretch != null) {
      var next = it.hasNext() ? it.next() : null;
      var end = next == null || next.from().isAfter(now) ? now : next.from();
      for (var at = firstBlock(stretch.from(), query.from());
          !at.plus(BLOCK).isAfter(end);
          at = at.plus(BLOCK)) {
        var to = at.plus(BLOCK);
        counts.add(
            new ComparedCounts(
                at, to, between(query.candidate(), at, to), between(query.stable(), at, to)));
      }
      stretch = next;
    }
    return new Counted(counts, List.of(), "");
  }

  /** Where the first block of a stretch begins that does not begin before this moment. */
  private static Instant firstBlock(Instant stretch, Instant from) {
    if (!from.isAfter(stretch)) {
      return stretch;
    }
    var before = stretch.plus(BLOCK.multipliedBy(Duration.between(stretch, from).dividedBy(BLOCK)));
    return before.isBefore(from) ? before.plus(BLOCK) : before;
  }

  /** Expected requests of a version until some moment, and how many of them are of some kind. */
  private double sum(Version version, Instant to, ToDoubleFunction<Behaviour> share) {
    return parts(version, start, to).stream()
        .mapToDouble(part -> part.requests() * share.applyAsDouble(part.behaviour()))
        .sum();
  }

  private ArmCounts between(Version version, Instant from, Instant to) {
    var requests = whole(version, from, to, any -> 1);
    var slow = whole(version, from, to, it -> slowerThan(traffic.stable().p95(), it.p95()));
    return new ArmCounts(
        requests,
        Math.min(requests, whole(version, from, to, it -> it.errors().value())),
        Math.min(requests, whole(version, from, to, it -> it.empties().value())),
        List.of(new Tally(requests, Math.min(requests, slow))),
        List.of());
  }

  /** Rates are taken at their word: what has not come to a whole one yet comes with the next. */
  private long whole(Version version, Instant from, Instant to, ToDoubleFunction<Behaviour> share) {
    return (long) Math.floor(round(sum(version, to, share)))
        - (long) Math.floor(round(sum(version, from, share)));
  }

  /** The tail through the median at half of the 95th percentile, and the 99th at 1.5 times it. */
  private static double slowerThan(Duration cut, Duration p95) {
    var times = (double) cut.toNanos() / p95.toNanos();
    var steepness = times < 1 ? Math.log(10) / Math.log(2) : Math.log(5) / Math.log(1.5);
    return Math.min(1, 0.05 * Math.pow(times, -steepness));
  }

  private List<Part> parts(Version version, Instant from, Instant to) {
    var parts = new ArrayList<Part>();
    var end = to;
    for (var it = stretches.descendingIterator(); it.hasNext(); ) {
      var stretch = it.next();
      var begin = stretch.from().isBefore(from) ? from : stretch.from();
      if (begin.isBefore(end)) {
        addParts(parts, version, stretch, begin, end);
      }
      if (!stretch.from().isAfter(from)) {
        break;
      }
      end = stretch.from();
    }
    return parts;
  }

  private void addParts(
      List<Part> parts, Version version, Stretch stretch, Instant begin, Instant end) {
    var outageBegin = start.plus(traffic.outage().from());
    var outageEnd = outageBegin.plus(traffic.outage().length());
    var out = overlap(begin, end, outageBegin, outageEnd);
    var share = share(stretch.split(), version);
    if (share == 0) {
      return;
    }
    var behaviour =
        version.equals(stretch.split().stable())
            ? traffic.stable()
            : traffic.candidateAt(stretch.step());
    var failing = new Behaviour(traffic.outage().errors(), emptiesLeft(behaviour), behaviour.p95());
    add(parts, share, Duration.between(begin, end).minus(out), behaviour);
    add(parts, share, out, failing);
  }

  /** A request that fails in the outage can be no empty answer. */
  private Ratio emptiesLeft(Behaviour behaviour) {
    var rest = Ratio.of(1 - traffic.outage().errors().value());
    return behaviour.empties().compareTo(rest) > 0 ? rest : behaviour.empties();
  }

  private void add(List<Part> parts, double share, Duration time, Behaviour behaviour) {
    if (!time.isZero()) {
      var seconds = time.getSeconds() + time.getNano() / 1e9;
      parts.add(new Part(traffic.perMinute() * share * seconds / 60, behaviour));
    }
  }

  private static double share(TrafficSplit split, Version version) {
    var candidate = split.hasCandidate() ? split.weight().share() : 0;
    if (split.hasCandidate() && version.equals(split.candidate())) {
      return candidate;
    }
    return version.equals(split.stable()) ? 1 - candidate : 0;
  }

  private static Duration overlap(Instant from, Instant to, Instant otherFrom, Instant otherTo) {
    var begin = from.isAfter(otherFrom) ? from : otherFrom;
    var end = to.isBefore(otherTo) ? to : otherTo;
    return begin.isBefore(end) ? Duration.between(begin, end) : Duration.ZERO;
  }

  /** Sums of products such as 0.05 drift by an ulp, which must not decide at a limit. */
  private static double round(double value) {
    return Math.rint(value * 1e12) / 1e12;
  }
}
