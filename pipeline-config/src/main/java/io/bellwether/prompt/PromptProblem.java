package io.bellwether.prompt;

/**
 * One thing that is wrong with a prompt file. Holds no text of it that may be a secret.
 *
 * @param rule which rule it breaks
 * @param warning whether it may stay; everything else fails the validation
 * @param file the file's path below the prompts' folder, with slashes
 * @param line from 1
 * @param column from 1
 * @param message what is wrong and what to do
 */
public record PromptProblem(
    Rule rule, boolean warning, String file, int line, int column, String message) {
  /** What a prompt file has to keep. */
  public enum Rule {
    /** Readable, in UTF-8, a head of well-formed YAML or JSON with known keys of the right type. */
    SYNTAX,
    /** There is a text. */
    TEMPLATE,
    /** What the text uses is declared, and what is declared is used. */
    VARIABLES,
    /** The text is within its limits. */
    SIZE,
    /** Schemas of inputs and outputs are schemas, and fit the variables. */
    SCHEMA,
    /** No secret is written down. */
    SECRET,
    /** No interpolation but {@code {{name}}}. */
    INTERPOLATION,
    /** The name is the one its place says, and no version stands there twice. */
    NAME
  }

  /** For example {@code support.md:7:12: {{custmer}} is not declared …}. */
  @Override
  public String toString() {
    return file + ":" + line + ":" + column + ": " + (warning ? "warning: " : "") + message;
  }
}
