package io.bellwether.micrometer;

import io.bellwether.time.Ticker;
import io.micrometer.core.instrument.Tag;
import java.time.Duration;
import java.util.Set;

/** Which meters mean what. */
record MicrometerSettings(
    String requests,
    String tokens,
    String releaseTag,
    String versionTag,
    Set<Tag> errors,
    Set<Tag> empties,
    Set<Tag> rateLimited,
    Duration length,
    Ticker ticker) {}
