package io.bellwether.routing.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.metrics.Outcome;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClassifierTest {
  private final Classifier<Object> standard = Classifier.standard();

  @Test
  void an_answer_with_content_is_a_success() {
    assertThat(List.of("text", new StringBuilder(" x "), 0, false, Optional.of(""), List.of()))
        .allSatisfy(answer -> assertThat(standard.outcome(answer)).isSameAs(Outcome.success()));
  }

  @Test
  void nothing_and_blank_texts_and_empty_optionals_are_empty() {
    assertThat(standard.outcome(null)).isSameAs(Outcome.empty());
    assertThat(List.of("", " \t\n\u2003", new StringBuilder(" "), Optional.empty()))
        .allSatisfy(answer -> assertThat(standard.outcome(answer)).isSameAs(Outcome.empty()));
  }

  @Test
  void a_failure_is_an_error_known_by_its_class_and_made_once() {
    var outcome = standard.failure(new IOException("reset"));
    assertThat(outcome).isEqualTo(Outcome.error("IOException"));
    assertThat(standard.failure(new IOException("other"))).isSameAs(outcome);
  }

  @Test
  void an_anonymous_failure_is_known_by_what_it_extends() {
    class Local extends RuntimeException {
      private static final long serialVersionUID = 1L;
    }
    var anonymous =
        new Local() {
          private static final long serialVersionUID = 1L;
        };
    assertThat(standard.failure(anonymous).label()).isEqualTo("Local");
  }

  @Test
  void a_long_class_name_is_cut_to_what_an_outcome_carries() {
    class TheUpstreamProviderClosedTheConnectionBeforeItsAnswerWasCompleteException
        extends RuntimeException {
      private static final long serialVersionUID = 1L;
    }
    var failure = new TheUpstreamProviderClosedTheConnectionBeforeItsAnswerWasCompleteException();
    assertThat(standard.failure(failure).label())
        .isEqualTo("TheUpstreamProviderClosedTheConnectionBeforeItsAnswerWasComp");
  }

  @Test
  void tokens_are_unknown_unless_counted() {
    assertThat(standard.tokens("four")).isZero();
    assertThat(Classifier.<String>counting(String::length).tokens("four")).isEqualTo(4);
  }
}
