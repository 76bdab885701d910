package io.bellwether.spring;

import io.bellwether.BellwetherException;
import io.bellwether.release.Release;
import io.bellwether.spring.BellwetherProperties.ReleaseSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What may be rolled out.
 *
 * @param all those of the properties and the host's beans
 */
record Releases(List<Release> all) {
  static Releases of(BellwetherProperties properties, Stream<Release> beans) {
    var named =
        properties.releases().entrySet().stream()
            .map(entry -> Release.named(entry.getKey()).initial(initial(entry)));
    return new Releases(Stream.concat(named, beans).toList());
  }

  private static String initial(Map.Entry<String, ReleaseSettings> release) {
    return Optional.ofNullable(release.getValue().initial())
        .filter(version -> !version.isBlank())
        .orElseThrow(
            () ->
                new BellwetherException(
                    "bellwether.releases."
                        + release.getKey()
                        + ".initial is missing: say which version is stable at first"));
  }

  List<String> names() {
    return all.stream().map(Release::name).sorted().toList();
  }
}
