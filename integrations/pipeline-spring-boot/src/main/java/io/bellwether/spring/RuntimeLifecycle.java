package io.bellwether.spring;

import io.bellwether.runtime.RolloutRuntime;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextClosedEvent;

/**
 * Starts the runtime with the context, also a lazy one, and stops it before the web server drains,
 * so that the requests that are still to come find traffic where it will rest.
 *
 * <p>A context that is stopped and not closed (Spring 7 pauses those that tests do not use) may be
 * started again, so the rollouts of such a one go on.
 */
final class RuntimeLifecycle implements SmartLifecycle, ApplicationListener<ContextClosedEvent> {
  private final ApplicationContext context;
  private final RolloutRuntime runtime;
  private volatile boolean running;
  private volatile boolean closing;

  RuntimeLifecycle(ApplicationContext context, RolloutRuntime runtime) {
    this.context = context;
    this.runtime = runtime;
  }

  @Override
  public void onApplicationEvent(ContextClosedEvent event) {
    closing |= event.getApplicationContext() == context; // and not a child of it
  }

  @Override
  public void start() {
    running = true;
  }

  @Override
  public void stop() {
    running = false;
    if (closing) {
      runtime.close();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
