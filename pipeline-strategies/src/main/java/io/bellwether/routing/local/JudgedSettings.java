package io.bellwether.routing.local;

import io.bellwether.metrics.OutcomeWindows;

/** Where outcomes are counted once, and by what: the request, or else the user. */
record JudgedSettings(OutcomeWindows windows, boolean byRequest) {}
