package io.bellwether.store.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.bellwether.BellwetherException;
import io.bellwether.rollout.RolloutEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** A journal as a JSON document, and back. */
public final class JournalJson {
  /** In ASCII, so that halves of surrogate pairs, which a host's error text may hold, survive. */
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private JournalJson() {}

  /** These events in this format. */
  public static byte[] write(int format, List<RolloutEvent> events) {
    var bytes = new ByteArrayOutputStream();
    try (var out = FACTORY.createGenerator(bytes)) {
      out.writeStartObject();
      out.writeNumberField("format", format);
      out.writeFieldName("events");
      EventCodecs.EVENT.list().write(events, out);
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return bytes.toByteArray();
  }

  /** The events of a document in this format. */
  public static List<RolloutEvent> read(int format, byte[] document) {
    var fields = parse(document).fields();
    var found = fields.get("format", Scalars.INT);
    if (found != format) {
      throw new BellwetherException(
          "a journal is in format "
              + found
              + ", this library reads format "
              + format
              + "; use the version of the library that wrote it");
    }
    var events = fields.get("events", EventCodecs.EVENT.list());
    fields.refuseMore();
    return events;
  }

  private static Json parse(byte[] document) {
    try (var parser = FACTORY.createParser(document)) {
      var json = Json.parse(parser);
      if (parser.nextToken() != null) {
        throw new BellwetherException("a journal's document is followed by something else");
      }
      return json;
    } catch (JsonProcessingException e) {
      throw new BellwetherException("a journal is no JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory failed", e);
    }
  }
}
