package io.bellwether.routing.local;

import io.bellwether.metrics.CappedMean;
import io.bellwether.metrics.CountedOnce;
import io.bellwether.metrics.OutcomeWindow;
import io.bellwether.metrics.OutcomeWindows;
import io.bellwether.release.Version;
import java.util.List;

/**
 * The windows in which each request, or each user and block, counts once.
 *
 * <p>Requests without a user key are left out, since nobody has drawn their version, and so are
 * copies of mirrored ones.
 */
final class JudgedOnce {
  private static final int KEYS = 100_000;

  private final OutcomeWindows windows;
  private final CountedOnce once;
  private final boolean byRequest;

  JudgedOnce(JudgedSettings settings) {
    windows = settings.windows();
    byRequest = settings.byRequest();
    once = byRequest ? CountedOnce.perRequest(windows, KEYS) : CountedOnce.perBlock(windows, KEYS);
  }

  List<CappedMean> means() {
    return windows.means();
  }

  OutcomeWindow window(String release, Version version) {
    return windows.of(release, version);
  }

  void cutBlocks(String release, long now) {
    windows.cutBlocks(release, now);
  }

  /** Whether a request that begins now counts; one without an id is the first of its kind. */
  boolean admits(String key, RoutedCall<?, ?> call, long now) {
    if (UserKeys.isBlank(key)) {
      return false;
    }
    if (!byRequest) {
      return once.admits(key, now);
    }
    var id = call.id();
    return id == null || once.admits(id, now);
  }
}
