package io.bellwether.metrics;

import java.time.Duration;

/** How many tokens all versions of a release may use together within some time. */
record TokenLimit(long tokens, Duration per) {}
