package io.bellwether.vectors;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a file of test vectors as plain maps, lists, texts, numbers and flags. */
public final class VectorFile {
  /** System property: the directory to read vectors from, in place of the class path. */
  public static final String DIRECTORY = "vectors.dir";

  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private VectorFile() {}

  /** The file of this name, from the directory of {@link #DIRECTORY} or from the class path. */
  public static VectorObject read(String name) {
    try (var stream = open(name);
        var parser = JSON.createParser(stream)) {
      return root(name, parser);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** An object that stands in the test itself. */
  public static VectorObject parse(String json) {
    try (var parser = JSON.createParser(json)) {
      return root("inline", parser);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /**
   * The bytes of the file of this name.
   *
   * @throws IOException if it cannot be read, or is neither there nor on the class path
   */
  public static InputStream open(String name) throws IOException {
    var directory = System.getProperty(DIRECTORY);
    if (directory != null) {
      return Files.newInputStream(existing(Path.of(directory)).resolve(name).toAbsolutePath());
    }
    var stream = VectorFile.class.getResourceAsStream("/vectors/" + name);
    if (stream == null) {
      throw new FileNotFoundException("no /vectors/" + name + " on the class path");
    }
    return stream;
  }

  /** A relative directory may be meant from the folder of all modules, where the build started. */
  private static Path existing(Path directory) {
    return Files.isDirectory(directory) ? directory : Path.of("..").resolve(directory);
  }

  private static VectorObject root(String name, JsonParser parser) throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new IllegalArgumentException(name + " does not start with an object");
    }
    return new VectorObject(name, object(parser));
  }

  private static Map<String, @Nullable Object> object(JsonParser parser) throws IOException {
    var fields = new LinkedHashMap<String, @Nullable Object>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      var name = parser.currentName();
      parser.nextToken();
      fields.put(name, value(parser));
    }
    return fields;
  }

  private static List<@Nullable Object> array(JsonParser parser) throws IOException {
    var items = new ArrayList<@Nullable Object>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(value(parser));
    }
    return items;
  }

  private static @Nullable Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> throw new IllegalArgumentException("unexpected " + parser.currentToken());
    };
  }
}
