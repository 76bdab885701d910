package io.bellwether.slo;

import io.bellwether.Problems;
import io.bellwether.Ratio;
import io.bellwether.alert.Severity;
import io.bellwether.time.Durations;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Fires while a budget burns faster than a factor over a long window <em>and</em> over a short one:
 * the long one says that it matters, the short one that it still goes on. Immutable and
 * thread-safe.
 *
 * @param name short and stable
 * @param severity how soon somebody has to act
 * @param factor the burn rate that is too much; exactly as much is not
 * @param longWindow how long it has to have burned on average
 * @param shortWindow how recently it has to burn still; the long one again if that does not matter
 * @param holdFor how long both have to hold before anybody is told
 * @param minimumEvents fewer events in the long window say nothing
 * @param minimumBadEvents fewer bad ones say nothing, so that one failure at night wakes nobody
 */
public record BurnRateAlert(
    String name,
    Severity severity,
    Fraction factor,
    Duration longWindow,
    Duration shortWindow,
    Duration holdFor,
    long minimumEvents,
    long minimumBadEvents) {
  /** Refuses, all at once, what cannot be an alert of any SLO. */
  public BurnRateAlert {
    var problems = new Problems();
    problems.require(!name.isBlank(), "name '" + name + "': a name is not blank");
    problems.require(factor.signum() > 0, "factor " + factor.text() + ": more than nothing");
    problems.require(
        isPositive(shortWindow), "short window " + shortWindow + ": longer than nothing");
    problems.require(
        shortWindow.compareTo(longWindow) <= 0,
        "short window " + shortWindow + ": not longer than the long one, " + longWindow);
    problems.require(!holdFor.isNegative(), "hold " + holdFor + ": a length is not negative");
    problems.require(
        minimumEvents >= 0 && minimumBadEvents >= 0,
        "minimum events " + minimumEvents + ", bad " + minimumBadEvents + ": not negative");
    problems.throwIfAny("burn rate alert '" + name + "'");
  }

  /**
   * An alert in one expression: {@code BurnRateAlert.of("fast", a ->
   * a.factor(valueOf(14.4)).over(ofHours(1)))}.
   *
   * @throws io.bellwether.InvalidConfigurationException with everything that is wrong with it
   */
  public static BurnRateAlert of(String name, UnaryOperator<Builder> details) {
    return details.apply(new Builder(name)).build();
  }

  /**
   * This alert, if it can ever fire for such an objective.
   *
   * @param period how long the budget has to last
   * @throws io.bellwether.InvalidConfigurationException if even a full outage burns too slowly, or
   *     the long window is longer than the period
   */
  public BurnRateAlert checkedFor(Objective objective, Duration period) {
    var problems = new Problems();
    var fastest = BurnMath.fastest(objective.budget());
    problems.require(
        factor.isBelow(fastest),
        "factor "
            + factor.text()
            + ": can never fire, since a full outage burns a budget of "
            + objective.budget()
            + " at "
            + fastest.text()
            + "; take a factor below that, or a longer window");
    problems.require(
        longWindow.compareTo(period) <= 0,
        "long window " + longWindow + ": not longer than the SLO's, " + period);
    problems.throwIfAny("burn rate alert '" + name + "'");
    return this;
  }

  /** Whether both burn rates are too much. */
  public boolean isExceededBy(Fraction longRate, Fraction shortRate) {
    return longRate.isAbove(factor) && shortRate.isAbove(factor);
  }

  /** Whether so few events say nothing; time says something always. */
  boolean isTooQuiet(Optional<Counts> events) {
    return events.isPresent()
        && (events.get().total() < minimumEvents || events.get().bad() < minimumBadEvents);
  }

  private static boolean isPositive(Duration window) {
    return !window.isNegative() && !window.isZero();
  }

  /** For example {@code fast: CRITICAL above 14.4 over 1h and 5m}. */
  @Override
  public String toString() {
    return name
        + ": "
        + severity
        + " above "
        + factor.text()
        + " over "
        + Durations.plain(longWindow)
        + " and "
        + Durations.plain(shortWindow);
  }

  /** Collects what makes an alert. Not thread-safe. */
  public static final class Builder {
    private final String name;
    private Severity severity = Severity.CRITICAL;
    private @Nullable Fraction factor;
    private @Nullable Ratio spending;
    private @Nullable Duration period;
    private Duration longWindow = Duration.ofHours(1);
    private @Nullable Duration shortWindow;
    private Duration holdFor = Duration.ZERO;
    private long minimumEvents;
    private long minimumBadEvents;

    private Builder(String name) {
      this.name = name;
    }

    /** How soon somebody has to act; critical unless said otherwise. */
    public Builder severity(Severity severity) {
      this.severity = severity;
      return this;
    }

    /** The burn rate that is too much. */
    public Builder factor(BigDecimal factor) {
      this.factor = Fraction.of(factor);
      return this;
    }

    Builder factor(Fraction exact) {
      this.factor = exact;
      return this;
    }

    /** Instead of a factor: the share of a period's budget that is too much for the long window. */
    public Builder spending(Ratio budgetShare, Duration period) {
      this.spending = budgetShare;
      this.period = period;
      return this;
    }

    /** The long window; an hour unless said otherwise. */
    public Builder over(Duration longWindow) {
      this.longWindow = longWindow;
      return this;
    }

    /** The short window; a twelfth of the long one unless said otherwise. */
    public Builder confirmedOver(Duration shortWindow) {
      this.shortWindow = shortWindow;
      return this;
    }

    /** How long it has to hold before anybody is told. */
    public Builder holdFor(Duration hold) {
      this.holdFor = hold;
      return this;
    }

    /** With fewer events, or fewer bad ones, in the long window nobody is told. */
    public Builder unlessFewerThan(long events, long badEvents) {
      this.minimumEvents = events;
      this.minimumBadEvents = badEvents;
      return this;
    }

    private BurnRateAlert build() {
      var problems = new Problems();
      problems.require(
          (factor == null) != (spending == null), "factor: say either factor or spending");
      problems.require(
          isPositive(longWindow), "long window " + longWindow + ": longer than nothing");
      problems.throwIfAny("burn rate alert '" + name + "'");
      return new BurnRateAlert(
          name,
          severity,
          limit(),
          longWindow,
          shortWindow == null ? longWindow.dividedBy(12) : shortWindow,
          holdFor,
          minimumEvents,
          minimumBadEvents);
    }

    private Fraction limit() {
      if (factor != null) {
        return factor;
      }
      return spending == null || period == null
          ? Fraction.ZERO
          : BurnMath.factor(spending, period, longWindow);
    }
  }
}
