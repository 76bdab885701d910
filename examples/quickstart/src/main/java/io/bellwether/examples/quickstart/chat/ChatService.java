package io.bellwether.examples.quickstart.chat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.bellwether.examples.quickstart.http.Json;
import io.bellwether.examples.quickstart.http.LocalHttp;
import io.bellwether.examples.quickstart.http.Threads;
import io.bellwether.release.Version;
import io.bellwether.release.VersionCatalog;
import io.bellwether.routing.local.ClassifiedRouter;
import io.bellwether.routing.local.LocalRouter;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.function.BiConsumer;

/**
 * The host: answers {@code POST /chat} on an ephemeral port of 127.0.0.1 by asking the model.
 *
 * <p>A request that ends badly says whose fault that was: what the model failed carries the header
 * {@value #FAILED_BY_MODEL}, anything else is the host's own and would be the rollout's doing.
 *
 * <p>Thread-safe.
 */
public final class ChatService implements AutoCloseable {
  /** The header of answers that failed because the model did. */
  public static final String FAILED_BY_MODEL = "X-Failed-By-Model";

  private final ClassifiedRouter<Answer> router;
  private final VersionCatalog<Prompt> prompts;
  private final BiConsumer<Question, Answer> log;
  private final ModelClient model;
  private final ExecutorService handlers;
  private final HttpServer server;

  private ChatService(
      String name,
      URI model,
      VersionCatalog<Prompt> prompts,
      LocalRouter router,
      BiConsumer<Question, Answer> log,
      int threads)
      throws IOException {
    this.router = router.classifying(Answer.JUDGEMENT);
    this.prompts = prompts;
    this.log = log;
    this.model = new ModelClient(model);
    this.handlers = Threads.pool("chat-" + name, threads);
    this.server = LocalHttp.server(handlers);
  }

  /**
   * Starts a service.
   *
   * @param name for its threads
   * @param model where completions are to be had
   * @param prompts the prompt of each version
   * @param router who gets which version
   * @param log told of every answer, on the thread that gives it
   * @param threads how many questions are answered at once
   * @throws IOException if no port can be had
   */
  public static ChatService start(
      String name,
      URI model,
      VersionCatalog<Prompt> prompts,
      LocalRouter router,
      BiConsumer<Question, Answer> log,
      int threads)
      throws IOException {
    var chat = new ChatService(name, model, prompts, router, log, threads);
    chat.server.createContext("/chat", chat::handle);
    chat.server.start();
    return chat;
  }

  /** Where questions are answered. */
  public URI uri() {
    return LocalHttp.uri(server, "/chat");
  }

  /** Stops answering; questions under way get no answer. */
  @Override
  public void close() {
    server.stop(0);
    handlers.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    var body = LocalHttp.body(exchange);
    try {
      answer(exchange, Question.parse(body));
    } catch (IOException notUnderstood) {
      LocalHttp.reply(exchange, 400, error(notUnderstood));
    }
  }

  private void answer(HttpExchange exchange, Question question) throws IOException {
    try {
      var answer = router.call(question.user(), version -> model.ask(prompt(version), question));
      log.accept(question, answer);
      if (answer.status() != 200) {
        exchange.getResponseHeaders().set(FAILED_BY_MODEL, answer.outcome().label());
      }
      LocalHttp.reply(exchange, answer.status(), answer.toJson());
    } catch (InterruptedException closing) {
      exchange.close();
    } catch (RuntimeException ours) {
      LocalHttp.reply(exchange, 500, error(ours));
    }
  }

  private Prompt prompt(Version version) {
    return prompts
        .find(version)
        .orElseThrow(() -> new IllegalStateException("no prompt of version " + version));
  }

  private static byte[] error(Exception problem) {
    return Json.object(out -> out.writeStringField("error", String.valueOf(problem)));
  }
}
