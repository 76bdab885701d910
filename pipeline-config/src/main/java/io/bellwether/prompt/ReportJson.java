package io.bellwether.prompt;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.bellwether.prompt.PromptProblem.Rule;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Writes a report for programs. */
final class ReportJson {
  private static final JsonFactory JSON = new JsonFactory();

  private interface Content {
    void write(JsonGenerator json) throws IOException;
  }

  private ReportJson() {}

  static String plain(PromptReport report) {
    return written(
        json -> {
          json.writeStartObject();
          json.writeNumberField("files", report.files());
          json.writeBooleanField("passed", report.passed());
          json.writeArrayFieldStart("problems");
          for (var problem : report.problems()) {
            json.writeStartObject();
            json.writeStringField("rule", problem.rule().name());
            json.writeBooleanField("warning", problem.warning());
            json.writeStringField("file", problem.file());
            json.writeNumberField("line", problem.line());
            json.writeNumberField("column", problem.column());
            json.writeStringField("message", problem.message());
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  static String sarif(PromptReport report) {
    return written(
        json -> {
          json.writeStartObject();
          json.writeStringField("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
          json.writeStringField("version", "2.1.0");
          json.writeArrayFieldStart("runs");
          json.writeStartObject();
          tool(json);
          json.writeArrayFieldStart("results");
          for (var problem : report.problems()) {
            result(json, problem);
          }
          json.writeEndArray();
          json.writeEndObject();
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  private static void tool(JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("tool");
    json.writeObjectFieldStart("driver");
    json.writeStringField("name", "Bellwether prompts");
    json.writeArrayFieldStart("rules");
    for (var rule : Rule.values()) {
      json.writeStartObject();
      json.writeStringField("id", rule.name());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void result(JsonGenerator json, PromptProblem problem) throws IOException {
    json.writeStartObject();
    json.writeStringField("ruleId", problem.rule().name());
    json.writeStringField("level", problem.warning() ? "warning" : "error");
    json.writeObjectFieldStart("message");
    json.writeStringField("text", problem.message());
    json.writeEndObject();
    json.writeArrayFieldStart("locations");
    json.writeStartObject();
    json.writeObjectFieldStart("physicalLocation");
    json.writeObjectFieldStart("artifactLocation");
    json.writeStringField("uri", uri(problem.file()));
    json.writeEndObject();
    json.writeObjectFieldStart("region");
    json.writeNumberField("startLine", problem.line());
    json.writeNumberField("startColumn", problem.column());
    json.writeEndObject();
    json.writeEndObject();
    json.writeEndObject();
    json.writeEndArray();
    json.writeEndObject();
  }

  /** A blank or a letter beyond ASCII is no part of a URI. */
  private static String uri(String file) {
    return URLEncoder.encode(file, StandardCharsets.UTF_8).replace("+", "%20").replace("%2F", "/");
  }

  private static String written(Content content) {
    var text = new StringWriter();
    try (var json = JSON.createGenerator(text)) {
      content.write(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a text in memory cannot fail to be written
    }
    return text.toString();
  }
}
