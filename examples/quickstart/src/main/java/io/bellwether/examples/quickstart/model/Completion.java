package io.bellwether.examples.quickstart.model;

import com.fasterxml.jackson.core.JsonParser;
import io.bellwether.examples.quickstart.http.Json;
import java.io.IOException;
import java.time.Instant;

/**
 * The model's answer, as far as this program needs it.
 *
 * @param id the answer's own name
 * @param created when, to the second
 * @param model the model that answered
 * @param content what it said; blank for an empty answer
 * @param promptTokens how many tokens it was given
 * @param completionTokens how many tokens it said
 */
public record Completion(
    String id,
    Instant created,
    String model,
    String content,
    int promptTokens,
    int completionTokens) {

  /** The tokens paid for. */
  public int totalTokens() {
    return promptTokens + completionTokens;
  }

  /** The answer as JSON. */
  public byte[] toJson() {
    return Json.object(
        out -> {
          out.writeStringField("id", id);
          out.writeStringField("object", "chat.completion");
          out.writeNumberField("created", created.getEpochSecond());
          out.writeStringField("model", model);
          out.writeArrayFieldStart("choices");
          out.writeStartObject();
          out.writeNumberField("index", 0);
          out.writeObjectFieldStart("message");
          out.writeStringField("role", "assistant");
          out.writeStringField("content", content);
          out.writeEndObject();
          out.writeStringField("finish_reason", "stop");
          out.writeEndObject();
          out.writeEndArray();
          out.writeObjectFieldStart("usage");
          out.writeNumberField("prompt_tokens", promptTokens);
          out.writeNumberField("completion_tokens", completionTokens);
          out.writeNumberField("total_tokens", totalTokens());
          out.writeEndObject();
        });
  }

  /**
   * Reads an answer; whatever it lacks is blank or zero.
   *
   * @throws IOException if it is no JSON object
   */
  public static Completion parse(byte[] json) throws IOException {
    var reader = new Reader();
    Json.readObject(json, reader::field);
    return new Completion(
        reader.id,
        reader.created,
        reader.model,
        reader.content,
        reader.promptTokens,
        reader.completionTokens);
  }

  private static final class Reader {
    private String id = "";
    private Instant created = Instant.EPOCH;
    private String model = "";
    private String content = "";
    private int promptTokens;
    private int completionTokens;

    void field(String name, JsonParser in) throws IOException {
      switch (name) {
        case "id" -> id = in.getValueAsString("");
        case "created" -> created = Instant.ofEpochSecond(in.getValueAsLong());
        case "model" -> model = in.getValueAsString("");
        case "choices" -> Json.readElements(in, () -> Json.readFields(in, this::choice));
        case "usage" -> Json.readFields(in, this::usage);
        default -> {}
      }
    }

    private void choice(String name, JsonParser in) throws IOException {
      if (name.equals("message")) {
        Json.readFields(in, this::message);
      }
    }

    private void message(String name, JsonParser in) throws IOException {
      if (name.equals("content")) {
        content = in.getValueAsString("");
      }
    }

    private void usage(String name, JsonParser in) throws IOException {
      switch (name) {
        case "prompt_tokens" -> promptTokens = in.getValueAsInt();
        case "completion_tokens" -> completionTokens = in.getValueAsInt();
        default -> {}
      }
    }
  }
}
