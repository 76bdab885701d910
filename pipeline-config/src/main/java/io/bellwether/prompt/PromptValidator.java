package io.bellwether.prompt;

import java.nio.file.Path;

/** Checks every prompt of a folder. Stateless and thread-safe. */
public final class PromptValidator {
  private PromptValidator() {}

  /**
   * Checks the prompts of a folder and of the folders in it: files that end in md, txt, yml, yaml
   * or json. A README.md is none, and nothing whose name starts with a dot is looked at.
   *
   * @return every problem of every file; a folder that cannot be read is a problem as well
   */
  public static PromptReport validate(Path folder) {
    var read = PromptFolder.read(folder);
    return new PromptReport(read.files(), read.problems());
  }
}
