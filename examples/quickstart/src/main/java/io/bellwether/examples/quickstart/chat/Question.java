package io.bellwether.examples.quickstart.chat;

import com.fasterxml.jackson.core.JsonParser;
import io.bellwether.examples.quickstart.http.Json;
import java.io.IOException;

/**
 * The body of {@code POST /chat}.
 *
 * @param user who asks; blank if unknown
 * @param text what is asked
 * @param maxTokens the longest answer wanted
 */
public record Question(String user, String text, int maxTokens) {
  private static final int DEFAULT_MAX_TOKENS = 256;

  /** The question as JSON. */
  public byte[] toJson() {
    return Json.object(
        out -> {
          out.writeStringField("user", user);
          out.writeStringField("question", text);
          out.writeNumberField("max_tokens", maxTokens);
        });
  }

  /**
   * Reads a question.
   *
   * @throws IOException if it is no JSON object or lacks the question
   */
  static Question parse(byte[] json) throws IOException {
    var reader = new Reader();
    Json.readObject(json, reader::field);
    if (reader.text.isBlank()) {
      throw new IOException("expected {\"user\": ..., \"question\": ...} with a question");
    }
    return new Question(reader.user, reader.text, reader.maxTokens);
  }

  private static final class Reader {
    private String user = "";
    private String text = "";
    private int maxTokens = DEFAULT_MAX_TOKENS;

    void field(String name, JsonParser in) throws IOException {
      switch (name) {
        case "user" -> user = in.getValueAsString("");
        case "question" -> text = in.getValueAsString("");
        case "max_tokens" -> maxTokens = in.getValueAsInt(DEFAULT_MAX_TOKENS);
        default -> {}
      }
    }
  }
}
