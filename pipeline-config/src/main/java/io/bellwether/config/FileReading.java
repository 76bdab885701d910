package io.bellwether.config;

import io.bellwether.config.ConfigProblem.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads a YAML file: bounded, and as UTF-8 or not at all. */
record FileReading(String name, Path file, boolean required) implements ConfigLayer.Reading {
  @Override
  public @Nullable MapNode read(Limits limits, ProblemList problems) {
    if (!required && Files.notExists(file)) {
      return MapNode.empty(Origin.of(name));
    }
    try (var in = Files.newInputStream(file)) {
      var most = (int) Math.min(limits.bytes().bytes() + 1, Integer.MAX_VALUE - 8);
      return parse(name, in.readNBytes(most), limits, problems);
    } catch (IOException e) {
      problems.add(
          Kind.UNREADABLE,
          "",
          Origin.of(name),
          "the file cannot be read (" + e.getClass().getSimpleName() + "): " + file);
      return null;
    }
  }

  static @Nullable MapNode parse(String name, byte[] bytes, Limits limits, ProblemList problems) {
    if (bytes.length > limits.bytes().bytes()) {
      problems.add(
          Kind.SIZE_LIMIT,
          "",
          Origin.of(name),
          "the document is larger than " + limits.bytes() + "; see ConfigLoader.maxSize");
      return null;
    }
    var in = ByteBuffer.wrap(bytes);
    var out = CharBuffer.allocate(bytes.length);
    var result = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
    out.flip();
    var text = out.toString();
    if (result.isError()) {
      problems.add(
          Kind.BAD_ENCODING,
          "",
          YamlSyntax.origin(name, text, text.length()),
          "the bytes here are not UTF-8; save the file in that encoding");
      return null;
    }
    return YamlReader.read(
        name, text.startsWith("\ufeff") ? text.substring(1) : text, limits, problems);
  }
}
