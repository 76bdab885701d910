package io.bellwether.examples.cli.scan;

import io.bellwether.examples.cli.scan.SecretTree.Place;
import io.bellwether.secret.source.SecretFinding;
import io.bellwether.secret.source.SecretScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The places of a text: shapes in the whole of it, since a key may have many lines; guesses line by
 * line, since the scanner stops guessing where it is certain.
 */
final class Lines {
  /** A longer line is generated; its shapes are found, and guesses in it are noise. */
  private static final int LONGEST = 2_000;

  /** A setting of YAML, properties, an environment file or a shell. */
  private static final Pattern SETTING =
      Pattern.compile(
          "\\s*(?:export |- )?\\s*[\"']?([A-Za-z0-9_.-]{1,100})[\"']?\\s*[:=]\\s*(.{16,})");

  private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\".*|'([^']*)'.*|(\\S+).*");

  private Lines() {}

  static List<Place> scan(String file, String text) {
    var places = new ArrayList<Place>();
    var certain = SecretScanner.scan(text).stream().filter(SecretFinding::certain).toList();
    var start = 0;
    var line = 1;
    var next = 0;
    while (start <= text.length()) {
      var end = text.indexOf('\n', start);
      end = end < 0 ? text.length() : end;
      var sure = false;
      for (; next < certain.size() && certain.get(next).start() <= end; next++) {
        var found = certain.get(next);
        places.add(new Place(file, line, found.start() - start + 1, found.rule(), true));
        sure = true;
      }
      if (!sure && end - start <= LONGEST) {
        guess(file, line, text.substring(start, end), places);
      }
      start = end + 1;
      line++;
    }
    return places;
  }

  private static void guess(String file, int line, String text, List<Place> places) {
    var found = SecretScanner.scan(text);
    found.forEach(f -> places.add(new Place(file, line, f.start() + 1, f.rule(), f.certain())));
    var setting = SETTING.matcher(text);
    if (found.isEmpty() && setting.matches()) {
      var value = QUOTED.matcher(setting.group(2));
      for (var group = 1; value.matches() && group <= 3; group++) {
        if (value.group(group) != null) {
          var at = setting.start(2) + value.start(group) + 1;
          SecretScanner.scan(setting.group(1), value.group(group))
              .forEach(f -> places.add(new Place(file, line, at, f.rule(), f.certain())));
        }
      }
    }
  }
}
