package io.bellwether.config;

import io.bellwether.secret.FoundSecret;
import java.util.List;

/**
 * What a value's placeholders were filled with.
 *
 * @param names the placeholders' names, in order
 * @param secrets those that came from a secret source
 * @param variables whether one came from a plain variable: it may be a secret nobody has declared
 * @param defaults whether a default written in the file was taken
 */
record Filling(List<String> names, List<FoundSecret> secrets, boolean variables, boolean defaults) {
  boolean mayBeSecret() {
    return variables || !secrets.isEmpty();
  }

  @Override
  public String toString() {
    return "${" + String.join("}, ${", names) + "}" + (secrets.isEmpty() ? "" : " " + secrets);
  }
}
