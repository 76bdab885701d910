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
  private static final char REPLACEMENT = '\ufffd';

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
      return tooLarge(name, limits, problems);
    }
    var text = new String(bytes, StandardCharsets.UTF_8);
    var bad = text.indexOf(REPLACEMENT) < 0 ? -1 : firstBad(bytes);
    if (bad >= 0) {
      problems.add(
          Kind.BAD_ENCODING,
          "",
          YamlSyntax.origin(name, text, bad),
          "the bytes here are not UTF-8; save the file in that encoding");
      return null;
    }
    return YamlReader.read(
        name, text.startsWith("\ufeff") ? text.substring(1) : text, limits, problems);
  }

  /** How many code points stand before the first bytes that are no character, or -1. */
  private static int firstBad(byte[] bytes) {
    var out = CharBuffer.allocate(bytes.length);
    var result = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes), out, true);
    out.flip();
    return result.isError() ? Character.codePointCount(out, 0, out.length()) : -1;
  }

  static @Nullable MapNode parse(String name, String text, Limits limits, ProblemList problems) {
    return text.length() > limits.bytes().bytes()
        ? tooLarge(name, limits, problems)
        : YamlReader.read(name, text, limits, problems);
  }

  private static @Nullable MapNode tooLarge(String name, Limits limits, ProblemList problems) {
    problems.add(
        Kind.SIZE_LIMIT,
        "",
        Origin.of(name),
        "the document is larger than " + limits.bytes() + "; see ConfigLoader.maxSize");
    return null;
  }
}
