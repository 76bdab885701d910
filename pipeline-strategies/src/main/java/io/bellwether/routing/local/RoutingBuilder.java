package io.bellwether.routing.local;

import io.bellwether.Problems;
import io.bellwether.metrics.OutcomeWindows;
import io.bellwether.time.Ticker;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the builders of one router and of several have in common. Not thread-safe.
 *
 * @param <B> the builder
 */
public abstract sealed class RoutingBuilder<B extends RoutingBuilder<B>>
    permits LocalRouter.Builder, LocalRouters.Builder {
  private final Map<String, Predicate<? super String>> cohorts = new LinkedHashMap<>();
  private @Nullable Ticker ticker;
  private @Nullable OutcomeWindows windows;
  private @Nullable JudgedSettings judged;
  private @Nullable MirrorSettings mirror;

  RoutingBuilder() {}

  abstract B self();

  /**
   * Names a group of users, so that splits can send them to the candidate.
   *
   * @param members whether a user key belongs to it; asked on the request path, so fast and
   *     thread-safe; where it throws the user counts as no member
   * @throws IllegalArgumentException if the name is blank or already registered
   */
  public B cohort(String name, Predicate<? super String> members) {
    if (name.isBlank()) {
      throw new IllegalArgumentException(
          "cohort: the name is blank, expected one such as \"beta\"");
    }
    if (cohorts.putIfAbsent(name, members) != null) {
      throw new IllegalArgumentException("cohort '" + name + "' is already registered");
    }
    return self();
  }

  /** The time calls are measured on, unless windows are given; the JVM's clock by default. */
  public B ticker(Ticker ticker) {
    this.ticker = ticker;
    return self();
  }

  /** The windows to record into, which bring their ticker; by default ones of its own. */
  public B windows(OutcomeWindows windows) {
    this.windows = windows;
    return self();
  }

  /**
   * Also counts each request once into windows of their own, for a judge that needs independent
   * outcomes: {@code runtime.blocks(OutcomeBlocks.of(judged, wall))}. A retry with the same {@link
   * RoutedCall#id} within the deadline does not count there, nor does a request without a user key
   * or a mirrored copy. Values of capped means are taken by these windows alone.
   *
   * @param judged other windows than those the gates read, on the same ticker
   */
  public B judgeOncePerRequest(OutcomeWindows judged) {
    this.judged = new JudgedSettings(judged, true);
    return self();
  }

  /**
   * Like {@link #judgeOncePerRequest} with each user counting once in a block, the first request:
   * users who ask often bring the same trouble to the same version again and again.
   *
   * @param judged other windows than those the gates read, on the same ticker
   */
  public B judgeOncePerUser(OutcomeWindows judged) {
    this.judged = new JudgedSettings(judged, false);
    return self();
  }

  /** Lets splits mirror requests within the default limits, on this executor. */
  public B mirrorOn(Executor executor) {
    return mirrorOn(executor, MirrorLimits.defaults());
  }

  /**
   * Lets splits mirror requests on this executor. Who sets it says that calls may be made twice:
   * once for the user and once more with the candidate, with all their costs and side effects,
   * unless {@link RoutedCall#mirrored} leaves these out.
   *
   * @param executor runs the copies on threads of its own, and stays the host's to close; when it
   *     refuses one, that copy is dropped. Its {@code execute} must not block, as callers go
   *     through it
   * @param limits on the copies under way, of each release
   */
  public B mirrorOn(Executor executor, MirrorLimits limits) {
    this.mirror = new MirrorSettings(executor, limits);
    return self();
  }

  @Nullable JudgedSettings judged() {
    return judged;
  }

  @Nullable MirrorSettings mirror() {
    return mirror;
  }

  Map<String, Predicate<? super String>> cohorts() {
    return Map.copyOf(cohorts);
  }

  /** The windows to record into; their ticker is the one that times the calls. */
  OutcomeWindows windows(String subject) {
    var recorded = windows == null ? OutcomeWindows.create(ticker()) : windows;
    new Problems()
        .require(
            ticker == null || ticker == recorded.ticker(),
            "the ticker is another than the windows': set one of the two, as latencies are"
                + " measured on the windows' ticker")
        .require(
            judged == null || judged.windows() != recorded,
            "the judged windows are those that count everything: give the judge windows of its own")
        .require(
            judged == null || judged.windows().ticker() == recorded.ticker(),
            "the judged windows have another ticker: make both on the same one")
        .throwIfAny(subject);
    return recorded;
  }

  private Ticker ticker() {
    if (ticker != null) {
      return ticker;
    }
    return judged == null ? Ticker.system() : judged.windows().ticker();
  }
}
