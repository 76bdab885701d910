package io.bellwether.architecture.offenders;

import java.util.logging.Logger;

/** Talks past slf4j. */
public class Prints {
  void out() {
    System.out.println("hello");
  }

  void err() {
    System.err.println("hello");
  }

  void stackTrace(Exception exception) {
    exception.printStackTrace();
  }

  void logging() {
    Logger.getLogger("x").info("hello");
  }

  void exit() {
    System.exit(1);
  }

  void halt() {
    Runtime.getRuntime().halt(1);
  }
}
