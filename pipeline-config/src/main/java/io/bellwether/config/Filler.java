package io.bellwether.config;

import io.bellwether.config.ConfigProblem.Kind;
import io.bellwether.config.MapNode.Entry;
import io.bellwether.secret.Secret;
import io.bellwether.secret.source.SecretScanner;
import java.util.ArrayList;
import java.util.List;

/** Walks the merged tree once: fills placeholders and looks for secrets that were written down. */
final class Filler {
  private final Placeholders.Lookup lookup;
  private final SecretRules rules;
  private final ProblemList problems;
  private final List<ConfigProblem> warnings = new ArrayList<>();
  private final List<Secret> secrets = new ArrayList<>();
  private final KeyPath path = new KeyPath();

  Filler(Placeholders.Lookup lookup, SecretRules rules, ProblemList problems) {
    this.lookup = lookup;
    this.rules = rules;
    this.problems = problems;
  }

  void fill(MapNode root) {
    map(root, false, false);
  }

  /** What may be wrong but is no reason to refuse the configuration. */
  List<ConfigProblem> warnings() {
    return List.copyOf(warnings);
  }

  /** Every secret that was filled in or found under its name. */
  List<Secret> secrets() {
    return List.copyOf(secrets);
  }

  private void map(MapNode map, boolean secret, boolean hidden) {
    for (var entry : map.entries().entrySet()) {
      var old = entry.getValue();
      path.push(entry.getKey());
      var value = value(entry.getKey(), old.value(), secret, hidden);
      path.pop();
      if (value != old.value()) {
        entry.setValue(new Entry(old.key(), value));
      }
    }
  }

  private Node value(String key, Node value, boolean secret, boolean hidden) {
    if (value instanceof Scalar scalar) {
      return scalar(key, scalar, secret || Sensitivity.holdsSecret(key), hidden);
    }
    if (value instanceof MapNode map) {
      map(
          map,
          secret || Sensitivity.holdsNothingButSecrets(key),
          hidden || Sensitivity.holdsSecrets(key));
      return map;
    }
    var list = (ListNode) value;
    for (var i = 0; i < list.items().size(); i++) {
      var old = list.items().get(i);
      path.push(i);
      var item = value(key, old, secret, hidden);
      path.pop();
      if (item != old) {
        list.items().set(i, item);
      }
    }
    return list;
  }

  private Scalar scalar(String key, Scalar scalar, boolean secret, boolean hidden) {
    if (scalar.isNull() || scalar.filled() != null) {
      return scalar;
    }
    if (scalar.type() == Scalar.ScalarType.TEXT && Placeholders.in(scalar.text())) {
      return filled(key, scalar, secret);
    }
    literal(key, scalar);
    if (secret) {
      rules.literal(path, scalar, problems, warnings);
      remember(scalar.text());
    } else if (Sensitivity.isDoubtful(key, scalar) || hidden && Sensitivity.isText(scalar)) {
      rules.doubtful(path, scalar, warnings);
    }
    return scalar;
  }

  private Scalar filled(String key, Scalar scalar, boolean secret) {
    var result = Placeholders.fill(scalar.text(), lookup);
    if (result.bad() != null) {
      problems.add(Kind.BAD_EXPRESSION, path.toString(), scalar.origin(), result.bad());
      return scalar;
    }
    if (!result.missing().isEmpty()) {
      problems.add(
          new ConfigProblem(
              Kind.UNRESOLVED_VARIABLE,
              path.toString(),
              scalar.origin(),
              "no value for ${"
                  + String.join("}, ${", result.missing())
                  + "}; set it, it must not be empty, or write a default: ${NAME:default}",
              result.missing()));
      return scalar;
    }
    literal(key, scalar); // what stands around the placeholders, and their defaults
    var filled = scalar.filled(result.text(), result.filling());
    result.filling().secrets().forEach(found -> secrets.add(found.secret()));
    if (secret) {
      remember(result.text());
    }
    rules.filled(path, filled, secret, problems, warnings);
    return filled;
  }

  private void remember(String text) {
    if (!text.isEmpty()) {
      secrets.add(Secret.of(text));
    }
  }

  private void literal(String key, Scalar written) {
    for (var finding : SecretScanner.scan(key, written.text())) {
      var problem =
          new ConfigProblem(
              Kind.LITERAL_SECRET,
              path.toString(),
              written.origin(),
              "the value "
                  + finding
                  + "; revoke it, and take it from a secret source with a placeholder",
              List.of());
      if (finding.certain()) {
        problems.add(problem);
      } else {
        warnings.add(problem);
      }
    }
  }
}
