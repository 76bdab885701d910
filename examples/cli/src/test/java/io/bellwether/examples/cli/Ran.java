package io.bellwether.examples.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * What a command did, run within this process.
 *
 * @param code its exit code
 * @param out what it answered
 * @param err what else it said
 */
record Ran(int code, String out, String err) {
  static Ran of(Object... arguments) {
    return run(false, arguments);
  }

  static Ran inColour(Object... arguments) {
    return run(true, arguments);
  }

  private static Ran run(boolean colour, Object... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    var texts = new String[arguments.length];
    for (var i = 0; i < arguments.length; i++) {
      texts[i] = arguments[i].toString();
    }
    var code =
        Cli.create(colour).setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(texts);
    return new Ran(code, out.toString(), err.toString());
  }
}
