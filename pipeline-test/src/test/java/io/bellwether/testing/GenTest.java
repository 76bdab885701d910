package io.bellwether.testing;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GenTest {
  private static final List<String> LETTERS = List.of("a", "b", "c", "d", "e", "f", "g", "h");

  @Test
  void the_same_number_draws_the_same_values_on_every_machine() {
    var gen = new Gen(42);

    // the first output of SplitMix64 for the seed 42, as published, is 13679457532755275413
    assertThat(new Gen(42).nextLong()).isEqualTo(Long.parseUnsignedLong("13679457532755275413"));
    assertThat(gen.nextInt(1_000_000)).isEqualTo(275_413);
    assertThat(gen.nextDouble()).isEqualTo(0.1599103928769201);
    assertThat(gen.between(-1_000, 1_000)).isEqualTo(-430);
    assertThat(gen.word()).isEqualTo("xmrgvcy");
    assertThat(gen.shuffle(LETTERS)).containsExactly("d", "f", "g", "b", "e", "c", "a", "h");
    assertThat(gen.split().nextLong()).isEqualTo(1609992192498807615L);
  }

  @Test
  void even_draws_stay_within_their_bounds_and_reach_all_of_them() {
    var gen = new Gen(1);

    assertThat(draws(() -> gen.nextInt(5))).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
    assertThat(draws(() -> gen.nextInt(-1, 2))).containsExactlyInAnyOrder(-1, 0, 1);
    assertThat(draws(gen::nextBoolean)).containsExactlyInAnyOrder(true, false);
    assertThat(draws(gen::nextDouble)).allMatch(value -> value >= 0 && value < 1);
    assertThat(draws(() -> gen.pick("x", "y"))).containsExactlyInAnyOrder("x", "y");
  }

  @Test
  void even_draws_are_even() {
    var gen = new Gen(2);
    var n = 100_000;

    var ones = Stream.generate(() -> gen.nextInt(10)).limit(n).filter(draw -> draw == 0).count();
    var hits = Stream.generate(() -> gen.chance(0.03)).limit(n).filter(hit -> hit).count();
    var mean = Stream.generate(gen::nextDouble).limit(n).mapToDouble(d -> d).average();

    assertThat(ones / (double) n).isCloseTo(0.1, within(0.005));
    assertThat(hits / (double) n).isCloseTo(0.03, within(0.003));
    assertThat(mean.orElseThrow()).isCloseTo(0.5, within(0.005));
  }

  @Test
  void a_chance_of_nothing_never_comes_and_a_certain_one_always() {
    var gen = new Gen(3);

    assertThat(draws(() -> gen.chance(0))).containsExactly(false);
    assertThat(draws(() -> gen.chance(1))).containsExactly(true);
  }

  @Test
  void draws_between_two_ends_include_them_and_favour_them() {
    var gen = new Gen(4);

    assertThat(draws(() -> gen.between(1, 3))).containsExactlyInAnyOrder(1, 2, 3);
    assertThat(draws(() -> gen.between(Integer.MIN_VALUE, Integer.MAX_VALUE)))
        .contains(Integer.MIN_VALUE, Integer.MAX_VALUE);
    assertThat(draws(() -> gen.between(Long.MIN_VALUE, Long.MAX_VALUE)))
        .contains(Long.MIN_VALUE, Long.MAX_VALUE)
        .hasSizeGreaterThan(1_000);
    assertThat(draws(() -> gen.between(0.5, 0.75)))
        .contains(0.5, 0.75)
        .allMatch(value -> value >= 0.5 && value <= 0.75);
    assertThat(draws(() -> gen.between(ofMillis(1), ofSeconds(1))))
        .contains(ofMillis(1), ofSeconds(1))
        .allMatch(d -> d.compareTo(ofMillis(1)) >= 0 && d.compareTo(ofSeconds(1)) <= 0);
  }

  @Test
  void nothing_can_be_drawn_from_an_empty_range() {
    var gen = new Gen(5);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> gen.between(3, 2))
        .withMessage("nothing to draw from 3 to 2");
    assertThatIllegalArgumentException().isThrownBy(() -> gen.between(0.2, 0.1));
    assertThatIllegalArgumentException().isThrownBy(() -> gen.nextInt(0));
    assertThatIllegalArgumentException().isThrownBy(() -> gen.pick(List.of()));
  }

  @Test
  void lists_have_every_length_allowed() {
    var gen = new Gen(6);

    assertThat(draws(() -> gen.list(0, 3, gen::word).size())).containsExactlyInAnyOrder(0, 1, 2, 3);
  }

  @Test
  void subsets_keep_the_order_and_reach_from_nothing_to_everything() {
    var gen = new Gen(7);

    var subsets = draws(() -> gen.subset(LETTERS));

    assertThat(subsets)
        .contains(List.of(), LETTERS)
        .allMatch(s -> s.equals(s.stream().sorted().toList()));
    assertThat(subsets).hasSizeGreaterThan(100);
  }

  @Test
  void shuffles_lose_nothing_and_put_everything_everywhere() {
    var gen = new Gen(8);

    var shuffles = draws(() -> gen.shuffle(LETTERS));

    assertThat(shuffles)
        .allSatisfy(s -> assertThat(s).containsExactlyInAnyOrderElementsOf(LETTERS));
    for (var position = 0; position < LETTERS.size(); position++) {
      var at = position;
      assertThat(shuffles.stream().map(s -> s.get(at)).distinct()).hasSize(LETTERS.size());
    }
  }

  @Test
  void strings_are_nasty_but_well_formed_and_no_longer_than_asked() {
    var gen = new Gen(9);

    var strings = draws(() -> gen.string(30));

    assertThat(strings)
        .contains("")
        .allMatch(s -> s.length() <= 30)
        .allMatch(
            s -> s.equals(new String(s.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)))
        .anyMatch(s -> s.contains("\0"))
        .anyMatch(s -> s.contains("\"") || s.contains("\\"))
        .anyMatch(s -> s.codePoints().anyMatch(Character::isSupplementaryCodePoint));
  }

  @Test
  void words_are_made_for_names() {
    var gen = new Gen(10);

    assertThat(draws(gen::word)).allMatch(word -> word.matches("[a-z]{1,12}"));
  }

  @Test
  void a_split_draws_on_its_own() {
    var gen = new Gen(11);
    var twin = new Gen(11);

    var split = gen.split();
    twin.split();
    split.nextLong();

    assertThat(gen.nextLong()).isEqualTo(twin.nextLong()).isNotEqualTo(split.nextLong());
  }

  private static <T> HashSet<T> draws(Supplier<T> draw) {
    var drawn = new HashSet<T>();
    for (var i = 0; i < 3_000; i++) {
      drawn.add(draw.get());
    }
    return drawn;
  }
}
