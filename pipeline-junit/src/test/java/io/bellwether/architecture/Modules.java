package io.bellwether.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.regex.Pattern;

/** Tells which module a class was loaded from, whether it is packaged yet or not. */
final class Modules {
  private static final Pattern LOCATION =
      Pattern.compile(
          "/(?<folder>[^/]+)/target/(strict/)?(test-)?classes/|/(?<jar>[a-z-]+)-\\d[^/]*\\.jar!");

  private Modules() {}

  /** The artifact id of the module this class belongs to. */
  static String of(JavaClass type) {
    var source = type.getBaseComponentType().getSource();
    var location = source.map(found -> found.getUri().toString()).orElse("nowhere");
    var matcher = LOCATION.matcher(location);
    if (!matcher.find()) {
      throw new IllegalStateException(type.getName() + " comes from " + location);
    }
    var folder = matcher.group("folder");
    return folder != null ? folder : matcher.group("jar");
  }

  static boolean isOurs(JavaClass type) {
    return type.getPackageName().startsWith("io.bellwether");
  }
}
