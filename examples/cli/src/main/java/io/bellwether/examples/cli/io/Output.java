package io.bellwether.examples.cli.io;

import io.bellwether.secret.source.SecretScanner;
import java.io.PrintWriter;

/**
 * Says what was found: answers on standard output, everything else on standard error.
 *
 * <p>What comes from files is shown without the characters that would move a terminal's cursor.
 */
public final class Output {
  private static final String GREEN = "32";
  private static final String YELLOW = "33";
  private static final String RED = "31";

  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean colour;

  /** Speaks to these; in colour only when asked. */
  public Output(PrintWriter out, PrintWriter err, boolean colour) {
    this.out = out;
    this.err = err;
    this.colour = colour;
  }

  /** A part of the answer, of one line or several. */
  public void say(Object text) {
    out.println(plain(text.toString()));
  }

  /** A part of the answer in the colour of what it means. */
  public void say(Exit meaning, Object text) {
    out.println(painted(meaning, plain(text.toString())));
  }

  /** The whole answer, for programs. */
  public void json(Json document) {
    out.println(document);
  }

  /** The whole answer as the library writes it for programs. */
  public void document(String text) {
    out.println(text);
  }

  /** What is worth knowing and no part of the answer. */
  public void note(String text) {
    err.println("note: " + plain(text));
  }

  /** Why there is no answer; shows nothing that is a secret by its shape. */
  public void error(String text) {
    err.println(painted(Exit.FOUND, "error: ") + plain(masked(text)));
  }

  /** Where it went wrong, for who mends this program. */
  public void trace(Throwable failure) {
    failure.printStackTrace(err);
  }

  /** Nothing more to say. */
  public void flush() {
    out.flush();
    err.flush();
  }

  private String painted(Exit meaning, String text) {
    return switch (meaning) {
      case FINE -> in(GREEN, text);
      case UNDECIDED -> in(YELLOW, text);
      case FOUND, REFUSED, FAULT -> in(RED, text);
    };
  }

  private String in(String code, String text) {
    return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }

  private static String plain(String text) {
    var shown = new StringBuilder(text.length());
    text.chars()
        .forEach(
            c ->
                shown.append(
                    c == '\n' || c == '\t' || !Character.isISOControl(c) ? (char) c : '?'));
    return shown.toString();
  }

  private static String masked(String text) {
    var shown = text;
    for (var found = SecretScanner.scan(shown);
        !found.isEmpty();
        found = SecretScanner.scan(shown)) {
      var secret = found.get(0);
      shown = shown.substring(0, secret.start()) + "***" + shown.substring(secret.end());
    }
    return shown;
  }
}
