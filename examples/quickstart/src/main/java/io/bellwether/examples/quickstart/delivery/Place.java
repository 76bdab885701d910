package io.bellwether.examples.quickstart.delivery;

import io.bellwether.examples.quickstart.FastClock;
import io.bellwether.examples.quickstart.chat.ChatService;
import io.bellwether.examples.quickstart.http.LocalHttp;
import io.bellwether.examples.quickstart.http.Threads;
import io.bellwether.examples.quickstart.load.Arrivals;
import io.bellwether.examples.quickstart.load.LoadClient;
import io.bellwether.examples.quickstart.load.Population;
import io.bellwether.examples.quickstart.load.TraceGenerator;
import io.bellwether.examples.quickstart.model.Behaviour;
import io.bellwether.examples.quickstart.model.ModelServer;
import io.bellwether.metrics.OutcomeWindows;
import io.bellwether.release.Release;
import io.bellwether.release.Version;
import io.bellwether.rollout.RolloutStore;
import io.bellwether.routing.local.LocalRouter;
import io.bellwether.runtime.FileRolloutStore;
import io.bellwether.runtime.InMemoryRolloutStore;
import io.bellwether.runtime.RolloutRuntime;
import io.bellwether.runtime.RuntimeThreads;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;

/**
 * The service in one environment: users, host, AI provider, and a rollout runtime, on version 1 to
 * begin with.
 */
final class Place implements AutoCloseable {
  private static final int USERS = 20_000;
  private static final int REQUESTS = 12_000;
  private static final int THREADS = 128;
  private static final Duration DEADLINE = Duration.ofSeconds(30);
  private static final long MOST_REQUESTS = 400_000;

  private final String name;
  private final Release release;
  private final ModelServer model;
  private final LocalRouter router;
  private final ChatService chat;
  private final LoadClient users;
  private final ScheduledExecutorService timer;
  private final ExecutorService workers;
  private final RolloutRuntime runtime;
  private final HttpClient http = LocalHttp.client();
  private Runnable onClose = () -> {};

  private Place(
      String name,
      FastClock clock,
      Duration pace,
      Function<String, Behaviour> behaviours,
      RolloutStore store)
      throws IOException {
    this.name = name;
    release = Release.named("support-prompt-" + name).initial(Prompts.V1);
    var windows =
        OutcomeWindows.create(w -> w.ticker(clock.ticker()).deadline(clock.here(DEADLINE)));
    router = LocalRouter.of(release, r -> r.windows(windows));
    model = ModelServer.start(name, name.hashCode(), behaviours);
    chat =
        ChatService.start(
            name, model.uri(), Prompts.catalog(), router, (question, answer) -> {}, THREADS);
    var arrivals = Arrivals.of(TraceGenerator.generate(1, REQUESTS), REQUESTS, pace);
    users = new LoadClient(name, chat.uri(), arrivals, new Population(USERS, 1), MOST_REQUESTS);
    timer = Threads.timer("rollouts-" + name);
    workers = Threads.pool("ports-" + name, 8);
    runtime =
        RolloutRuntime.create(
            r ->
                r.release(release)
                    .store(store)
                    .router(router)
                    .metrics(router.windows())
                    .callDeadline(clock.here(Duration.ofSeconds(10)))
                    .threads(new RuntimeThreads(clock.time(timer), timer, workers, () -> {})));
  }

  /**
   * Opens an environment with users on it.
   *
   * @param pace how long 12,000 requests take, in the service's time
   * @param behaviours how the provider takes to a prompt
   */
  static Place open(
      String name, FastClock clock, Duration pace, Function<String, Behaviour> behaviours)
      throws IOException {
    return open(name, clock, pace, behaviours, Optional.empty());
  }

  /**
   * As {@link #open(String, FastClock, Duration, Function)}.
   *
   * @param folder where rollouts are remembered over processes
   */
  static Place open(
      String name,
      FastClock clock,
      Duration pace,
      Function<String, Behaviour> behaviours,
      Optional<Path> folder)
      throws IOException {
    var remembered = folder.map(FileRolloutStore::open);
    var place =
        new Place(
            name,
            clock,
            clock.onTheWall(pace),
            prompt -> behaviours.apply(prompt).faster(clock.speed()),
            remembered.<RolloutStore>map(store -> store).orElseGet(InMemoryRolloutStore::new));
    remembered.ifPresent(store -> place.onClose = store::close);
    place.users.start();
    return place;
  }

  String name() {
    return name;
  }

  Release release() {
    return release;
  }

  RolloutRuntime runtime() {
    return runtime;
  }

  LocalRouter router() {
    return router;
  }

  ModelServer model() {
    return model;
  }

  HttpClient http() {
    return http;
  }

  /** Where this environment's users ask. */
  URI uri() {
    return chat.uri();
  }

  /** A copy of the host that serves one version, for a slot nobody uses yet. */
  ChatService slot(String slot, Version version) throws IOException {
    var alone = LocalRouter.of(Release.named("slot-" + slot).initial(version));
    return ChatService.start(
        name + "-" + slot, model.uri(), Prompts.catalog(), alone, (question, answer) -> {}, 4);
  }

  @Override
  public void close() {
    runtime.close();
    onClose.run();
    users.close();
    chat.close();
    model.close();
    timer.shutdownNow();
    workers.shutdownNow();
  }
}
