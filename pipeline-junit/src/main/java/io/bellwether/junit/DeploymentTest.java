package io.bellwether.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives every test of a class a {@link Deployment} of its own.
 *
 * <p>Methods of the class are tests by {@code @Test}, {@code @RepeatedTest},
 * {@code @ParameterizedTest} and the like, and take as parameters, in any number: {@link
 * Deployment}, {@link io.bellwether.testing.VirtualTime}, {@link ScenarioMetrics}, {@link
 * io.bellwether.testing.RecordingRouter}. Methods with {@code @BeforeEach} and {@code @AfterEach}
 * get those of their test; constructors and methods that run once for all tests cannot have any.
 * Every repetition and every set of parameters has a world of its own, the tests of a
 * {@code @TestFactory} share one, nested classes inherit the annotation or have their own. Tests
 * may run in parallel.
 *
 * <p>A test that passes while a rollout is under way fails, unless it says {@link
 * Deployment#leaveUnfinished}: what it did not wait for it has not seen.
 *
 * <p>For JUnit Jupiter 5.14 and 6.1. Other frameworks use {@link Deployment#of}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Documented
@ExtendWith(DeploymentTestExtension.class)
public @interface DeploymentTest {
  /** The version every release has before. */
  String stable() default "stable";

  /** The version to roll out. */
  String candidate() default "candidate";
}
