package io.bellwether.pipeline;

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
  /** Copies the outputs. */
  public StageResult {
    outputs = Map.copyOf(outputs);
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
