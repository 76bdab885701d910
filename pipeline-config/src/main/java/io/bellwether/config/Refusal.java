package io.bellwether.config;

import io.bellwether.BellwetherException;
import io.bellwether.config.ConfigProblem.Kind;

/** Ends the reading of one document; becomes a problem before anybody outside sees it. */
final class Refusal extends BellwetherException {
  private static final long serialVersionUID = 1L;

  final Kind kind;
  final transient Origin at;

  Refusal(Kind kind, Origin at, String message) {
    super(message);
    this.kind = kind;
    this.at = at;
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
