package io.bellwether.examples.quickstart.delivery;

import io.bellwether.examples.quickstart.chat.Prompt;
import io.bellwether.release.Version;
import io.bellwether.release.VersionCatalog;
import java.util.LinkedHashMap;
import java.util.Map;

/** The prompts in the repository, by version. */
final class Prompts {
  static final Version V1 = Version.version("v1");

  /** Better. */
  static final Version V2 = Version.version("v2");

  /** Good on a developer's machine and in staging; real users' questions break it. */
  static final Version V3 = Version.version("v3");

  /** Good, until the provider changes its model in the night. */
  static final Version V4 = Version.version("v4");

  private static final Map<Version, Prompt> ALL = new LinkedHashMap<>();

  static {
    add(V1, "You are the support assistant of a small shop. Be brief.");
    add(V2, "You are the support assistant of a small shop. Be warm, then be brief.");
    add(V3, "You are the support assistant of a small shop. Answer in a table of two columns.");
    add(V4, "You are the support assistant of a small shop. Be warm, and offer help.");
  }

  private Prompts() {}

  static VersionCatalog<Prompt> catalog() {
    return VersionCatalog.of(ALL);
  }

  static String text(Version version) {
    var prompt = ALL.get(version);
    if (prompt == null) {
      throw new IllegalArgumentException(
          "no prompt of version '" + version + "'; there are " + ALL.keySet());
    }
    return prompt.text();
  }

  private static void add(Version version, String text) {
    ALL.put(version, new Prompt(version, text));
  }
}
