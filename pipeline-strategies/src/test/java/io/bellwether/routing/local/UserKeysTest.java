package io.bellwether.routing.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UserKeysTest {
  /** The list of docs/routing-hash.md. */
  private static final String BLANK =
      "9-d 1c-20 85-85 a0-a0 1680-1680 180e-180e 2000-200d 2028-2029 202f-202f 205f-2060 3000-3000"
          + " feff-feff";

  @Test
  void the_blank_characters_are_the_published_ones_alone() {
    var blank =
        IntStream.rangeClosed(0, 0xFFFF)
            .filter(character -> UserKeys.isBlank(String.valueOf((char) character)));
    assertThat(ranges(blank.toArray())).isEqualTo(BLANK);
  }

  @Test
  void all_that_java_and_unicode_call_space_is_blank() {
    assertThat(IntStream.rangeClosed(0, 0xFFFF))
        .filteredOn(
            character -> Character.isWhitespace(character) || Character.isSpaceChar(character))
        .allMatch(character -> UserKeys.isBlank(String.valueOf((char) (int) character)));
  }

  private static String ranges(int[] sorted) {
    var starts =
        IntStream.range(0, sorted.length).filter(i -> i == 0 || sorted[i - 1] + 1 != sorted[i]);
    return starts
        .mapToObj(
            start -> {
              var end = start;
              while (end + 1 < sorted.length && sorted[end + 1] == sorted[end] + 1) {
                end++;
              }
              return Integer.toHexString(sorted[start]) + "-" + Integer.toHexString(sorted[end]);
            })
        .collect(Collectors.joining(" "));
  }
}
