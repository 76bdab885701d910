package io.bellwether.examples.quickstart.model;

import com.fasterxml.jackson.core.JsonParser;
import io.bellwether.examples.quickstart.http.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/**
 * The body of {@code POST /v1/chat/completions}, as far as this program needs it.
 *
 * @param model the model's name
 * @param messages what was said so far, the prompt first
 * @param maxTokens the longest answer wanted
 */
public record CompletionRequest(String model, List<Message> messages, int maxTokens) {
  private static final int DEFAULT_MAX_TOKENS = 256;

  /** Copies the messages. */
  public CompletionRequest {
    messages = List.copyOf(messages);
  }

  /**
   * One message.
   *
   * @param role {@code system}, {@code user} or {@code assistant}
   * @param content the text
   */
  public record Message(String role, String content) {
    private static Message read(JsonParser in) throws IOException {
      var fields = new HashMap<String, String>();
      Json.readFields(in, (name, value) -> fields.put(name, value.getValueAsString("")));
      return new Message(fields.getOrDefault("role", "user"), fields.getOrDefault("content", ""));
    }
  }

  /** The text of the first system message, or nothing. */
  public String prompt() {
    return messages.stream()
        .filter(message -> message.role().equals("system"))
        .map(Message::content)
        .findFirst()
        .orElse("");
  }

  /** How many tokens the messages have together. */
  public int promptTokens() {
    return messages.stream().mapToInt(message -> Words.tokens(message.content())).sum();
  }

  /** The request as JSON. */
  public byte[] toJson() {
    return Json.object(
        out -> {
          out.writeStringField("model", model);
          out.writeArrayFieldStart("messages");
          for (var message : messages) {
            out.writeStartObject();
            out.writeStringField("role", message.role());
            out.writeStringField("content", message.content());
            out.writeEndObject();
          }
          out.writeEndArray();
          out.writeNumberField("max_tokens", maxTokens);
        });
  }

  /**
   * Reads a request.
   *
   * @throws IOException if it is no JSON object, or lacks the model or the messages
   */
  public static CompletionRequest parse(byte[] json) throws IOException {
    var reader = new Reader();
    Json.readObject(json, reader::field);
    if (reader.model.isEmpty() || reader.messages.isEmpty()) {
      throw new IOException("you must provide a model and at least one message");
    }
    return new CompletionRequest(reader.model, reader.messages, reader.maxTokens);
  }

  private static final class Reader {
    private final List<Message> messages = new ArrayList<>();
    private String model = "";
    private int maxTokens = DEFAULT_MAX_TOKENS;

    void field(String name, JsonParser in) throws IOException {
      switch (name) {
        case "model" -> model = in.getValueAsString("");
        case "max_tokens" -> maxTokens = in.getValueAsInt(DEFAULT_MAX_TOKENS);
        case "messages" -> Json.readElements(in, () -> messages.add(Message.read(in)));
        default -> {}
      }
    }
  }
}
