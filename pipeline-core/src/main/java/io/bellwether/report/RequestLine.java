package io.bellwether.report;

import java.time.Instant;

/**
 * Something a person or a program asked for.
 *
 * @param at when
 * @param who by the name the report shows them by, such as a role
 * @param what in words
 * @param approval whether it is an agreement to go on, and counted
 * @param refusal why it had no effect; empty where it had
 */
public record RequestLine(Instant at, String who, String what, boolean approval, String refusal) {}
