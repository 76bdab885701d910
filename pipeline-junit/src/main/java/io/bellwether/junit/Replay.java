package io.bellwether.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Replays recorded metrics in a deployment test, or in every one of a class; a method's own trace
 * counts before its class's.
 *
 * <p>A trace that cannot be read fails the test with its file, line and reason. {@link
 * Deployment#replay} takes traces from elsewhere, or with metrics of the host's own.
 *
 * @see io.bellwether.strategy.MetricTrace
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Documented
@ExtendWith(DeploymentTestExtension.class)
public @interface Replay {
  /** The trace, on the class path: {@code traces/tuesday.csv}. */
  String value();
}
