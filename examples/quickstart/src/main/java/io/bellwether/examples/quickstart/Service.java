package io.bellwether.examples.quickstart;

import static io.bellwether.release.Version.version;

import io.bellwether.examples.quickstart.chat.ChatService;
import io.bellwether.examples.quickstart.chat.Prompt;
import io.bellwether.examples.quickstart.load.Arrivals;
import io.bellwether.examples.quickstart.load.LoadClient;
import io.bellwether.examples.quickstart.load.Population;
import io.bellwether.examples.quickstart.model.Behaviour;
import io.bellwether.examples.quickstart.model.ModelServer;
import io.bellwether.examples.quickstart.report.Ledger;
import io.bellwether.metrics.OutcomeWindows;
import io.bellwether.release.Release;
import io.bellwether.release.Version;
import io.bellwether.release.VersionCatalog;
import io.bellwether.routing.local.LocalRouter;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/**
 * The whole service, from the users to the model, with everything on version 1 until somebody moves
 * the router.
 *
 * @param model the AI provider
 * @param chat the host
 * @param users who ask
 * @param router who gets which version
 * @param ledger what the users got
 */
record Service(
    ModelServer model, ChatService chat, LoadClient users, LocalRouter router, Ledger ledger)
    implements AutoCloseable {

  static final Version V1 = version("v1");
  static final Version V2 = version("v2");
  static final Release RELEASE = Release.named("support-prompt").initial(V1);

  private static final Prompt PROMPT_1 =
      new Prompt(V1, "You are the support assistant of a small shop. Be brief.");
  private static final Prompt PROMPT_2 =
      new Prompt(V2, "You are the support assistant of a small shop. Be warm, then be brief.");
  private static final VersionCatalog<Prompt> PROMPTS =
      VersionCatalog.of(Map.of(V1, PROMPT_1, V2, PROMPT_2));

  private static final int USERS = 20_000;
  private static final int CHAT_THREADS = 256;

  /** How long a request may take before it counts as lost, on the wall's clock. */
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  /**
   * Opens a service; its users have not begun yet.
   *
   * @param name for its threads
   * @param candidate how the model takes to version 2
   * @param seed of everything drawn at random
   * @param arrivals when the users ask, on the wall's clock
   * @param maxRequests after how many requests they stop in any case
   * @param clock the service's time
   */
  static Service open(
      String name,
      Behaviour candidate,
      long seed,
      Arrivals arrivals,
      long maxRequests,
      FastClock clock)
      throws IOException {
    var windows =
        OutcomeWindows.create(w -> w.ticker(clock.ticker()).deadline(clock.here(DEADLINE)));
    var router = LocalRouter.of(RELEASE, r -> r.windows(windows));
    var ledger = new Ledger(V2);
    var stable = Scenario.STABLE.faster(clock.speed());
    var other = candidate.faster(clock.speed());
    var model =
        ModelServer.start(name, seed, prompt -> prompt.equals(PROMPT_2.text()) ? other : stable);
    try {
      var chat =
          ChatService.start(
              name,
              model.uri(),
              PROMPTS,
              router,
              (question, answer) ->
                  ledger.count(question.user(), answer.version(), answer.outcome()),
              CHAT_THREADS);
      var users =
          new LoadClient(name, chat.uri(), arrivals, new Population(USERS, seed), maxRequests);
      return new Service(model, chat, users, router, ledger);
    } catch (IOException | RuntimeException | Error broken) {
      model.close();
      throw broken;
    }
  }

  /** Lets the last answers come in, then stops everything. */
  @Override
  public void close() {
    users.close();
    chat.close();
    model.close();
  }
}
