package io.bellwether.examples.quickstart;

import io.bellwether.examples.quickstart.console.Style;
import java.io.IOException;
import java.io.PrintStream;

/** The main job: rolls out a prompt on a small AI service, in five scenarios side by side. */
public final class Quickstart {
  private Quickstart() {}

  /** Runs the program; {@code --help} tells how. */
  public static void main(String... args) {
    var exitCode = run(System.out, System.err, Style.detect(), args);
    if (exitCode != 0) {
      System.exit(exitCode);
    }
  }

  /** Runs the program and returns its exit code. */
  static int run(PrintStream out, PrintStream err, Style style, String... args) {
    try {
      var options = Options.parse(args);
      if (options.help()) {
        out.print(Options.HELP);
        return 0;
      }
      return SideBySide.prepare(options, out, style).run() ? 0 : 1;
    } catch (UsageException wrong) {
      err.println("quickstart: " + wrong.getMessage());
      return 2;
    } catch (IOException broken) {
      err.println("quickstart: could not go on: " + FileProblem.reason(broken));
      return 1;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      err.println("quickstart: interrupted");
      return 1;
    }
  }
}
