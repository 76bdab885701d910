package io.bellwether.examples.quickstart.model;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.bellwether.examples.quickstart.http.Json;
import io.bellwether.examples.quickstart.http.LocalHttp;
import io.bellwether.examples.quickstart.http.Threads;
import io.bellwether.time.Scheduler;
import io.bellwether.time.TimeSource;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * An AI provider that answers {@code POST /v1/chat/completions} on an ephemeral port of 127.0.0.1.
 *
 * <p>An answer that takes a second is an exchange that a timer ends a second later: no thread waits
 * for it, so a few threads serve any number of slow answers. The n-th request with a given prompt
 * always meets the same fate for the same random seed, whatever else is going on.
 *
 * <p>Thread-safe.
 */
public final class ModelServer implements AutoCloseable {
  private final long seed;
  private final Function<String, Behaviour> behaviours;
  private final ConcurrentHashMap<String, AtomicLong> asked = new ConcurrentHashMap<>();
  private final AtomicLong answers = new AtomicLong();
  private final ExecutorService readers;
  private final ScheduledExecutorService timer;
  private final TimeSource time;
  private final HttpServer server;
  private volatile Optional<Behaviour> outage = Optional.empty();

  private ModelServer(String name, long seed, Function<String, Behaviour> behaviours)
      throws IOException {
    this.seed = seed;
    this.behaviours = behaviours;
    this.readers = Threads.pool("model-" + name, 2);
    this.timer = Threads.timer("model-" + name + "-answers");
    this.time = TimeSource.system(timer); // the model lives on the wall's time, like its callers
    this.server = LocalHttp.server(readers);
  }

  /**
   * Starts a server.
   *
   * @param name for its threads
   * @param seed of the generator that draws the answers' fates
   * @param behaviours how the model takes to a prompt
   * @throws IOException if no port can be had
   */
  public static ModelServer start(String name, long seed, Function<String, Behaviour> behaviours)
      throws IOException {
    var model = new ModelServer(name, seed, behaviours);
    model.server.createContext("/v1/chat/completions", model::handle);
    model.server.start();
    return model;
  }

  /** Where completions are to be had. */
  public URI uri() {
    return LocalHttp.uri(server, "/v1/chat/completions");
  }

  /** From now on every prompt is answered like this: the provider is in trouble. */
  public void beginOutage(Behaviour everyPrompt) {
    outage = Optional.of(everyPrompt);
  }

  /** The trouble is over: each prompt is answered in its own way again. */
  public void endOutage() {
    outage = Optional.empty();
  }

  /** Stops answering; requests under way get no answer. */
  @Override
  public void close() {
    server.stop(0);
    timer.shutdownNow();
    readers.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    var started = time.ticker().nanos();
    var body = LocalHttp.body(exchange);
    if (!exchange.getRequestMethod().equals("POST")) {
      LocalHttp.reply(exchange, 405, error("only POST is allowed here", "invalid_request_error"));
      return;
    }
    try {
      var request = CompletionRequest.parse(body);
      var fate = fate(request.prompt());
      var left = fate.delay().minusNanos(time.ticker().nanos() - started);
      Scheduler.using(timer).schedule(left, () -> answer(exchange, request, fate.kind()));
    } catch (IOException notUnderstood) {
      var message = "could not read the request: " + notUnderstood.getMessage();
      LocalHttp.reply(exchange, 400, error(message, "invalid_request_error"));
    }
  }

  private Fate fate(String prompt) {
    var turn = asked.computeIfAbsent(prompt, first -> new AtomicLong()).getAndIncrement();
    var random = new SplittableRandom(seed * 31 + prompt.hashCode() + turn);
    return outage.orElseGet(() -> behaviours.apply(prompt)).draw(random);
  }

  private void answer(HttpExchange exchange, CompletionRequest request, Fate.Kind fate) {
    try {
      switch (fate) {
        case ANSWER -> LocalHttp.reply(exchange, 200, completion(request, request.maxTokens()));
        case EMPTY -> LocalHttp.reply(exchange, 200, completion(request, 0));
        case RATE_LIMITED ->
            LocalHttp.reply(exchange, 429, error("rate limit reached", "rate_limit_exceeded"));
        case BROKEN ->
            LocalHttp.reply(exchange, 500, error("the model could not answer", "server_error"));
        case OVERLOADED ->
            LocalHttp.reply(exchange, 503, error("the model is overloaded", "server_overloaded"));
      }
    } catch (IOException callerLeft) {
      exchange.close();
    }
  }

  private byte[] completion(CompletionRequest request, int tokens) {
    return new Completion(
            "chatcmpl-" + answers.incrementAndGet(),
            time.wall().instant(),
            request.model(),
            Words.text(tokens),
            request.promptTokens(),
            tokens)
        .toJson();
  }

  private static byte[] error(String message, String type) {
    return Json.object(
        out -> {
          out.writeObjectFieldStart("error");
          out.writeStringField("message", message);
          out.writeStringField("type", type);
          out.writeNullField("param");
          out.writeStringField("code", type);
          out.writeEndObject();
        });
  }
}
