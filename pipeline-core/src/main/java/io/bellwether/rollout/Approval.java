package io.bellwether.rollout;

import java.time.Instant;

/**
 * Somebody's agreement to go on.
 *
 * @param actor who
 * @param reason why
 * @param at when
 */
public record Approval(String actor, String reason, Instant at) {}
