package io.bellwether.report;

import io.bellwether.routing.Weight;
import java.time.Instant;

/**
 * The candidate's share of the traffic from a moment on.
 *
 * @param at from when on
 * @param weight as the router confirmed it
 */
public record WeightPoint(Instant at, Weight weight) {}
