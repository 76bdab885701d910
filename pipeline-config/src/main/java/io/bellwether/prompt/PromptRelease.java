package io.bellwether.prompt;

import io.bellwether.release.Release;
import io.bellwether.release.Version;
import java.util.Optional;

/**
 * A prompt as something that is released.
 *
 * @param release its name and its stable version
 * @param candidate the version to be rolled out, unless there is none or it is the stable one
 * @param prompts turns versions into prompts
 */
public record PromptRelease(
    Release release, Optional<Version> candidate, PromptRepository prompts) {
  /**
   * The prompt of a version, for whoever answers a request that was routed to it.
   *
   * @throws IllegalArgumentException if the repository has no such version
   */
  public Prompt prompt(Version version) {
    return prompts
        .find(version)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no prompt has the version " + version + "; load the folder it is in"));
  }
}
