package io.bellwether.examples.quickstart.chat;

import io.bellwether.examples.quickstart.http.Json;
import io.bellwether.metrics.Outcome;
import io.bellwether.release.Version;
import io.bellwether.routing.local.Classifier;

/**
 * What came of asking the model, in the host's judgement.
 *
 * @param version the prompt that was used
 * @param outcome what this counts as
 * @param text the model's words; blank unless it said something
 * @param tokens the tokens the model charged for
 */
public record Answer(Version version, Outcome outcome, String text, int tokens) {
  /** How the router learns what came of a call. */
  static final Classifier<Answer> JUDGEMENT =
      new Classifier<>() {
        @Override
        public Outcome outcome(Answer answer) {
          return answer.outcome();
        }

        @Override
        public long tokens(Answer answer) {
          return answer.tokens();
        }
      };

  /** The status the user's request ends with: a model's failure is a bad gateway. */
  int status() {
    return switch (outcome.kind()) {
      case SUCCESS, EMPTY -> 200;
      case RATE_LIMITED -> 429;
      case ERROR -> 502;
    };
  }

  /** The body of the user's answer. */
  byte[] toJson() {
    return Json.object(
        out -> {
          out.writeStringField("version", version.id());
          out.writeStringField("outcome", outcome.label());
          out.writeStringField("answer", text);
        });
  }
}
