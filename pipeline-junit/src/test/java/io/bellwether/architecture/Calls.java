package io.bellwether.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import java.time.Clock;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Calendar;
import java.util.Collection;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.Timer;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.BaseStream;

/** Calls and method references the rules speak of. */
final class Calls {
  static final DescribedPredicate<JavaAccess<?>> READ_A_CLOCK =
      DescribedPredicate.describe("reads a clock", access -> readsAClock(access.getTarget()));

  static final DescribedPredicate<JavaAccess<?>> START_A_THREAD_OR_WAIT =
      DescribedPredicate.describe(
          "starts a thread or waits in real time", access -> startsOrWaits(access.getTarget()));

  static final DescribedPredicate<JavaAccess<?>> PRINT_OR_EXIT =
      DescribedPredicate.describe(
          "prints a stack trace or ends the process",
          access ->
              access.getTarget().getName().equals("printStackTrace")
                  || is(access.getTarget(), System.class, "exit")
                  || is(access.getTarget(), Runtime.class, "exit", "halt"));

  static final DescribedPredicate<JavaAccess<?>> DEPEND_ON_THE_LOCALE =
      DescribedPredicate.describe(
          "depends on the machine's locale or time zone",
          access -> dependsOnTheLocale(access.getTarget()));

  static final DescribedPredicate<JavaAccess<?>> DRAW_BY_CHANCE =
      DescribedPredicate.describe(
          "draws by chance",
          access ->
              is(access.getTarget(), UUID.class, "randomUUID")
                  || is(access.getTarget(), Math.class, "random")
                  || is(access.getTarget(), Collections.class, "shuffle"));

  private static final Set<Class<?>> THREAD_MAKERS =
      Set.of(
          Thread.class,
          Timer.class,
          ForkJoinPool.class,
          ThreadPoolExecutor.class,
          ScheduledThreadPoolExecutor.class);

  private Calls() {}

  private static boolean readsAClock(AccessTarget target) {
    return is(target, System.class, "nanoTime", "currentTimeMillis")
        || target.getName().equals("now")
            && target.getOwner().getPackageName().startsWith("java.time")
        || is(target, Clock.class, "system", "systemUTC", "systemDefaultZone")
        || is(target, Clock.class, "tickMillis", "tickSeconds", "tickMinutes")
        || is(target, InstantSource.class, "system")
        || is(target, Calendar.class, "getInstance")
        || is(target, Date.class, "<init>") && parametersOf(target).isEmpty();
  }

  private static boolean startsOrWaits(AccessTarget target) {
    return is(target, Thread.class, "sleep")
        || is(target, TimeUnit.class, "sleep")
        || target.getName().equals("<init>") && isOneOf(target, THREAD_MAKERS)
        || is(target, ForkJoinPool.class, "commonPool")
        || target.getOwner().isEquivalentTo(Executors.class)
        || is(target, CompletableFuture.class, "orTimeout", "completeOnTimeout", "delayedExecutor")
        || runsOnTheCommonPool(target)
        || target.getName().equals("parallelStream") && isA(target, Collection.class)
        || target.getName().equals("parallel") && isA(target, BaseStream.class);
  }

  private static boolean dependsOnTheLocale(AccessTarget target) {
    return is(target, String.class, "format", "formatted", "toLowerCase", "toUpperCase")
            && !takes(target, Locale.class)
        || is(target, Locale.class, "getDefault")
        || is(target, ZoneId.class, "systemDefault");
  }

  private static boolean runsOnTheCommonPool(AccessTarget target) {
    return target.getOwner().isAssignableTo(CompletableFuture.class)
        && target.getName().endsWith("Async")
        && !takes(target, Executor.class);
  }

  private static boolean is(AccessTarget target, Class<?> owner, String... names) {
    return isA(target, owner) && Set.of(names).contains(target.getName());
  }

  private static boolean isOneOf(AccessTarget target, Set<Class<?>> owners) {
    return owners.stream().anyMatch(owner -> target.getOwner().isEquivalentTo(owner));
  }

  private static boolean isA(AccessTarget target, Class<?> owner) {
    return target.getOwner().isAssignableTo(owner);
  }

  private static boolean takes(AccessTarget target, Class<?> parameter) {
    return parametersOf(target).stream().anyMatch(type -> type.isEquivalentTo(parameter));
  }

  private static List<JavaClass> parametersOf(AccessTarget target) {
    return ((AccessTarget.CodeUnitAccessTarget) target).getRawParameterTypes();
  }
}
