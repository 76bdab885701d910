package io.bellwether.runtime;

import io.bellwether.BellwetherException;
import io.bellwether.release.Release;
import io.bellwether.release.Version;
import io.bellwether.release.VersionCatalog;
import io.bellwether.rollout.RolloutStore;
import io.bellwether.routing.TrafficRouter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which version serves whoever no rollout takes elsewhere: what the store remembers, else the
 * release's initial version, else what the router says. Thread-safe.
 */
final class StableVersions {
  private final RolloutStore store;
  private final TrafficRouter router;
  private final Map<String, Release> releases;
  private final Optional<VersionCatalog<?>> catalog;
  private final Map<String, Version> asked = new ConcurrentHashMap<>();

  StableVersions(
      RolloutStore store,
      TrafficRouter router,
      Map<String, Release> releases,
      Optional<VersionCatalog<?>> catalog) {
    this.store = store;
    this.router = router;
    this.releases = releases;
    this.catalog = catalog;
  }

  Version of(String release) {
    return known(release).stream()
        .findFirst()
        .orElseGet(() -> asked.computeIfAbsent(release, this::askRouter));
  }

  /** Every version that is or was stable, latest first. */
  List<Version> known(String release) {
    var versions = new ArrayList<>(store.stableVersions(release));
    Optional.ofNullable(releases.get(release))
        .map(Release::initial)
        .filter(initial -> !versions.contains(initial))
        .ifPresent(versions::add);
    return versions;
  }

  /** The latest stable version that can still be loaded; the latest of all where none can. */
  Version loadable(String release) {
    var known = known(release);
    return known.stream().filter(this::canLoad).findFirst().orElse(known.get(0));
  }

  private boolean canLoad(Version version) {
    return catalog.map(known -> known.find(version).isPresent()).orElse(true);
  }

  private Version askRouter(String release) {
    try {
      return router.read(release).stable();
    } catch (RuntimeException e) {
      throw new BellwetherException(
          "the stable version of '"
              + release
              + "' is unknown: register it with"
              + " release(Release.named(\""
              + release
              + "\").initial(\"v1\"))",
          e);
    }
  }
}
