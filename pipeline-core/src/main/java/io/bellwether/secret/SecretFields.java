package io.bellwether.secret;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What is told apart in one line of a secret: the password in a URL, and the values of a connection
 * string, a query, a properties file, an environment file or simple YAML. The repetitions are
 * bounded, so that a line made for it cannot make the search slow.
 */
final class SecretFields {
  private static final Pattern PASSWORD =
      Pattern.compile("://[^\\s:/?#@]{0,256}:([^\\s/?#]{1,1024}|[^\\s@]{1,1024})@");

  /** Where a URL has a user alone, it is a token. */
  private static final Pattern TOKEN = Pattern.compile("://([^\\s:/?#@]{1,1024})@");

  private static final String NAME = "[A-Za-z_][\\w.-]{0,63}+";
  private static final Pattern EQUALS =
      Pattern.compile(
          "(?:^|[?&;,\\s])" // before the name
              + (NAME + "\\s{0,4}+=\\s{0,4}+")
              + "(.*?)"
              + ("(?=;?\\s{0,4}$|[?&;,\\s]{1,4}" + NAME + "\\s{0,4}+=)"));
  private static final Pattern COLON =
      Pattern.compile("^[\\s-]{0,64}[\"']?" + NAME + "[\"']?\\s{0,4}:\\s{1,64}(.*)$");

  private static final Pattern VARIABLE = Pattern.compile("(?:export\\s+)?" + NAME);

  private static final Pattern NO_ESCAPE = Pattern.compile("%(?!\\p{XDigit}{2})");

  private static final List<Pattern> PATTERNS = List.of(PASSWORD, TOKEN, EQUALS, COLON);

  private SecretFields() {}

  static Set<String> of(String line) {
    var fields = new LinkedHashSet<String>();
    for (var pattern : PATTERNS) {
      var matcher = pattern.matcher(line);
      while (matcher.find()) {
        add(fields, matcher.group(1).strip());
      }
    }
    var equals = line.indexOf('=');
    if (equals > 0 && VARIABLE.matcher(line.substring(0, equals).strip()).matches()) {
      add(fields, line.substring(equals + 1).strip());
    }
    return fields;
  }

  private static void add(Set<String> fields, String value) {
    var text = unquoted(value);
    fields.add(text);
    if (text.indexOf('%') >= 0 && !NO_ESCAPE.matcher(text).find()) {
      fields.add(URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8));
    }
  }

  private static String unquoted(String value) {
    var last = value.length() - 1;
    var quoted = last > 0 && value.charAt(0) == value.charAt(last);
    return quoted && "\"'".indexOf(value.charAt(0)) >= 0 ? value.substring(1, last) : value;
  }
}
