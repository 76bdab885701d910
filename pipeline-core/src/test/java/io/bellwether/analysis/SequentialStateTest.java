package io.bellwether.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.Ratio;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SequentialStateTest {
  private final SplittableRandom random = new SplittableRandom(20_260_105);
  private final SequentialJudge judge = SequentialJudge.create(j -> j.tempered());

  @Test
  void a_journalled_state_goes_on_as_if_nothing_had_happened() {
    for (var nth = 0; nth < 50; nth++) {
      var state = Blocks.after(judge, random, nth);
      var resumed = judge.resume(state.numbers());
      var block =
          Blocks.of(99, 25, Blocks.random(random, 30, 0.05), Blocks.random(random, 90, 0.01));

      assertThat(resumed.numbers()).as("case %d", nth).isEqualTo(state.numbers());
      assertThat(resumed.judgement()).isEqualTo(state.judgement());
      assertThat(resumed.next(block).numbers()).isEqualTo(state.next(block).numbers());
    }
  }

  @Test
  void the_numbers_survive_being_printed() {
    var numbers = Blocks.after(judge, random, 20).numbers();
    var read = numbers.stream().map(String::valueOf).map(Double::valueOf).toList();

    assertThat(judge.resume(read).numbers()).isEqualTo(numbers);
  }

  @Test
  void a_stream_takes_less_than_a_kibibyte() {
    var one = SequentialJudge.create(j -> j.streams(JudgedStream.errors())).start(1);
    var three = SequentialJudge.defaults().start(1);
    var perStream = (three.numbers().size() - one.numbers().size()) / 2;

    assertThat(perStream).isEqualTo(20);
    assertThat(perStream * Double.BYTES).isLessThanOrEqualTo(1024);
  }

  @Test
  void the_history_need_not_be_at_hand_to_resume() {
    var history = List.of(Blocks.counts(1000, 20, 5, 50));
    var learned = judge.toBuilder().history(history).build().start(1);

    assertThat(judge.resume(learned.numbers()).stream(0).stable())
        .isEqualTo(learned.stream(0).stable());
  }

  @Test
  void a_state_of_other_settings_is_refused() {
    var numbers = judge.start(1).numbers();
    var other = judge.toBuilder().alpha(Ratio.percent(2)).build();

    assertThatThrownBy(() -> other.resume(numbers))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the judge's state was kept with other settings than sequential: alpha 2%, beta 5%,"
                + " errors, empties, slow has now; start the launch anew, which spends alpha again");
  }

  @Test
  void whatever_the_guarantee_rests_on_is_part_of_the_settings() {
    var plain = SequentialJudge.defaults();
    var numbers = plain.start(1).numbers();
    var changed =
        List.of(
            plain.toBuilder().beta(Ratio.percent(1)),
            plain.toBuilder().refill(0.01),
            plain.toBuilder().tempered(),
            plain.toBuilder().lifts(1, Lift.times(2, 1)),
            plain.toBuilder().lifts(1, Lift.points(0.5, 1)),
            plain.toBuilder().streams(JudgedStream.errors()),
            plain.toBuilder().streams(JudgedStream.slow(1)),
            plain.toBuilder().streams(JudgedStream.errors().tolerance(Ratio.percent(1))));

    assertThat(changed)
        .allSatisfy(
            builder ->
                assertThatThrownBy(() -> builder.build().resume(numbers))
                    .hasMessageContaining("other settings"));
    assertThat(plain.toBuilder().name("renamed").minimumSample(7).build().resume(numbers))
        .isNotNull();
  }

  @Test
  void a_state_that_was_cut_off_is_refused() {
    var numbers = judge.start(1).numbers();

    assertThatThrownBy(() -> judge.resume(numbers.subList(0, numbers.size() - 1)))
        .hasMessage(
            "judge state of "
                + (numbers.size() - 1)
                + " numbers ends too early: it was cut off in the journal");
    var longer = new ArrayList<>(numbers);
    longer.add(0.0);
    assertThatThrownBy(() -> judge.resume(longer))
        .hasMessage("judge state of " + longer.size() + " numbers has more than it should");
  }

  @Test
  void a_state_that_was_damaged_is_refused_rather_than_gone_on_with() {
    var numbers = Blocks.after(judge, random, 20).numbers();
    for (var i = 0; i < numbers.size(); i++) {
      for (var odd : new double[] {Double.NaN, Double.POSITIVE_INFINITY, 1e300}) {
        var damaged = new ArrayList<>(numbers);
        damaged.set(i, odd);
        assertThatThrownBy(() -> judge.resume(damaged))
            .as("%s at %d", odd, i)
            .isInstanceOf(IllegalArgumentException.class);
      }
    }
    var sequence = new ArrayList<>(numbers);
    sequence.set(3, 1e300);
    assertThatThrownBy(() -> judge.resume(sequence)).hasMessageContaining("damaged");
    var share = new ArrayList<>(numbers);
    share.set(20, share.get(20) + 1e-3);
    assertThatThrownBy(() -> judge.resume(share)).hasMessageContaining("add up to");
  }
}
