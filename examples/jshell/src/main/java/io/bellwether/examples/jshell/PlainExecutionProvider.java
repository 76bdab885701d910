package io.bellwether.examples.jshell;

import java.util.Map;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;

/** Lets the jshell tool find {@link PlainExecution} by name. */
public final class PlainExecutionProvider implements ExecutionControlProvider {
  static final String NAME = "plain";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public ExecutionControl generate(ExecutionEnv env, Map<String, String> parameters) {
    return new PlainExecution();
  }
}
