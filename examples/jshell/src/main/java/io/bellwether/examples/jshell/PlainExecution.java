package io.bellwether.examples.jshell;

import java.util.stream.Stream;
import jdk.jshell.execution.LocalExecutionControl;

/**
 * Runs snippets in this process; an exception shows where it was typed, not where it was thrown.
 */
final class PlainExecution extends LocalExecutionControl {
  private static final String TYPED = "REPL.";

  @Override
  protected String throwConvertedInvocationException(Throwable cause)
      throws RunException, InternalException {
    for (var failure = cause; failure != null; failure = failure.getCause()) {
      failure.setStackTrace(typed(failure.getStackTrace()));
    }
    return super.throwConvertedInvocationException(cause);
  }

  private static StackTraceElement[] typed(StackTraceElement[] trace) {
    return Stream.of(trace)
        .filter(frame -> frame.getClassName().startsWith(TYPED))
        .toArray(StackTraceElement[]::new);
  }
}
