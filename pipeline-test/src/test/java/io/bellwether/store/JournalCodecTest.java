package io.bellwether.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.BellwetherException;
import io.bellwether.rollout.RolloutEvent;
import io.bellwether.testing.Cases;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JournalCodecTest {
  private static final String SAMPLE = "journal-format-1.jsonl";

  /** Every event there is, also one that somebody has added just now. */
  static Stream<Class<?>> events() {
    return Arrays.stream(RolloutEvent.class.getPermittedSubclasses());
  }

  @ParameterizedTest
  @MethodSource("events")
  void every_event_comes_back_with_every_field(Class<? extends RolloutEvent> type) {
    Cases.forAll(
        "round trip of " + type.getSimpleName(),
        150,
        gen -> {
          var values = new RandomValues(gen);
          List<RolloutEvent> events = gen.list(1, 3, () -> values.any(type));
          var bytes = JournalCodec.encode(events);
          assertThat(JournalCodec.decode(bytes)).isEqualTo(events);
          assertThat(bytes).as("ASCII").matches(all -> isAscii(all));
        });
  }

  private static boolean isAscii(byte[] bytes) {
    for (var octet : bytes) {
      if (octet < ' ') {
        return false;
      }
    }
    return true;
  }

  /**
   * The sample is what earlier versions wrote. A new event or field adds a line to it; no line ever
   * changes. If this fails for a line that was there before, journals on disks cannot be read any
   * more.
   */
  @Test
  void journals_of_earlier_versions_are_still_read() throws IOException {
    for (var line : sample()) {
      var events = decoded(journal(List.of(line)));
      assertThat(JournalCodec.decode(JournalCodec.encode(events))).as(line).isEqualTo(events);
    }
    assertThat(
            decoded(journal(sample())).stream().map(Object::getClass).collect(Collectors.toSet()))
        .containsExactlyInAnyOrderElementsOf(events().collect(Collectors.toSet()));
  }

  private static List<String> sample() throws IOException {
    try (var in = JournalCodecTest.class.getResourceAsStream(SAMPLE)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  private static String journal(List<String> events) {
    return "{\"format\":1,\"events\":[" + String.join(",", events) + "]}";
  }

  private static List<RolloutEvent> decoded(String document) {
    return JournalCodec.decode(document.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void an_empty_journal_is_a_journal() {
    assertThat(JournalCodec.encode(List.of())).asString().isEqualTo(journal(List.of()));
    assertThat(decoded(journal(List.of()))).isEmpty();
  }

  @Test
  void a_later_format_is_refused() {
    assertThatThrownBy(() -> decoded("{\"format\":2,\"events\":\"who knows\"}"))
        .isInstanceOf(BellwetherException.class)
        .hasMessage(
            "a journal is in format 2, this library reads format 1; use the version of the library"
                + " that wrote it");
  }

  @Test
  void an_event_nobody_knows_is_refused() {
    assertThatThrownBy(
            () ->
                decoded(journal(List.of("{\"type\":\"Judged\",\"at\":\"2026-01-01T00:00:00Z\"}"))))
        .isInstanceOf(BellwetherException.class)
        .hasMessage(
            "a journal's events[0] cannot be {type=Judged, at=2026-01-01T00:00:00Z}: 'Judged' is no"
                + " event this library knows; it was damaged, or written by a later version of the"
                + " library");
  }

  @Test
  void fields_too_many_too_few_or_of_another_kind_are_refused() {
    var released = "{\"type\":\"Released\",\"at\":\"%s\",\"judgedFrom\":\"2026-01-01T00:00:00Z\"}";
    var at = "2026-01-01T00:00:00Z";
    assertThatCode(() -> decoded(journal(List.of(released.formatted(at)))))
        .doesNotThrowAnyException();
    assertRefused(
        released.formatted(at).replace("}", ",\"more\":1}"), "nothing is known of [more]");
    assertRefused(released.formatted(at).replace("judgedFrom", "judged"), "has no 'judgedFrom'");
    assertRefused(released.formatted("today"), "events[0].at cannot be today");
    assertRefused(released.replace("\"%s\"", "7"), "expected a text");
    assertRefused(released.replace("\"%s\"", "null"), "no journal holds VALUE_NULL");
    assertRefused(
        "{\"type\":\"Entered\",\"at\":\"" + at + "\",\"phase\":\"NAPPING\",\"step\":0}",
        "events[0].phase cannot be NAPPING");
    assertRefused(
        "{\"type\":\"Entered\",\"at\":\"" + at + "\",\"phase\":\"BAKING\",\"step\":3000000000}",
        "events[0].step cannot be");
  }

  private static void assertRefused(String event, String why) {
    assertThatThrownBy(() -> decoded(journal(List.of(event))))
        .isInstanceOf(BellwetherException.class)
        .hasMessageContaining(why);
  }

  @Test
  void what_is_no_journal_is_refused() {
    for (var other : List.of("", "journal", "[]", "{}", "7", "{\"format\":1}", "{\"format\":1")) {
      assertThatThrownBy(() -> decoded(other)).isInstanceOf(BellwetherException.class);
    }
    assertThatThrownBy(() -> decoded(journal(List.of()) + " {}"))
        .hasMessageContaining("followed by something else");
    assertThatThrownBy(() -> decoded("{\"format\":1,\"format\":1,\"events\":[]}"))
        .hasMessageContaining("Duplicate field 'format'");
  }

  @Test
  void random_changes_are_read_or_refused_and_nothing_else() throws IOException {
    var whole = journal(sample()).getBytes(StandardCharsets.UTF_8);
    Cases.forAll(
        "mutated journals",
        1_500,
        gen -> {
          var bytes = whole.clone();
          UnaryOperator<byte[]> cut = all -> Arrays.copyOf(all, gen.between(0, all.length));
          for (var i = gen.between(1, 4); i > 0; i--) {
            bytes[gen.nextInt(bytes.length)] =
                (byte) (char) gen.pick('"', '{', ']', ',', '0', '\\', 'x');
          }
          try {
            JournalCodec.decode(gen.chance(0.2) ? cut.apply(bytes) : bytes);
          } catch (BellwetherException expected) {
            assertThat(expected).hasMessageContaining("journal");
          }
        });
  }
}
