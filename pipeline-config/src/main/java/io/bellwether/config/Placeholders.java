package io.bellwether.config;

import io.bellwether.secret.FoundSecret;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Fills the placeholders of one text; what was filled in is not looked at again. */
final class Placeholders {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");

  /** Where values come from; never an empty text. */
  interface Lookup {
    Optional<FoundSecret> secret(String name);

    Optional<String> variable(String name);

    /** Of functions; a text that is empty counts as not there. */
    static Lookup of(
        Function<String, Optional<FoundSecret>> secrets,
        Function<String, Optional<String>> variables) {
      return new Lookup() {
        @Override
        public Optional<FoundSecret> secret(String name) {
          return secrets.apply(name);
        }

        @Override
        public Optional<String> variable(String name) {
          return variables.apply(name).filter(text -> !text.isEmpty());
        }
      };
    }
  }

  /**
   * A filled text, or why there is none.
   *
   * @param missing names without a value
   * @param bad what is wrong with an expression; null if nothing is
   */
  record Result(String text, Filling filling, List<String> missing, @Nullable String bad) {}

  private final String text;
  private final Lookup lookup;
  private final StringBuilder out = new StringBuilder();
  private final List<String> names = new ArrayList<>();
  private final List<FoundSecret> secrets = new ArrayList<>();
  private final List<String> missing = new ArrayList<>();
  private boolean variables;
  private boolean defaults;
  private @Nullable String bad;

  private Placeholders(String text, Lookup lookup) {
    this.text = text;
    this.lookup = lookup;
  }

  /** Whether there is anything to fill or to unescape. */
  static boolean in(String text) {
    return text.contains("${");
  }

  static Result fill(String text, Lookup lookup) {
    return new Placeholders(text, lookup).run();
  }

  private Result run() {
    var from = 0;
    while (from < text.length() && bad == null) {
      var dollar = text.indexOf('$', from);
      if (dollar < 0) {
        out.append(text, from, text.length());
        break;
      }
      out.append(text, from, dollar);
      from = expression(dollar);
    }
    return new Result(
        out.toString(), new Filling(names, secrets, variables, defaults), missing, bad);
  }

  /** Copies or fills what starts with this dollar, and returns where it ends. */
  private int expression(int dollar) {
    if (text.startsWith("$${", dollar)) {
      out.append("${");
      return dollar + 3;
    }
    if (text.startsWith("${{", dollar)) {
      bad = "'${{ … }}' belongs into a workflow file; here write ${NAME}, or $${{ for the text";
      return text.length();
    }
    if (!text.startsWith("${", dollar)) {
      out.append('$');
      return dollar + 1;
    }
    var end = text.indexOf('}', dollar);
    if (end < 0) {
      bad = "a placeholder is not closed: expected ${NAME} or ${NAME:default}";
      return text.length();
    }
    fill(text.substring(dollar + 2, end));
    return end + 1;
  }

  private void fill(String body) {
    var colon = body.indexOf(':');
    var name = colon < 0 ? body : body.substring(0, colon);
    if (!NAME.matcher(name).matches()) {
      bad =
          "a placeholder's name is not usable: expected letters, digits, '_', '.' and '-' after a"
              + " letter or '_', as in ${NAME}; for the text itself write $${";
      return;
    }
    if (colon >= 0 && body.indexOf("${", colon) >= 0) {
      bad = "a placeholder's default cannot hold another placeholder";
      return;
    }
    names.add(name);
    var secret = lookup.secret(name);
    if (secret.isPresent()) {
      secrets.add(secret.get());
      secret.get().secret().<StringBuilder>use(out::append);
      return;
    }
    var variable = lookup.variable(name);
    if (variable.isPresent()) {
      variables = true;
      out.append(variable.get());
    } else if (colon >= 0) {
      defaults = true;
      out.append(body, colon + 1, body.length());
    } else {
      missing.add(name);
    }
  }
}
