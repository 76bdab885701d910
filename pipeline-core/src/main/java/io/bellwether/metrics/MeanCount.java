package io.bellwether.metrics;

/**
 * The values of one {@link CappedMean} in a block.
 *
 * @param values how many requests brought one
 * @param badness their sum, each from 0 for the best bound to 1 for the worst
 */
public record MeanCount(long values, double badness) {}
