package io.bellwether.analysis;

import io.bellwether.release.Version;
import java.time.Instant;

/**
 * Which counts a judge wants.
 *
 * @param release the release's name
 * @param candidate the version under trial
 * @param stable the version it is compared with
 * @param from nothing that began earlier is wanted
 * @param first whether nothing has been judged yet, so that stable's history is of use
 */
public record BlockQuery(
    String release, Version candidate, Version stable, Instant from, boolean first) {}
