package io.bellwether.config.settings;

import io.bellwether.Problems;
import io.bellwether.secret.Secret;
import java.util.Optional;

/**
 * The section {@code ai}.
 *
 * @param provider who serves the model, such as {@code openai}
 * @param model the model's name
 * @param temperature from 0 to 2
 * @param maxTokens of an answer; at least 1
 * @param apiKey from a placeholder alone
 */
public record AiSettings(
    Optional<String> provider,
    Optional<String> model,
    Optional<Double> temperature,
    Optional<Integer> maxTokens,
    Optional<Secret> apiKey) {
  /** Refuses, all at once, what no provider takes. */
  public AiSettings {
    var problems = new Problems();
    temperature
        .filter(value -> !(value >= 0 && value <= 2))
        .ifPresent(value -> problems.add("temperature is " + value + ", expected 0 to 2"));
    maxTokens
        .filter(value -> value < 1)
        .ifPresent(value -> problems.add("max_tokens is " + value + ", expected at least 1"));
    problems.throwIfAny("ai");
  }
}
