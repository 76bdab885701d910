package io.bellwether.dashboard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** The files of the page, ours and those of the charting library's jar. */
final class Assets {
  /** The folder of the library in its jar; the version is that of the POM. */
  private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/dist/";

  private static final String SCRIPT = "text/javascript; charset=utf-8";
  private static final String STYLE = "text/css; charset=utf-8";
  private static final String HTML = "text/html; charset=utf-8";

  private final Map<String, Answer> files = new TreeMap<>();

  Assets() {
    add("/", "index.html", HTML);
    add("/login", "login.html", HTML);
    add("/assets/app.js", "app.js", SCRIPT);
    add("/assets/charts.js", "charts.js", SCRIPT);
    add("/assets/login.js", "login.js", SCRIPT);
    add("/assets/app.css", "app.css", STYLE);
    add("/assets/icon.svg", "icon.svg", "image/svg+xml");
    add("/assets/uplot.js", UPLOT + "uPlot.iife.min.js", SCRIPT);
    add("/assets/uplot.css", UPLOT + "uPlot.min.css", STYLE);
  }

  private void add(String path, String resource, String type) {
    try (var in = Assets.class.getResourceAsStream(resource)) {
      var body = Objects.requireNonNull(in, resource + " is on no class path").readAllBytes();
      files.put(path, new Answer(200, type, body, Map.of()));
    } catch (IOException e) {
      throw new UncheckedIOException(resource + " cannot be read", e);
    }
  }

  Optional<Answer> find(String path) {
    return Optional.ofNullable(files.get(path));
  }
}
