package io.bellwether.examples.quickstart.console;

import io.bellwether.rollout.Phase;
import java.io.Console;
import java.util.Map;
import java.util.Optional;

/**
 * What the output can do.
 *
 * @param live whether lines can be redrawn
 * @param colour whether colours are wanted
 */
public record Style(boolean live, boolean colour) {
  private static final String GREEN = "32";
  private static final String YELLOW = "33";
  private static final String RED = "31";

  /** Looks at where this program's own output goes. */
  public static Style detect() {
    return of(
        Optional.ofNullable(System.console()).filter(Style::isTerminal).isPresent(),
        System.getenv());
  }

  /** Since Java 22 there may be a console that is no terminal, and a method that tells. */
  private static boolean isTerminal(Console console) {
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException olderThan22) {
      return true;
    }
  }

  /**
   * Looks at where the output goes.
   *
   * @param terminal whether it goes to a terminal
   * @param environment a terminal called {@code dumb} gets plain lines; a {@code NO_COLOR} that is
   *     not empty forbids colours (no-color.org)
   */
  public static Style of(boolean terminal, Map<String, String> environment) {
    var live = terminal && !"dumb".equals(environment.get("TERM"));
    return new Style(live, live && environment.getOrDefault("NO_COLOR", "").isEmpty());
  }

  String phase(Phase phase, String text) {
    return switch (phase) {
      case PROMOTED -> in(GREEN, text);
      case HELD, AWAITING_APPROVAL -> in(YELLOW, text);
      case ABORTING, ROLLED_BACK, ROLLBACK_FAILED, REFUSED, REVERTED -> in(RED, text);
      case PENDING, PREPARING, VERIFYING, SHIFTING, BAKING, PROMOTING, WATCHING, SUPERSEDED -> text;
    };
  }

  private String in(String code, String text) {
    return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
