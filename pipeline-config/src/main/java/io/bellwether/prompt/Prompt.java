package io.bellwether.prompt;

import io.bellwether.release.Version;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * One version of a prompt. Immutable and thread-safe.
 *
 * @param name the prompt's name, shared by its versions
 * @param version its content's hash behind its name, such as {@code support@3f2a9c81d0e44b7a}
 * @param model the model it was written for
 * @param template the text with its variables
 * @param variables the variables it takes, by name
 * @param limits how long the text may be
 */
public record Prompt(
    String name,
    Version version,
    Optional<String> model,
    String template,
    Map<String, PromptVariable> variables,
    PromptLimits limits) {
  /** Keeps its own copy of the variables. */
  public Prompt {
    variables = Map.copyOf(variables);
  }

  /**
   * The text with these values in place of its variables. Values are not looked at again: one that
   * looks like a variable stays as it is.
   *
   * @throws IllegalArgumentException that names every variable that is missing or unknown, and no
   *     value
   */
  public String render(Map<String, String> values) {
    var missing = new TreeSet<String>();
    variables.forEach(
        (variable, rule) -> {
          if (values.get(variable) == null && rule.defaultsTo().isEmpty()) {
            missing.add(variable);
          }
        });
    var unknown = new TreeSet<>(values.keySet());
    unknown.removeAll(variables.keySet());
    if (!missing.isEmpty() || !unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "prompt '"
              + name
              + "': missing variables "
              + missing
              + ", unknown variables "
              + unknown
              + "; it takes "
              + new TreeSet<>(variables.keySet()));
    }
    return TemplateText.replace(
        template,
        variable ->
            Optional.ofNullable(values.get(variable))
                .or(() -> Optional.ofNullable(variables.get(variable)).flatMap(v -> v.defaultsTo()))
                .orElse(""));
  }

  /** For example {@code support@3f2a9c81d0e44b7a}. */
  @Override
  public String toString() {
    return version.id();
  }
}
