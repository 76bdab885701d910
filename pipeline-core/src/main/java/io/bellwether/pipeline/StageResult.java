package io.bellwether.pipeline;

import io.bellwether.internal.Words;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What came of a stage.
 *
 * @param succeeded whether what depends on it may run
 * @param message what was seen, for people; empty when there is nothing to say. Never a secret
 * @param outputs what later stages can read; never a secret
 */
public record StageResult(boolean succeeded, String message, Map<String, String> outputs) {
  /** The most characters of all outputs: 1,048,576. What is larger belongs into a file. */
  public static final int MOST_OUTPUT = 1 << 20;

  /**
   * Copies the outputs, cuts a message of more than 2,000 characters, and takes none for empty.
   *
   * @throws IllegalArgumentException if the outputs have more than {@link #MOST_OUTPUT} characters
   */
  public StageResult {
    message = Words.of(message);
    outputs = Map.copyOf(outputs);
    var size =
        outputs.entrySet().stream()
            .mapToLong(output -> output.getKey().length() + output.getValue().length())
            .sum();
    if (size > MOST_OUTPUT) {
      throw new IllegalArgumentException(
          "its outputs "
              + outputs.keySet()
              + " have "
              + size
              + " characters, at most "
              + MOST_OUTPUT
              + " are remembered: write them to a file and put out its path");
    }
  }

  /** It did what it should. */
  public static StageResult success() {
    return success("");
  }

  /** It did what it should, with a figure worth showing. */
  public static StageResult success(String message) {
    return new StageResult(true, message, Map.of());
  }

  /** It did not. */
  public static StageResult failure(String message) {
    return new StageResult(false, message, Map.of());
  }

  /** The same with one more output. */
  public StageResult with(String name, String value) {
    var more = new LinkedHashMap<>(outputs);
    more.put(name, value);
    return new StageResult(succeeded, message, more);
  }
}
