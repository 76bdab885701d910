package io.bellwether.report;

import java.time.Instant;

/**
 * The judge's evidence against the candidate at a moment.
 *
 * @param at when
 * @param eValue not negative
 * @param limit the e-value from which the candidate goes back
 */
public record EvidencePoint(Instant at, double eValue, double limit) {}
