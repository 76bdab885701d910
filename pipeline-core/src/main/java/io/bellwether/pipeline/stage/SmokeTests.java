package io.bellwether.pipeline.stage;

import io.bellwether.Problems;
import io.bellwether.http.BoundedHttp;
import io.bellwether.pipeline.StageAction;
import io.bellwether.pipeline.StageContext;
import io.bellwether.pipeline.StageResult;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A few HTTP requests with expectations, one after the other; all are made whatever becomes of one.
 * Immutable and thread-safe.
 *
 * <pre>{@code
 * SmokeTests.against(client, URI.create("http://staging.example"), s -> s
 *     .check("health", c -> c.get("/health").expectStatus(200).expectField("status", "OK"))
 *     .check("chat", c -> c.post("/chat", "{\"question\":\"hi\"}").expectText("answer")
 *         .within(ofSeconds(2))));
 * }</pre>
 */
public final class SmokeTests implements StageAction.Blocking {
  private final HttpClient client;
  private final URI base;
  private final List<SmokeCheck> checks;

  private SmokeTests(HttpClient client, URI base, List<SmokeCheck> checks) {
    this.client = client;
    this.base = base;
    this.checks = List.copyOf(checks);
  }

  /**
   * Smoke tests built in one expression.
   *
   * @param base an http or https address; the checks' paths are put behind it
   * @throws io.bellwether.InvalidConfigurationException with every problem at once
   */
  public static SmokeTests against(HttpClient client, URI base, UnaryOperator<Builder> checks) {
    return new SmokeTests(client, base, checks.apply(new Builder()).build(base));
  }

  /**
   * What became of one check.
   *
   * @param check its name
   * @param failures what was not as expected; empty when all was
   * @param millis how long the answer took, in milliseconds
   */
  public record Finding(String check, List<String> failures, long millis) {
    /** Copies the failures. */
    public Finding {
      failures = List.copyOf(failures);
    }

    /** Whether all was as expected. */
    public boolean passed() {
      return failures.isEmpty();
    }

    /** For example {@code health passed in 12 ms}. */
    @Override
    public String toString() {
      return check
          + (passed() ? " passed" : " failed: " + String.join(", ", failures))
          + " in "
          + millis
          + " ms";
    }
  }

  /**
   * Makes all requests.
   *
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public List<Finding> run() throws InterruptedException {
    var findings = new ArrayList<Finding>();
    for (var check : checks) {
      findings.add(check.make(client, base));
    }
    return List.copyOf(findings);
  }

  @Override
  public StageResult run(StageContext context) throws InterruptedException {
    var findings = run();
    var failed = findings.stream().filter(finding -> !finding.passed()).toList();
    if (failed.isEmpty()) {
      var slowest = findings.stream().mapToLong(Finding::millis).max().orElse(0);
      return StageResult.success(
          findings.size() + " smoke tests passed, the slowest in " + slowest + " ms");
    }
    return StageResult.failure(
        failed.size()
            + " of "
            + findings.size()
            + " smoke tests failed: "
            + failed.stream().map(Finding::toString).collect(Collectors.joining("; ")));
  }

  /** Collects checks. Not thread-safe. */
  public static final class Builder {
    private final List<SmokeCheck> checks = new ArrayList<>();
    private final Problems problems = new Problems();

    private Builder() {}

    /** Adds a request with expectations; a 2xx answer is expected unless said otherwise. */
    public Builder check(String name, UnaryOperator<SmokeCheck> what) {
      problems.require(
          checks.stream().noneMatch(check -> check.name().equals(name)),
          "two checks are called '" + name + "'");
      checks.add(what.apply(SmokeCheck.named(name)));
      return this;
    }

    private List<SmokeCheck> build(URI base) {
      problems
          .require(!checks.isEmpty(), "no check; add check(\"health\", c -> c.get(\"/health\"))")
          .require(
              isBase(base),
              "base '"
                  + BoundedHttp.place(base)
                  + "': expected an http or https address with a host, without parameters");
      checks.forEach(check -> check.problems(base).forEach(problems::add));
      problems.throwIfAny("smoke tests");
      return checks;
    }

    private static boolean isBase(URI base) {
      return ("http".equals(base.getScheme()) || "https".equals(base.getScheme()))
          && base.getHost() != null
          && base.getRawQuery() == null
          && base.getRawFragment() == null;
    }
  }
}
