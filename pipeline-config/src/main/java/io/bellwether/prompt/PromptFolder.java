package io.bellwether.prompt;

import io.bellwether.prompt.PromptProblem.Rule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads every prompt of a folder. */
final class PromptFolder {
  private static final Set<String> ENDINGS = Set.of("md", "txt", "yml", "yaml", "json");
  private static final Set<String> ROLES = Set.of("stable", "candidate");
  private static final long LARGEST = 1 << 20;

  private final Path folder;
  private final List<PromptProblem> problems = new ArrayList<>();

  /** By path below the folder, in its order. */
  private final Map<String, Prompt> prompts = new LinkedHashMap<>();

  /** Every file that was looked at, as a path below the folder. */
  private final List<String> names = new ArrayList<>();

  private PromptFolder(Path folder) {
    this.folder = folder;
  }

  static PromptFolder read(Path folder) {
    var read = new PromptFolder(folder);
    for (var path : read.entries(folder)) {
      if (Files.isDirectory(path)) {
        read.entries(path).stream().filter(PromptFolder::isPrompt).forEach(read::file);
      } else if (isPrompt(path)) {
        read.file(path);
      }
    }
    read.twice();
    read.roles();
    return read;
  }

  /**
   * What is not hidden, sorted. Links are followed: a mounted folder has links into a hidden one
   * that is exchanged as a whole.
   */
  private List<Path> entries(Path of) {
    try (var found = Files.list(of)) {
      return found.filter(path -> !nameIn(path).startsWith(".")).sorted().toList();
    } catch (IOException | UncheckedIOException e) {
      var place = of.equals(folder) ? "." : nameIn(of);
      problem(place, Rule.SYNTAX, "the folder cannot be read: " + of);
      return List.of();
    }
  }

  private static String nameIn(Path path) {
    return String.valueOf(path.getFileName());
  }

  private static boolean isPrompt(Path path) {
    var name = nameIn(path).toLowerCase(Locale.ROOT);
    return ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1))
        && !name.equals("readme.md")
        && Files.isRegularFile(path);
  }

  private void file(Path path) {
    var name = folder.relativize(path).toString().replace('\\', '/');
    names.add(name);
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
    problem(file, Rule.SYNTAX, message);
  }

  private void problem(String file, Rule rule, String message) {
    problems.add(new PromptProblem(rule, false, file, 1, 1, message));
  }

  /**
   * A prompt in its own folder and beside it, or in two formats, would have two stable versions.
   */
  private void twice() {
    var folders = new HashSet<String>();
    names.stream().filter(name -> name.contains("/")).map(PromptFile::nameOf).forEach(folders::add);
    var byStem = new HashMap<String, String>();
    for (var name : names) {
      if (!name.contains("/") && folders.contains(PromptFile.nameOf(name))) {
        problem(name, Rule.NAME, "there is a folder of that name as well; keep one");
      }
      var other = byStem.putIfAbsent(PromptFile.stemOf(name), name);
      if (other != null) {
        problem(name, Rule.NAME, "the same version stands in " + other + " as well; keep one");
      }
    }
  }

  /** A candidate that is none for its spelling alone would never be released. */
  private void roles() {
    for (var name : names) {
      var role = PromptFile.stemOf(name).substring(name.indexOf('/') + 1);
      var meant = role.toLowerCase(Locale.ROOT);
      if (name.contains("/") && ROLES.contains(meant) && !role.equals(meant)) {
        problem(name, Rule.NAME, "the file is no " + meant + "; spell its name '" + meant + "'");
      }
    }
  }

  int files() {
    return names.size();
  }

  List<PromptProblem> problems() {
    return List.copyOf(problems);
  }

  Map<String, Prompt> prompts() {
    return prompts;
  }
}
