package io.bellwether.config;

import io.bellwether.config.ConfigProblem.Kind;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong during one load or one bind. */
final class ProblemList {
  private final List<ConfigProblem> found = new ArrayList<>();

  void add(Kind kind, String path, Origin at, String message) {
    add(new ConfigProblem(kind, path, at, message, List.of()));
  }

  void add(ConfigProblem problem) {
    found.add(problem);
  }

  int size() {
    return found.size();
  }

  List<ConfigProblem> list() {
    return List.copyOf(found);
  }

  void throwIfAny(String subject) {
    if (!found.isEmpty()) {
      throw new ConfigException(subject, found);
    }
  }
}
