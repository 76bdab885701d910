package io.bellwether.alerting.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.alerting.route.Labels;
import io.bellwether.alerting.route.Matcher;
import io.bellwether.alerting.route.Silence;
import io.bellwether.vectors.VectorObject;
import java.time.Instant;
import java.util.List;

/** What silences silence, what is refused, and what a change becomes. */
final class SilenceVector {
  private SilenceVector() {}

  static void check(VectorObject given, VectorObject expect) {
    if (given.has("update")) {
      update(given.text("update"), expect);
    } else if (expect.has("error")) {
      AlertVector.refused(() -> silence(given), expect.text("error"));
    } else {
      var now = Instant.ofEpochSecond((long) given.optionalNumber("at").orElse(0));
      assertThat(silence(given).silences(Labels.of(given.textsByName("alert")), now))
          .isEqualTo(expect.flag("silenced"));
    }
  }

  private static Silence silence(VectorObject given) {
    var active = given.numbers("active");
    var matchers = given.texts("matchers").stream().map(Matcher::parse).toList();
    return silence(matchers, (long) active[0], (long) active[1]);
  }

  private static Silence silence(List<Matcher> matchers, long start, long end) {
    return new Silence(
        "s", matchers, Instant.ofEpochSecond(start), Instant.ofEpochSecond(end), "", "");
  }

  /** For example {@code active silence, later end, same start, same matchers}. */
  private static void update(String text, VectorObject expect) {
    var now = 0L;
    var start = -100L;
    var end = 100L;
    if (text.contains("pending silence")) {
      start = 50;
    } else if (text.contains("expired silence")) {
      end = -50;
    }
    var matchers = List.of(Matcher.parse("a=b"));
    var before = silence(matchers, start, end);
    var after =
        silence(
            changed(text, "matchers") ? List.of(Matcher.parse("a=c")) : matchers,
            changed(text, "start") ? start + 10 : start,
            changed(text, "end") ? end + 200 : end);
    assertThat(before.becomesInPlace(after, Instant.ofEpochSecond(now)))
        .isEqualTo(expect.flag("in_place"));
  }

  private static boolean changed(String text, String what) {
    return text.matches(
        ".*\\b(changed|different|other|new|later|earlier|moved)\\s+"
            + what
            + "\\b.*|.*\\b"
            + what
            + "\\s+(changed|moved)\\b.*|.*\\bchange of "
            + what
            + "\\b.*");
  }
}
