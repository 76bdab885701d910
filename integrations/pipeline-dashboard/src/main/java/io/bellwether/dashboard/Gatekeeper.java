package io.bellwether.dashboard;

import io.bellwether.dashboard.Sessions.Session;
import io.bellwether.secret.Secret;
import io.bellwether.time.Ticker;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Tells who asks and whether they may: by a session's cookie, by a bearer token, or by the host's
 * own authenticator. What changes something needs besides that the request comes from our own page.
 */
final class Gatekeeper {
  private static final String BEARER = "Bearer ";

  private final List<Known> known;
  private final Optional<Authenticator> host;
  private final boolean open;
  private final Set<String> origins = new HashSet<>();
  private final Sessions sessions;
  private final LoginLimits limits;
  private final String cookieEnd;

  /**
   * Somebody with a token.
   *
   * @param operator who
   * @param token theirs
   */
  record Known(Operator operator, Secret token) {}

  Gatekeeper(DashboardBuilder given, int port, Ticker ticker) {
    known = List.copyOf(given.operators);
    host = given.authenticator;
    open = given.open;
    sessions = new Sessions(ticker);
    limits = new LoginLimits(ticker);
    var here = List.of("localhost", "127.0.0.1", "[::1]");
    here.forEach(name -> origins.add("http://" + name + ":" + port));
    given.origin.ifPresent(origin -> origins.add(text(origin)));
    var secure = given.origin.filter(origin -> "https".equals(origin.getScheme())).isPresent();
    cookieEnd = "; Path=/; HttpOnly; SameSite=Strict" + (secure ? "; Secure" : "");
  }

  private static String text(URI origin) {
    return origin.getScheme() + "://" + origin.getAuthority();
  }

  /** Only under a name of ours: a foreign one that leads here is somebody else's page. */
  void requireOurName(Call call) {
    var name = call.header("Host").orElse("");
    if (origins.stream().noneMatch(origin -> origin.endsWith("//" + name))) {
      throw new Refusal(
          421, "this dashboard is not known by that name; tell it by origin(…) if it should be");
    }
  }

  /** Who asks; empty for a stranger. */
  Optional<Operator> who(Call call) {
    return session(call)
        .map(Session::operator)
        .or(() -> host.flatMap(it -> it.authenticate(call::header)))
        .or(() -> byToken(call));
  }

  Optional<Session> session(Call call) {
    return call.cookie(Sessions.COOKIE).flatMap(sessions::find);
  }

  private Optional<Operator> byToken(Call call) {
    return call.header("Authorization")
        .filter(header -> header.startsWith(BEARER))
        .flatMap(header -> recognized(call, header.substring(BEARER.length())));
  }

  boolean mayRead(Optional<Operator> operator) {
    return open || operator.isPresent();
  }

  void requireReader(Call call) {
    if (!open && who(call).isEmpty()) {
      throw new Refusal(401, "log in first");
    }
  }

  /** Who may change something, from our own page or with a token of their own. */
  Operator requireActor(Call call) {
    requireSameOrigin(call);
    var operator = who(call).orElseThrow(() -> new Refusal(401, "log in first"));
    if (!operator.mayAct()) {
      throw new Refusal(403, operator.name() + " may look, and not act");
    }
    var needed = session(call).map(Session::csrf);
    if (needed.isPresent() && !same(needed.get(), call.header("X-CSRF-Token").orElse(""))) {
      throw new Refusal(403, "the request does not come from this page; load it again");
    }
    var hosted = needed.isEmpty() && byToken(call).isEmpty();
    if (hosted && call.header("X-CSRF-Token").isEmpty()) {
      throw new Refusal(403, "send the header X-CSRF-Token, which no foreign page can");
    }
    return operator;
  }

  /** A browser says where a request comes from; programs say nothing. */
  void requireSameOrigin(Call call) {
    var origin = call.header("Origin");
    var site = call.header("Sec-Fetch-Site");
    var foreign = origin.isPresent() && !origins.contains(origin.get());
    if (foreign || site.filter(it -> !it.equals("same-origin") && !it.equals("none")).isPresent()) {
      throw new Refusal(403, "the request comes from another site");
    }
  }

  /** A session for whoever has this token: the cookie to set. */
  String login(Call call) {
    requireSameOrigin(call);
    var operator =
        recognized(call, call.field("token").orElse(""))
            .orElseThrow(() -> new Refusal(401, "that token is not known here"));
    call.cookie(Sessions.COOKIE).ifPresent(sessions::close);
    return Sessions.COOKIE + "=" + sessions.open(operator) + cookieEnd;
  }

  String logout(Call call) {
    requireSameOrigin(call);
    call.cookie(Sessions.COOKIE).ifPresent(sessions::close);
    return Sessions.COOKIE + "=; Max-Age=0" + cookieEnd;
  }

  /** Every token is compared, so that the time does not tell which one was nearly right. */
  private Optional<Operator> recognized(Call call, String token) {
    if (limits.refuses(call.peer())) {
      throw new Refusal(429, "too many wrong tokens; wait a minute");
    }
    var found = new ArrayList<Operator>();
    for (var one : known) {
      if (one.token().matches(token)) {
        found.add(one.operator());
      }
    }
    if (found.isEmpty()) {
      limits.wrong(call.peer(), token);
    }
    return found.stream().findFirst();
  }

  private static boolean same(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }
}
