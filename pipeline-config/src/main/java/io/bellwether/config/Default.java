package io.bellwether.config;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Lets a record component be missing from the configuration.
 *
 * <p>With a value, that is read as if it stood in the file: {@code @Default("5m") Duration}; a list
 * takes several. Without one, the record's constructor is given null (0 or false for a primitive)
 * and puts its own default there.
 *
 * <p>An {@code Optional}, a list, a set, a map and a record need no default: missing, they are
 * empty, also with a bare {@code @Default}, and a record is made of the defaults of its own
 * components.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Default {
  /** The default as it would be written; none leaves it to the constructor. */
  String[] value() default {};
}
