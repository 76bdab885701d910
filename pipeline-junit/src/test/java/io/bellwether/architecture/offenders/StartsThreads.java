package io.bellwether.architecture.offenders;

import java.util.List;
import java.util.Timer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;

/** Starts threads, borrows the JVM's, and waits in real time: read by the rules and never run. */
public class StartsThreads {
  Object thread() {
    return new Thread(() -> {});
  }

  Function<Runnable, Thread> byReference() {
    return Thread::new;
  }

  Object timer() {
    return new Timer();
  }

  Object pool() {
    return Executors.newCachedThreadPool();
  }

  Object commonPool() {
    return ForkJoinPool.commonPool();
  }

  Object async() {
    return CompletableFuture.runAsync(() -> {});
  }

  Object asyncStage(CompletableFuture<String> future) {
    return future.thenApplyAsync(String::strip);
  }

  Object hiddenTimer(CompletableFuture<String> future) {
    return future.orTimeout(1, TimeUnit.SECONDS);
  }

  Object parallel(List<String> list) {
    return list.parallelStream();
  }

  Object parallelLater(Stream<String> stream) {
    return stream.parallel();
  }

  void sleeping() throws InterruptedException {
    Thread.sleep(1);
  }

  void sleepingByUnit() throws InterruptedException {
    TimeUnit.SECONDS.sleep(1);
  }
}
