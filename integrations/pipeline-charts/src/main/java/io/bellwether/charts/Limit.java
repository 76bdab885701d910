package io.bellwether.charts;

/**
 * A level across a chart that should not be crossed.
 *
 * @param words what it is, for people
 * @param value where it is
 */
record Limit(String words, double value) {}
