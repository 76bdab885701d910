package io.bellwether.routing.local;

import io.bellwether.metrics.OutcomeWindow;
import io.bellwether.release.Version;

/** A version with the window its requests are recorded into, so that no request looks it up. */
record Arm(Version version, OutcomeWindow window) {}
