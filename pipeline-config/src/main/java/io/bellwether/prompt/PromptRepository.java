package io.bellwether.prompt;

import io.bellwether.BellwetherException;
import io.bellwether.release.Release;
import io.bellwether.release.Version;
import io.bellwether.release.VersionCatalog;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The prompts of a folder, by version: the catalog that turns a stored version back into its
 * prompt. Immutable and thread-safe; load it again to see edits.
 */
public final class PromptRepository implements VersionCatalog<Prompt> {
  private final Map<String, Prompt> byPath;
  private final Map<Version, Prompt> byVersion = new HashMap<>();

  private PromptRepository(Map<String, Prompt> byPath) {
    this.byPath = byPath;
    byPath.values().forEach(prompt -> byVersion.put(prompt.version(), prompt));
  }

  /**
   * Reads and checks every prompt of a folder.
   *
   * @throws BellwetherException with the whole report if the validation fails
   */
  public static PromptRepository load(Path folder) {
    var read = PromptFolder.read(folder);
    var report = new PromptReport(read.files(), read.problems());
    if (!report.passed()) {
      throw new BellwetherException("the prompts in " + folder + " cannot be used:\n" + report);
    }
    return new PromptRepository(new TreeMap<>(read.prompts()));
  }

  @Override
  public Optional<Prompt> find(Version version) {
    return Optional.ofNullable(byVersion.get(version));
  }

  /** The names of all prompts, sorted. */
  public List<String> names() {
    return byPath.values().stream().map(Prompt::name).distinct().sorted().toList();
  }

  /** All versions of a prompt that are in the folder, in the order of their files. */
  public List<Prompt> versions(String name) {
    return byPath.values().stream().filter(prompt -> prompt.name().equals(name)).toList();
  }

  /**
   * A release of this prompt with its two versions: {@code stable} and, if there is one, {@code
   * candidate}.
   *
   * @throws IllegalArgumentException if there is no stable version of that name
   */
  public PromptRelease release(String name) {
    var stable = named(name, "stable");
    if (stable == null) {
      throw new IllegalArgumentException(
          "there is no stable version of prompt '"
              + name
              + "': expected "
              + name
              + "/stable.md or "
              + name
              + ".md; known: "
              + names());
    }
    var candidate =
        Optional.ofNullable(named(name, "candidate"))
            .map(Prompt::version)
            .filter(version -> !version.equals(stable.version()));
    return new PromptRelease(Release.named(name).initial(stable.version()), candidate, this);
  }

  private @Nullable Prompt named(String name, String role) {
    return byPath.entrySet().stream()
        .filter(
            entry ->
                entry.getKey().matches("\\Q" + name + "/" + role + "\\E\\.[A-Za-z]+")
                    || role.equals("stable")
                        && entry.getKey().matches("\\Q" + name + "\\E\\.[A-Za-z]+"))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(null);
  }
}
