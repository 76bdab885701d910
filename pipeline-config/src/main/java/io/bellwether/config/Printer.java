package io.bellwether.config;

import io.bellwether.config.MapNode.Entry;
import io.bellwether.secret.Secret;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Prints a tree as JSON or as YAML; what is hidden becomes a quoted {@code "***"}. */
final class Printer {
  /** Texts that YAML and JSON schema readers of every version take for text without quotes. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_./-]*[A-Za-z0-9_/]");

  private static final Pattern WORD =
      Pattern.compile("(?i)null|true|false|yes|no|on|off|y|n|[0-9a-f]+");

  private final boolean masked;
  private final StringBuilder out = new StringBuilder();

  Printer(boolean masked) {
    this.masked = masked;
  }

  String json(Node root) {
    json("", root, false);
    return out.toString();
  }

  private void json(String key, Node node, boolean secret) {
    if (node instanceof MapNode map) {
      var separator = "{";
      for (var entry : map.entries().entrySet()) {
        out.append(separator);
        quote(entry.getKey());
        out.append(':');
        json(entry.getKey(), entry.getValue().value(), secret(key, secret));
        separator = ",";
      }
      out.append(map.entries().isEmpty() ? "{}" : "}");
    } else if (node instanceof ListNode list) {
      var separator = "[";
      for (var item : list.items()) {
        out.append(separator);
        json(key, item, secret);
        separator = ",";
      }
      out.append(list.items().isEmpty() ? "[]" : "]");
    } else {
      scalar(key, (Scalar) node, secret, false);
    }
  }

  String yaml(MapNode root) {
    if (root.entries().isEmpty()) {
      return "{}\n";
    }
    yaml("", root, 0, false, false);
    return out.toString();
  }

  private void yaml(String key, MapNode map, int indent, boolean inList, boolean secret) {
    var first = inList;
    for (Map.Entry<String, Entry> entry : map.entries().entrySet()) {
      out.append(first ? "" : "  ".repeat(indent));
      first = false;
      text(entry.getKey());
      out.append(':');
      yaml(entry.getKey(), entry.getValue().value(), indent, secret(key, secret));
    }
  }

  private void yaml(String key, Node node, int indent, boolean secret) {
    if (node instanceof MapNode map && !map.entries().isEmpty()) {
      out.append('\n');
      yaml(key, map, indent + 1, false, secret);
    } else if (node instanceof ListNode list && !list.items().isEmpty()) {
      out.append('\n');
      items(key, list, indent + 1, secret);
    } else {
      out.append(' ');
      leaf(key, node, secret);
    }
  }

  private void items(String key, ListNode list, int indent, boolean secret) {
    for (var item : list.items()) {
      out.append("  ".repeat(indent)).append("- ");
      if (item instanceof MapNode map && !map.entries().isEmpty()) {
        yaml(key, map, indent + 1, true, secret);
      } else if (item instanceof ListNode inner && !inner.items().isEmpty()) {
        out.setLength(out.length() - 1);
        out.append('\n');
        items(key, inner, indent + 1, secret);
      } else {
        leaf(key, item, secret);
      }
    }
  }

  private void leaf(String key, Node node, boolean secret) {
    if (node instanceof Scalar scalar) {
      scalar(key, scalar, secret, true);
    } else {
      out.append(node instanceof MapNode ? "{}" : "[]");
    }
    out.append('\n');
  }

  /** Whether what is below this key is all hidden. */
  private static boolean secret(String key, boolean secret) {
    return secret || Sensitivity.holdsSecrets(key);
  }

  private void scalar(String key, Scalar scalar, boolean secret, boolean yaml) {
    if (masked && Sensitivity.hides(key, scalar, secret)) {
      quote(Secret.MASK);
      return;
    }
    switch (scalar.type()) {
      case NULL -> out.append("null");
      case BOOLEAN -> out.append(scalar.text().toLowerCase(Locale.ROOT));
      case INTEGER -> out.append(CoreSchema.integer(scalar.text()));
      case DECIMAL -> out.append(CoreSchema.decimal(scalar.text()));
      case TEXT -> {
        if (yaml) {
          text(scalar.text());
        } else {
          quote(scalar.text());
        }
      }
    }
  }

  private void text(String text) {
    if (PLAIN.matcher(text).matches() && !WORD.matcher(text).matches()) {
      out.append(text);
    } else {
      quote(text);
    }
  }

  /** A JSON text, which is a YAML text in double quotes as well. */
  private void quote(String text) {
    out.append('"');
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < 0x20
              || c >= 0x7f && c < 0xa0
              || c == 0x2028
              || c == 0x2029
              || c >= 0xfffe
              || c == '\ufeff') {
            out.append("\\u" + HexFormat.of().toHexDigits(c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}
