package io.bellwether.config;

import io.bellwether.config.ConfigProblem.Kind;
import io.bellwether.secret.FoundSecret;
import io.bellwether.secret.source.SecretNames;
import java.util.List;
import java.util.Set;

/**
 * What an environment asks of its secrets: made for it alone in production, never written into a
 * file, named after what they open.
 *
 * @param environment the environment of this load
 * @param production the names of environments that count as production
 */
record SecretRules(String environment, Set<String> production) {
  private static final int SHORTEST = 8;

  private boolean isProduction() {
    return production.stream().anyMatch(environment::equalsIgnoreCase);
  }

  /** A value was filled in. */
  void filled(
      KeyPath path,
      Scalar scalar,
      boolean secret,
      ProblemList problems,
      List<ConfigProblem> warnings) {
    var filling = scalar.filled();
    if (filling == null) {
      return;
    }
    for (var found : filling.secrets()) {
      scope(path, scalar, found, problems);
      SecretNames.problemWith(found.name())
          .ifPresent(
              words -> problems.add(Kind.SECRET_NAME, path.toString(), scalar.origin(), words));
    }
    if (!filling.defaults() && (secret || !filling.secrets().isEmpty())) {
      length(path, scalar, problems, warnings);
    }
    if (secret && filling.variables() && isProduction()) {
      problems.add(
          Kind.SECRET_SCOPE,
          path.toString(),
          scalar.origin(),
          "the secret ${"
              + String.join("}, ${", filling.names())
              + "} comes from a plain variable, which counts as the whole repository's; "
              + environment
              + " takes its own alone: secrets(environmentVariables().scope(\""
              + environment
              + "\"))");
    }
    if (secret && filling.defaults()) {
      literal(path, scalar, problems, warnings);
    }
  }

  /** What is too short cannot be masked, and can be guessed. */
  private void length(
      KeyPath path, Scalar scalar, ProblemList problems, List<ConfigProblem> warnings) {
    if (scalar.text().strip().length() >= SHORTEST) {
      return;
    }
    report(
        Kind.SECRET_LENGTH,
        path,
        scalar,
        "a secret of less than " + SHORTEST + " characters; it is not masked in logs",
        problems,
        warnings);
  }

  private void scope(KeyPath path, Scalar scalar, FoundSecret found, ProblemList problems) {
    var fits = isProduction() ? found.scope().isOf(environment) : found.scope().covers(environment);
    if (!fits) {
      problems.add(
          Kind.SECRET_SCOPE,
          path.toString(),
          scalar.origin(),
          found + ", is not for " + environment + "; make one of scope environment " + environment);
    }
  }

  /** A secret stands in a file, or a default of one does. */
  void literal(KeyPath path, Scalar scalar, ProblemList problems, List<ConfigProblem> warnings) {
    if (scalar.text().isEmpty()) {
      return;
    }
    report(
        Kind.LITERAL_SECRET,
        path,
        scalar,
        "a secret stands in the file; take it from a secret source with a placeholder, such as"
            + " ${AI_API_KEY}",
        problems,
        warnings);
  }

  /** The name of this value, or of a mapping around it, often stands for a secret. */
  void doubtful(KeyPath path, Scalar scalar, List<ConfigProblem> warnings) {
    warnings.add(
        new ConfigProblem(
            Kind.LITERAL_SECRET,
            path.toString(),
            scalar.origin(),
            "by its name this may be a secret, and it stands in the file; if it is one, take it"
                + " from a secret source with a placeholder, such as ${AI_API_KEY}",
            List.of()));
  }

  /** A problem in production, a warning elsewhere. */
  private void report(
      Kind kind,
      KeyPath path,
      Scalar scalar,
      String message,
      ProblemList problems,
      List<ConfigProblem> warnings) {
    var problem = new ConfigProblem(kind, path.toString(), scalar.origin(), message, List.of());
    if (isProduction()) {
      problems.add(problem);
    } else {
      warnings.add(problem);
    }
  }
}
