package io.bellwether.config;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.temporal.ChronoUnit;

/**
 * Lets a duration be written as a bare number of this unit: {@code health_check_interval: 900}.
 * Without it a duration needs its unit.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface DurationUnit {
  /** What a bare number counts. */
  ChronoUnit value();
}
