package io.bellwether.benchmarks;

import io.bellwether.prompt.PromptReport;
import io.bellwether.prompt.PromptValidator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to validate a folder of 200 prompts of about 2 KB each, files included. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
    value = 3,
    jvmArgs = {"-Xms2g", "-Xmx2g", "-XX:+UseG1GC"})
@Warmup(iterations = 6, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 10, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class PromptBenchmark {
  /** The folder. */
  @State(Scope.Benchmark)
  public static class Folder {
    private static final int COUNT = 200;

    private static final String HEAD =
        """
        ---
        model: gpt-4
        description: answers a customer
        variables:
          customer: {description: who asks}
          question: {}
          tone: {defaults_to: friendly}
        limits: {characters: 8000, tokens: 2000}
        input_schema:
          type: object
          properties: {customer: {type: string}, question: {type: string}, tone: {type: string}}
          required: [customer]
        ---
        Answer {{customer}} in a {{tone}} tone. The question is: {{question}}
        """;

    private Path folder = Path.of(".");

    /** Writes the prompts. */
    @Setup
    public void write() throws IOException {
      folder = Files.createTempDirectory("prompts");
      for (var i = 0; i < COUNT; i++) {
        var text =
            HEAD + "Keep to the facts of the order, and say so if you do not know. ".repeat(25);
        Files.writeString(folder.resolve("prompt-" + i + ".md"), text + "\nNumber " + i + ".");
      }
      var report = PromptValidator.validate(folder);
      if (report.files() != COUNT || !report.problems().isEmpty()) {
        throw new IllegalStateException(report.toString());
      }
    }

    /** Deletes them. */
    @TearDown
    public void delete() throws IOException {
      try (var files = Files.list(folder)) {
        for (var file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(folder);
    }
  }

  /** The whole validation. */
  @Benchmark
  public PromptReport validate(Folder folder) {
    return PromptValidator.validate(folder.folder);
  }
}
