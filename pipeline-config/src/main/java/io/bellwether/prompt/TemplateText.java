package io.bellwether.prompt;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the variables of a text, and what looks like one and is none. */
final class TemplateText {
  private static final String NAME = "[A-Za-z_]\\w{0,63}";
  private static final Pattern VARIABLE = Pattern.compile("\\{\\{\\s*+(" + NAME + ")\\s*+}}");

  /** Other template languages: whoever renders with one would run what a user has written. */
  private static final Pattern UNSAFE =
      Pattern.compile("\\{\\{\\{|}}}|\\{\\{|}}|\\$\\{|\\{%|<%|#\\{");

  private TemplateText() {}

  /**
   * Something in a text.
   *
   * @param text the variable's name, or the characters that are not safe
   */
  record Place(String text, int start) {}

  /** Whether a text can speak of a variable of this name. */
  static boolean isName(String variable) {
    return variable.matches(NAME);
  }

  static List<Place> variables(String template) {
    var found = new ArrayList<Place>();
    var matcher = VARIABLE.matcher(template);
    while (matcher.find()) {
      if (!isTriple(template, matcher)) {
        found.add(new Place(matcher.group(1), matcher.start()));
      }
    }
    return found;
  }

  static List<Place> unsafe(String template) {
    var rest = new StringBuilder(template);
    var variables = VARIABLE.matcher(template);
    while (variables.find()) {
      if (!isTriple(template, variables)) {
        for (var i = variables.start(); i < variables.end(); i++) {
          rest.setCharAt(i, ' ');
        }
      }
    }
    var found = new ArrayList<Place>();
    var matcher = UNSAFE.matcher(rest);
    while (matcher.find()) {
      found.add(new Place(matcher.group(), matcher.start()));
    }
    return found;
  }

  private static boolean isTriple(String template, Matcher matcher) {
    return matcher.start() > 0 && template.charAt(matcher.start() - 1) == '{'
        || matcher.end() < template.length() && template.charAt(matcher.end()) == '}';
  }

  static String replace(String template, UnaryOperator<String> values) {
    return VARIABLE
        .matcher(template)
        .replaceAll(found -> Matcher.quoteReplacement(values.apply(found.group(1))));
  }
}
