package io.bellwether.metrics;

/** What one version used of a token limit. */
record TokenUse(double tokens, long requests) {}
