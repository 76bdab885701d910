package io.bellwether.strategy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.bellwether.BellwetherException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** A JSON object on each line, with exactly the columns as members. */
final class JsonRows implements TraceRows.Format {
  private static final JsonFactory JSON = new JsonFactory();

  private final TraceRows rows;

  JsonRows(TraceRows rows) {
    this.rows = rows;
  }

  @Override
  public void line(String line) {
    try (var parser = JSON.createParser(line)) {
      var members = members(parser);
      rows.add(TraceRows.COLUMNS.stream().map(column -> member(members, column)).toList());
    } catch (JsonProcessingException e) {
      throw rows.bad("no JSON object: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<String, String> members(JsonParser parser) throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw rows.bad("expected a JSON object with " + TraceRows.COLUMNS);
    }
    var members = new HashMap<String, String>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      var name = parser.currentName();
      var value = parser.nextToken();
      if (!TraceRows.COLUMNS.contains(name)) {
        throw unexpected("member '" + name + "'");
      }
      if (!value.isScalarValue() || value == JsonToken.VALUE_NULL) {
        throw rows.bad("member '" + name + "': expected a number or a string");
      }
      if (members.put(name, parser.getText()) != null) {
        throw rows.bad("member '" + name + "' stands there twice");
      }
    }
    if (parser.nextToken() != null) {
      throw unexpected("text after the object");
    }
    return members;
  }

  private BellwetherException unexpected(String what) {
    return rows.bad("unexpected " + what + ": expected exactly " + TraceRows.COLUMNS);
  }

  private String member(Map<String, String> members, String column) {
    if (!members.containsKey(column)) {
      throw rows.bad("member '" + column + "' is missing: expected exactly " + TraceRows.COLUMNS);
    }
    return Objects.requireNonNull(members.get(column));
  }
}
