package io.bellwether.prompt;

import io.bellwether.prompt.PromptProblem.Rule;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads every prompt of a folder. */
final class PromptFolder {
  private static final Set<String> ENDINGS = Set.of("md", "txt", "yml", "yaml", "json");
  private static final int DEEPEST = 2;
  private static final long LARGEST = 1 << 20;

  private final Path folder;
  private final List<PromptProblem> problems = new ArrayList<>();

  /** By path below the folder, in its order. */
  private final Map<String, Prompt> prompts = new LinkedHashMap<>();

  private int files;

  private PromptFolder(Path folder) {
    this.folder = folder;
  }

  static PromptFolder read(Path folder) {
    var read = new PromptFolder(folder);
    try (var found = Files.walk(folder, DEEPEST)) {
      found.filter(PromptFolder::isPrompt).sorted().forEach(read::file);
    } catch (IOException e) {
      read.problems.add(
          new PromptProblem(Rule.SYNTAX, false, ".", 1, 1, "the folder cannot be read: " + folder));
    }
    read.twice();
    return read;
  }

  private static boolean isPrompt(Path path) {
    var name = path.getFileName().toString();
    return ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1))
        && !name.startsWith(".")
        && !name.equals("README.md")
        && Files.isRegularFile(path);
  }

  private void file(Path path) {
    files++;
    var name = folder.relativize(path).toString().replace('\\', '/');
    try {
      if (Files.size(path) > LARGEST) {
        problem(name, "the file is larger than 1 MiB");
        return;
      }
      var file = new PromptFile(name, PromptFile.nameOf(name), Files.readString(path));
      var prompt = file.read();
      problems.addAll(file.problems());
      if (prompt != null) {
        prompts.put(name, prompt);
      }
    } catch (CharacterCodingException e) {
      problem(name, "the bytes of the file are not UTF-8");
    } catch (IOException e) {
      problem(name, "the file cannot be read (" + e.getClass().getSimpleName() + ")");
    }
  }

  private void problem(String file, String message) {
    problems.add(new PromptProblem(Rule.SYNTAX, false, file, 1, 1, message));
  }

  /** A prompt in its own folder and beside it would have two stable versions. */
  private void twice() {
    for (var path : List.copyOf(prompts.keySet())) {
      var inFolder = PromptFile.nameOf(path) + "/";
      if (!path.contains("/") && prompts.keySet().stream().anyMatch(p -> p.startsWith(inFolder))) {
        problems.add(
            new PromptProblem(
                Rule.NAME, false, path, 1, 1, "there is a folder of that name as well; keep one"));
      }
    }
  }

  int files() {
    return files;
  }

  List<PromptProblem> problems() {
    return List.copyOf(problems);
  }

  Map<String, Prompt> prompts() {
    return prompts;
  }
}
