package io.bellwether.report;

import java.time.Instant;
import java.util.Optional;

/**
 * Both versions' figures at a moment.
 *
 * @param at when
 * @param stable what is known of the stable version
 * @param candidate what is known of the candidate
 */
public record VersionSample(
    Instant at, Optional<VersionFigures> stable, Optional<VersionFigures> candidate) {}
