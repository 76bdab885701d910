/**
 * Service level objectives, the error budget they leave, and who may deploy on it.
 *
 * <p>The flow, each arrow a pure function:
 *
 * <pre>
 *   Slo (objective, window, budgeting)  ─┐
 *   Measurements                        ─┴→ SloCalculator → SloReport → JSON, Markdown, BurnDown
 *     IncidentLedger  incidents,              │ one SloResult per SLO: value, PASS, FAIL, NO_DATA,
 *                     maintenance, gaps,      │ coverage, Consumption line by line
 *                     corrections             ↓
 *     CountSeries     good of total      ErrorBudget → BudgetBands → GREEN … EXHAUSTED
 *     LatencySamples                          ↓
 *                                        ErrorBudgetPolicy + Change + BudgetBook (deploys,
 *                                        overrides) → PolicyDecision → BudgetGate (RolloutGuard)
 * </pre>
 *
 * <p>Time comes in as incidents, events come in as counts: {@link io.bellwether.slo.EventSums}
 * counts them while they happen, {@link io.bellwether.slo.CounterIncrease} reads counters that
 * somebody else keeps, {@link io.bellwether.slo.OutcomeCells} takes outcome windows and metrics
 * documents. A {@link io.bellwether.slo.BudgetStore} remembers daily sums, incidents, deploys and
 * overrides over restarts.
 *
 * <p><b>No rounding decides.</b> Time is counted in whole nanoseconds, events in longs, and every
 * share of them is a {@link io.bellwether.slo.Fraction}: 43.2 of 43.2 minutes spent is met for the
 * SLO and EXHAUSTED for the budget, on every machine. Doubles appear only in what is drawn.
 *
 * <p><b>Intervals are half-open and united</b>, cut to the window, and count by their worst kind:
 * maintenance over critical over degraded. <b>No data is neither good nor bad</b>: an SLO without
 * measurements is NO_DATA, and coverage stands beside every figure.
 *
 * <pre>{@code
 * var slo = Slo.named("chat", s -> s.availability(percent(99.9)).over(ofDays(30)));
 * var ledger = IncidentLedger.since(firstDay).critical("db-down", from, to);
 * var report = SloCalculator.of(slo).report(Measurements.of(ledger), now);
 * report.result("chat").explain();         // line by line, where the budget went
 * }</pre>
 */
@NullMarked
package io.bellwether.slo;

import org.jspecify.annotations.NullMarked;
