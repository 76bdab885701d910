package io.bellwether.examples.quickstart.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.bellwether.analysis.Judgement;
import io.bellwether.analysis.RateInterval;
import io.bellwether.analysis.StreamEvidence;
import io.bellwether.examples.quickstart.FileProblem;
import io.bellwether.examples.quickstart.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;

/**
 * Writes {@code report.json}, for programs.
 *
 * <p>Times of day are the wall's. Minutes, and the lengths of holds (ISO 8601), are the service's,
 * which passes {@code speed} times as fast.
 */
public final class ReportFile {
  private final JsonGenerator out;

  private ReportFile(JsonGenerator out) {
    this.out = out;
  }

  /**
   * The report's place in a directory, which is made if need be; found out by opening the file and
   * the page beside it, and an older report is left as it is until {@link #write} replaces it.
   *
   * @throws UsageException if no report could be written there
   */
  public static Path in(Path directory) {
    try {
      Files.createDirectories(directory);
    } catch (IOException unusable) {
      throw new UsageException(
          "--out '" + directory + "' cannot be made: " + FileProblem.reason(unusable));
    }
    var file = directory.resolve("report.json");
    tryOut(directory, file);
    tryOut(directory, page(file));
    return file;
  }

  /** Where the same is told to people: beside the report. */
  public static Path page(Path file) {
    return file.resolveSibling("report.html");
  }

  private static void tryOut(Path directory, Path file) {
    try {
      tryOut(file);
    } catch (IOException unusable) {
      throw new UsageException(
          "--out '"
              + directory
              + "': "
              + file.getFileName()
              + " cannot be written there: "
              + FileProblem.reason(unusable));
    }
  }

  private static void tryOut(Path file) throws IOException {
    var isNew = Files.notExists(file);
    if (!isNew) {
      var attributes = Files.readAttributes(file, BasicFileAttributes.class);
      if (!attributes.isRegularFile()) {
        throw new IOException("it is " + FileProblem.kind(attributes));
      }
    }
    Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE).close();
    if (isNew) {
      Files.delete(file);
    }
  }

  /**
   * Writes the report, replacing an older one.
   *
   * @param file where to
   * @param run what was asked for
   * @param results what came of it
   * @throws IOException if the file cannot be written
   */
  public static void write(Path file, RunFacts run, List<ScenarioResult> results)
      throws IOException {
    try (var bytes = Files.newOutputStream(file);
        var out = new JsonFactory().createGenerator(bytes)) {
      out.setPrettyPrinter(new DefaultPrettyPrinter());
      new ReportFile(out).report(run, results);
      out.writeRaw('\n');
    }
  }

  /**
   * What all scenarios of a run had in common.
   *
   * @param speed how many times faster than life
   * @param rng the seed
   * @param trace what the users followed
   * @param wallTime how long the run took
   */
  public record RunFacts(double speed, long rng, String trace, Duration wallTime) {}

  private void report(RunFacts run, List<ScenarioResult> results) throws IOException {
    out.writeStartObject();
    out.writeNumberField("speed", run.speed());
    out.writeNumberField("rng", run.rng());
    out.writeStringField("trace", run.trace());
    out.writeNumberField("wall_seconds", run.wallTime().toMillis() / 1000.0);
    out.writeArrayFieldStart("scenarios");
    for (var result : results) {
      scenario(result);
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  private void scenario(ScenarioResult result) throws IOException {
    out.writeStartObject();
    out.writeStringField("name", result.name());
    out.writeStringField("story", result.story());
    out.writeStringField("expected", result.expected().outcome().name());
    out.writeBooleanField("expected_hold", result.expected().held());
    out.writeStringField("outcome", result.outcome().name());
    out.writeBooleanField("as_expected", result.asExpected());
    out.writeStringField("explanation", result.explanation());
    out.writeArrayFieldStart("steps");
    for (var step : result.steps()) {
      step(step);
    }
    out.writeEndArray();
    out.writeArrayFieldStart("holds");
    for (var hold : result.holds()) {
      hold(hold);
    }
    out.writeEndArray();
    if (result.judgement().isPresent()) {
      judgement(result.judgement().get());
    }
    traffic(result.traffic());
    out.writeEndObject();
  }

  private void step(StepResult step) throws IOException {
    out.writeStartObject();
    out.writeNumberField("weight", step.weight());
    out.writeStringField("started_at", step.startedAt().toString());
    out.writeNumberField("minute", step.minute());
    out.writeNumberField("requests", step.requests());
    out.writeNumberField("failures", step.failures());
    out.writeNumberField("candidate_requests", step.candidateRequests());
    out.writeNumberField("candidate_failures", step.candidateFailures());
    out.writeNumberField("candidate_empties", step.candidateEmpties());
    out.writeStringField("evidence", String.join("; ", step.evidence()));
    out.writeEndObject();
  }

  private void hold(HoldResult hold) throws IOException {
    out.writeStartObject();
    out.writeStringField("reason", hold.reason().name());
    out.writeStringField("length", hold.length().toString());
    out.writeNumberField("weight", hold.weight());
    out.writeStringField("started_at", hold.startedAt().toString());
    out.writeNumberField("minute", hold.minute());
    out.writeStringField("evidence", String.join("; ", hold.evidence()));
    out.writeEndObject();
  }

  private void judgement(Judgement judgement) throws IOException {
    out.writeObjectFieldStart("judge");
    out.writeStringField("name", judgement.judge());
    out.writeStringField("decision", judgement.decision().name());
    out.writeStringField("reason", judgement.reason().name());
    out.writeNumberField("requests_exposed", judgement.exposed());
    if (judgement.alarm().isPresent()) {
      var alarm = judgement.alarm().get();
      out.writeNumberField("e_value", alarm.eValue());
      out.writeNumberField("e_value_limit", alarm.limit());
      out.writeNumberField("alpha_spent", alarm.alphaSpent());
    }
    out.writeArrayFieldStart("streams");
    for (var stream : judgement.streams()) {
      stream(stream);
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  private void stream(StreamEvidence stream) throws IOException {
    out.writeStartObject();
    out.writeStringField("name", stream.stream());
    out.writeNumberField("e_value", stream.eValue());
    rate("candidate", stream.candidate());
    rate("stable", stream.stable());
    out.writeEndObject();
  }

  /** A rate of nothing is no number, which JSON cannot say: then only the count is there. */
  private void rate(String version, RateInterval rate) throws IOException {
    if (rate.of() > 0) {
      out.writeNumberField(version + "_rate", rate.rate());
      out.writeNumberField(version + "_low", rate.low());
      out.writeNumberField(version + "_high", rate.high());
    }
    out.writeNumberField(version + "_requests", rate.of());
  }

  private void traffic(TrafficResult traffic) throws IOException {
    out.writeNumberField("requests", traffic.requests());
    out.writeNumberField("warm_up_requests", traffic.warmUpRequests());
    out.writeNumberField("requests_afterwards", traffic.requestsAfterwards());
    out.writeNumberField("candidate_requests", traffic.candidateRequests());
    out.writeNumberField("failed_by_model", traffic.failedByModel());
    out.writeNumberField("failed_by_rollout", traffic.failedByRollout());
    out.writeStringField("first_failure", traffic.firstFailure());
    out.writeNumberField("users", traffic.users());
    out.writeNumberField("candidate_users", traffic.candidateUsers());
    out.writeNumberField("client_behind_ms", traffic.behind().toMillis());
  }
}
