package io.bellwether.kubernetes;

import static java.util.stream.Collectors.joining;

import io.bellwether.release.Version;
import io.bellwether.routing.Audience;
import io.bellwether.routing.TrafficSplit;
import io.bellwether.routing.Weight;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The split as it was asked for, in an annotation of the route. What it says of the weight counts
 * only while the route has the weights that were made of it.
 */
final class Note {
  private Note() {}

  /** Texts of a split, divided by blanks. */
  static String of(TrafficSplit split) {
    return Stream.concat(
            Stream.of(split.stable().id(), split.candidate().id(), "" + split.weight().percent()),
            split.audiences().stream()
                .map(Audience.Header.class::cast)
                .flatMap(header -> Stream.of(header.name(), header.value())))
        .map(text -> URLEncoder.encode(text, StandardCharsets.UTF_8))
        .collect(joining(" "));
  }

  /** Empty if it is nothing this class has written. */
  static Optional<TrafficSplit> parse(String release, String text) {
    try {
      var parts =
          Stream.of(text.split(" ", -1))
              .map(part -> URLDecoder.decode(part, StandardCharsets.UTF_8))
              .toList();
      var audiences = new ArrayList<Audience>();
      for (var at = 3; at < parts.size(); at += 2) {
        audiences.add(Audience.header(parts.get(at), parts.get(at + 1)));
      }
      return Optional.of(
          new TrafficSplit(
              release,
              Version.version(parts.get(0)),
              Version.version(parts.get(1)),
              Weight.percent(Double.parseDouble(parts.get(2))),
              Weight.ZERO,
              List.copyOf(audiences)));
    } catch (IllegalArgumentException | IndexOutOfBoundsException notOurs) {
      return Optional.empty();
    }
  }
}
