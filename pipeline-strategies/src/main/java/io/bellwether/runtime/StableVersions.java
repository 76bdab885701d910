package io.bellwether.runtime;

import io.bellwether.BellwetherException;
import io.bellwether.alert.Alert;
import io.bellwether.alert.Notifier;
import io.bellwether.alert.Severity;
import io.bellwether.release.Release;
import io.bellwether.release.Version;
import io.bellwether.release.VersionCatalog;
import io.bellwether.rollout.RolloutStore;
import io.bellwether.routing.TrafficRouter;
import io.bellwether.routing.TrafficSplit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which version serves whoever no rollout takes elsewhere: what the store remembers, else the
 * release's initial version, else what the router says. Thread-safe.
 */
final class StableVersions {
  private static final Logger log = LoggerFactory.getLogger(StableVersions.class);

  private final RolloutStore store;
  private final TrafficRouter router;
  private final Notifier notifier;
  private final Map<String, Release> releases;
  private final Optional<VersionCatalog<?>> catalog;
  private final EngineClock clock;
  private final Map<String, Version> asked = new ConcurrentHashMap<>();

  StableVersions(
      RolloutStore store,
      TrafficRouter router,
      Notifier notifier,
      Map<String, Release> releases,
      Optional<VersionCatalog<?>> catalog,
      EngineClock clock) {
    this.store = store;
    this.router = router;
    this.notifier = notifier;
    this.releases = releases;
    this.catalog = catalog;
    this.clock = clock;
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

  /** The router's stable version is the store's, or the latest one that can still be loaded. */
  void restore(String release) {
    var known = known(release);
    var loadable = known.stream().filter(this::canLoad).findFirst().orElse(known.get(0));
    if (!loadable.equals(known.get(0))) {
      warnUnloadable(release, known.get(0), loadable);
    }
    router.apply(TrafficSplit.stable(release, loadable));
  }

  private boolean canLoad(Version version) {
    return catalog.map(known -> known.find(version).isPresent()).orElse(true);
  }

  private void warnUnloadable(String release, Version wanted, Version instead) {
    var alert =
        Alert.of(
            "release_version_unknown",
            Severity.CRITICAL,
            clock.now(),
            a ->
                a.label("release", release)
                    .label("version", wanted.id())
                    .summary(
                        release
                            + ": the stable version "
                            + wanted
                            + " cannot be loaded any more; "
                            + instead
                            + " serves instead")
                    .nextStep("Bring " + wanted + " back into the catalog, or roll out another."));
    log.error("{}", alert);
    notifier.notify(alert);
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
