package io.bellwether.examples.quickstart.chat;

import io.bellwether.release.Version;

/**
 * The artefact that is rolled out.
 *
 * @param version its edition
 * @param text what the model is told before the user's question
 */
public record Prompt(Version version, String text) {
  /** A prompt by its version's id. */
  public static Prompt of(String version, String text) {
    return new Prompt(new Version(version), text);
  }
}
