package io.bellwether.runtime;

import io.bellwether.release.Version;
import io.bellwether.routing.TrafficRouter;
import io.bellwether.routing.TrafficSplit;
import io.bellwether.routing.Weight;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A router in a directory, as a proxy with a file would be: it outlives the process that drives it.
 */
final class FileRouter implements TrafficRouter {
  private final Path current;
  private final Path history;

  FileRouter(Path directory) {
    current = directory.resolve("router");
    history = directory.resolve("router.history");
  }

  @Override
  public void apply(TrafficSplit split) {
    var line = String.join(" ", "" + split.stable(), "" + split.candidate(), percent(split));
    try {
      var draft = current.resolveSibling("router.new");
      Files.writeString(draft, line);
      Files.writeString(history, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      Files.move(draft, current, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String percent(TrafficSplit split) {
    return Double.toString(split.weight().percent());
  }

  @Override
  public TrafficSplit read(String release) {
    try {
      return split(release, Files.readString(current));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every split that was applied, by whichever process. */
  List<TrafficSplit> applied(String release) throws IOException {
    return Files.readAllLines(history).stream().map(line -> split(release, line)).toList();
  }

  private static TrafficSplit split(String release, String line) {
    var words = line.strip().split(" ");
    var stable = new Version(words[0]);
    var candidate = new Version(words[1]);
    return stable.equals(candidate)
        ? TrafficSplit.stable(release, stable)
        : TrafficSplit.weighted(
            release, stable, candidate, Weight.percent(Double.parseDouble(words[2])));
  }
}
