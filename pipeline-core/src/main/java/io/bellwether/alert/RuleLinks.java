package io.bellwether.alert;

import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a set of rules keeps its runbooks and logs, for rules that do not say. */
record RuleLinks(@Nullable String runbookBase, @Nullable URI logsLink) {
  Optional<URI> runbook(String rule) {
    return Optional.ofNullable(runbookBase).map(base -> URI.create(base + rule));
  }

  Optional<URI> logs() {
    return Optional.ofNullable(logsLink);
  }
}
