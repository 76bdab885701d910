package io.bellwether.dashboard;

import io.bellwether.Problems;
import io.bellwether.report.RolloutReport;
import io.bellwether.rollout.RolloutStore;
import io.bellwether.routing.local.RoutingDecision;
import io.bellwether.runtime.RolloutRecorder;
import io.bellwether.runtime.RolloutRuntime;
import io.bellwether.secret.Secret;
import io.bellwether.slo.BurnDown;
import io.bellwether.time.Durations;
import io.bellwether.time.TimeSource;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Says what a {@link Dashboard} shows, to whom, and where. Not thread-safe. */
public final class DashboardBuilder {
  private static final int MOST_STREAMS = 1_000;
  private static final int SHORTEST_TOKEN = 16;

  private final Problems problems = new Problems();
  final List<Gatekeeper.Known> operators = new ArrayList<>();
  Optional<RolloutRuntime> runtime = Optional.empty();
  Optional<RolloutRecorder> recorder = Optional.empty();
  Optional<TimeSource> time = Optional.empty();
  Optional<Executor> executor = Optional.empty();
  Optional<Authenticator> authenticator = Optional.empty();
  Optional<URI> origin = Optional.empty();
  Optional<RolloutStore> store = Optional.empty();
  List<String> releases = List.of();
  Optional<BiFunction<String, String, RoutingDecision>> routing = Optional.empty();
  Optional<Function<String, List<BurnDown>>> budgets = Optional.empty();
  Optional<Function<RolloutReport, String>> pages = Optional.empty();
  InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  Duration every = Duration.ofSeconds(1);
  int streams = 16;
  boolean open;

  DashboardBuilder() {}

  /**
   * What is shown, and acted on.
   *
   * @param recorder a listener of the runtime
   */
  public DashboardBuilder runtime(RolloutRuntime runtime, RolloutRecorder recorder) {
    problems.given(runtime, "the runtime");
    problems.given(recorder, "the recorder");
    this.runtime = Optional.ofNullable(runtime);
    this.recorder = Optional.ofNullable(recorder);
    return this;
  }

  /**
   * The host's time and threads; it ends them itself, after the dashboard.
   *
   * @param executor answers requests: one thread for each, and one for each open page's stream, so
   *     it should have some more than {@link #streams}
   */
  public DashboardBuilder threads(TimeSource time, Executor executor) {
    problems.given(time, "the time");
    problems.given(executor, "the executor");
    this.time = Optional.ofNullable(time);
    this.executor = Optional.ofNullable(executor);
    return this;
  }

  /** Where it listens; a free port of the loopback interface unless said otherwise. */
  public DashboardBuilder address(InetSocketAddress address) {
    this.address = problems.given(address, "the address") ? address : this.address;
    return this;
  }

  /**
   * Where browsers find it when that is not where it listens, such as {@code
   * https://rollouts.example.com} of a proxy. Its scheme says whether cookies are for TLS only.
   */
  public DashboardBuilder origin(URI origin) {
    var fits =
        problems.given(origin, "the origin")
            && problems.require(
                    origin.isAbsolute()
                        && origin.getHost() != null
                        && origin.getPath().isEmpty()
                        && origin.getScheme().matches("https?"),
                    "the origin is "
                        + origin
                        + ", expected one such as https://rollouts.example.com")
                != null;
    this.origin = fits ? Optional.of(origin) : this.origin;
    return this;
  }

  /**
   * Somebody who may look and act, by a token: in the login form, or as a bearer token.
   *
   * @param name under which their requests are journaled
   * @param token at least 16 characters
   */
  public DashboardBuilder operator(String name, Secret token) {
    return known(name, true, token);
  }

  /** Somebody who may look and not act. */
  public DashboardBuilder viewer(String name, Secret token) {
    return known(name, false, token);
  }

  private DashboardBuilder known(String name, boolean mayAct, Secret token) {
    if (problems.given(name, "an operator's name") && problems.given(token, "a token")) {
      problems.require(
          token.useChars(text -> text.length >= SHORTEST_TOKEN),
          "the token of '" + name + "' has fewer than " + SHORTEST_TOKEN + " characters");
      problems
          .attempt("operator", () -> new Operator(name, mayAct))
          .ifPresent(operator -> operators.add(new Gatekeeper.Known(operator, token)));
    }
    return this;
  }

  /** The host's own way to tell who asks, before any token. */
  public DashboardBuilder authenticator(Authenticator authenticator) {
    problems.given(authenticator, "the authenticator");
    this.authenticator = Optional.ofNullable(authenticator);
    return this;
  }

  /** Lets anybody look who can reach it; acting needs a login all the same. */
  public DashboardBuilder openForReading() {
    open = true;
    return this;
  }

  /** Shows rollouts of these releases, and of those heard of, from before the recorder, too. */
  public DashboardBuilder history(RolloutStore store, String... releases) {
    problems.given(store, "the store");
    this.store = Optional.ofNullable(store);
    this.releases = List.copyOf(problems.allGiven("a release", releases));
    return this;
  }

  /**
   * Explains what the user of a key gets: {@code (release, key) ->
   * routers.router(release).explain(key)}.
   */
  public DashboardBuilder routing(BiFunction<String, String, RoutingDecision> explain) {
    problems.given(explain, "the routing");
    routing = Optional.ofNullable(explain);
    return this;
  }

  /** How a release's error budgets burnt down; asked for as often as a page is looked at. */
  public DashboardBuilder budgets(Function<String, List<BurnDown>> ofRelease) {
    problems.given(ofRelease, "the budgets");
    budgets = Optional.ofNullable(ofRelease);
    return this;
  }

  /** Makes a page of a report to be kept, such as {@code ReportPage::html} of pipeline-charts. */
  public DashboardBuilder pages(Function<RolloutReport, String> page) {
    problems.given(page, "the pages");
    pages = Optional.ofNullable(page);
    return this;
  }

  /** How often open pages are told what is new; a second unless said otherwise. */
  public DashboardBuilder every(Duration every) {
    this.every = problems.valid(Durations.positiveProblem("every", every), every, this.every);
    return this;
  }

  /** How many pages are told at a time; 16 unless said otherwise. More of them ask instead. */
  public DashboardBuilder streams(int most) {
    problems.require(
        most >= 1 && most <= MOST_STREAMS,
        "streams is " + most + ", expected 1 to " + MOST_STREAMS);
    streams = most;
    return this;
  }

  void check() {
    problems
        .require(runtime.isPresent(), "nothing to show; give runtime(runtime, recorder)")
        .require(time.isPresent(), "no threads; give threads(time, executor) of the host")
        .require(
            open || authenticator.isPresent() || !operators.isEmpty(),
            "nobody could look; give operator(name, token), or an authenticator, or openForReading()")
        .throwIfAny("dashboard");
  }
}
