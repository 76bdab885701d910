package io.bellwether.routing.local;

import io.bellwether.metrics.OutcomeWindow;
import io.bellwether.release.Version;
import org.jspecify.annotations.Nullable;

/**
 * A version with the windows its requests are recorded into, so that no request looks them up.
 *
 * @param window counts every request
 * @param judged counts each request, or each user and block, once; none unless asked for
 */
record Arm(Version version, OutcomeWindow window, @Nullable OutcomeWindow judged) {}
