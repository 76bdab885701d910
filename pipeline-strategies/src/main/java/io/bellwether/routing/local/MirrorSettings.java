package io.bellwether.routing.local;

import java.util.concurrent.Executor;

/** Where a host lets calls be made a second time, and how many. */
record MirrorSettings(Executor executor, MirrorLimits limits) {}
