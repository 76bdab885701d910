package io.bellwether.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.accessTargetWhere;
import static com.tngtech.archunit.lang.conditions.ArchConditions.not;
import static com.tngtech.archunit.lang.conditions.ArchConditions.onlyDependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import io.bellwether.metrics.MetricSource;
import io.bellwether.routing.TrafficRouter;
import io.bellwether.time.Scheduler;
import io.bellwether.time.Ticker;
import io.bellwether.time.TimeSource;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;

/** What a pure package may use: values of ours and of the JDK, nothing that acts or differs. */
final class Purity {
  private static final DescribedPredicate<JavaClass> VALUES =
      resideInAnyPackage(
          "io.bellwether..",
          "java.lang",
          "java.lang.annotation",
          "java.lang.invoke",
          "java.lang.runtime",
          "java.math",
          "java.text",
          "java.time..",
          "java.util",
          "java.util.function",
          "java.util.regex",
          "java.util.stream",
          "org.jspecify..");

  /** Types of {@code java.util.concurrent} that describe waiting without doing it. */
  private static final DescribedPredicate<JavaClass> PROMISES =
      belongToAnyOf(CompletionStage.class, TimeoutException.class);

  private static final DescribedPredicate<JavaClass> ACTORS =
      belongToAnyOf(
              System.class,
              Runtime.class,
              Process.class,
              ProcessBuilder.class,
              Thread.class,
              ThreadLocal.class,
              Timer.class,
              TimerTask.class,
              Random.class,
              SplittableRandom.class,
              TrafficRouter.class,
              MetricSource.class,
              TimeSource.class,
              Ticker.class,
              Scheduler.class)
          .or(resideInAnyPackage("io.bellwether.store.."));

  private Purity() {}

  static ArchRule of(String packages) {
    return classes()
        .that()
        .resideInAPackage(packages)
        .should(onlyDependOnClassesThat(VALUES.or(PROMISES).and(DescribedPredicate.not(ACTORS))))
        .andShould(not(accessTargetWhere(Calls.READ_A_CLOCK)))
        .andShould(not(accessTargetWhere(Calls.DRAW_BY_CHANCE)))
        .allowEmptyShould(true)
        .as(packages + " decides without a clock, a thread, a port or I/O")
        .because("the same journal must lead to the same rollout on every machine, every time");
  }
}
