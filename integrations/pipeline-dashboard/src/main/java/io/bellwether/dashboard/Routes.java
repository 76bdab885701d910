package io.bellwether.dashboard;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is found under which address. */
final class Routes implements HttpHandler {
  private static final Logger log = LoggerFactory.getLogger(Routes.class);

  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

  /** A kept page has one style sheet inside, which its own policy names. */
  private static final String PAGE_POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'";

  private final Gatekeeper gate;
  private final Board board;
  private final Actions actions;
  private final Streams streams;
  private final Assets assets = new Assets();

  Routes(Gatekeeper gate, Board board, Actions actions, Streams streams) {
    this.gate = gate;
    this.board = board;
    this.actions = actions;
    this.streams = streams;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    var call = new Call(exchange);
    headers(exchange);
    try {
      if (call.path().equals("/api/events") && call.method().equals("GET")) {
        gate.requireOurName(call);
        gate.requireReader(call);
        streams.serve(exchange);
      } else {
        send(exchange, answer(call));
      }
    } catch (Refusal refusal) {
      send(exchange, refusal.answer());
    } catch (RuntimeException e) {
      log.warn("the dashboard could not answer {} {}", call.method(), call.path(), e);
      send(exchange, Answer.problem(500, "this could not be answered; the host's log says why"));
    } finally {
      exchange.close();
    }
  }

  private Answer answer(Call call) {
    gate.requireOurName(call);
    return switch (call.method()) {
      case "GET", "HEAD" -> get(call);
      case "POST" -> post(call);
      default -> throw new Refusal(405, "expected GET or POST");
    };
  }

  private Answer get(Call call) {
    var file = assets.find(call.path());
    if (file.isPresent()) {
      return file.get();
    }
    if (call.path().equals("/api/me")) {
      return me(call);
    }
    gate.requireReader(call);
    return switch (call.path()) {
      case "/api/rollouts" ->
          Answer.of(200, "application/json", "[" + String.join(",", board.rows().values()) + "]");
      case "/api/rollout" ->
          Answer.of(200, "application/json", board.report(call.need("id")).toJson());
      case "/api/history" -> board.history();
      case "/api/explain" -> board.explain(call.need("release"), call.need("key"));
      case "/api/budgets" -> board.budgets(call.need("release"));
      case "/report" ->
          Answer.of(200, "text/html; charset=utf-8", board.page(call.need("id")))
              .with("Content-Security-Policy", PAGE_POLICY);
      default -> throw new Refusal(404, "there is nothing at " + call.path());
    };
  }

  /** Who is looking, what they may, and what there is to look at. */
  private Answer me(Call call) {
    var operator = gate.who(call);
    var me = new LinkedHashMap<String, Object>();
    me.put("name", operator.map(Operator::name));
    me.put("acts", operator.map(Operator::mayAct).orElse(false));
    me.put("csrf", gate.session(call).map(Sessions.Session::csrf));
    me.put("reads", gate.mayRead(operator));
    me.put("shows", board.features());
    return Answer.json(200, me);
  }

  private Answer post(Call call) {
    return switch (call.path()) {
      case "/login" ->
          Answer.json(200, Map.of("done", "logged in")).with("Set-Cookie", gate.login(call));
      case "/logout" ->
          Answer.json(200, Map.of("done", "logged out")).with("Set-Cookie", gate.logout(call));
      case "/api/act" -> {
        var operator = gate.requireActor(call);
        yield actions.perform(call, operator);
      }
      default -> throw new Refusal(404, "there is nothing to be sent to " + call.path());
    };
  }

  private static void headers(HttpExchange exchange) {
    var headers = exchange.getResponseHeaders();
    headers.set("Content-Security-Policy", POLICY);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("X-Frame-Options", "DENY");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set("Cache-Control", "no-store");
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    var headers = exchange.getResponseHeaders();
    headers.set("Content-Type", answer.type());
    answer.headers().forEach(headers::set);
    if (answer.status() == 429 || answer.status() == 503) {
      headers.set("Retry-After", "60");
    }
    if (answer.status() == 405) {
      headers.set("Allow", "GET, HEAD, POST");
    }
    var bodyless = exchange.getRequestMethod().equals("HEAD") || answer.body().length == 0;
    exchange.sendResponseHeaders(answer.status(), bodyless ? -1 : answer.body().length);
    if (!bodyless) {
      exchange.getResponseBody().write(answer.body());
    }
  }
}
