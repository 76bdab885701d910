package io.bellwether.examples.cli.scan;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Tells texts from other files, as git does: no zero among the first bytes. */
final class TextFile {
  private static final int FIRST = 8000;

  private TextFile() {}

  /**
   * A file's text; empty if it is none. What is no UTF-8 is read all the same: the shapes of
   * secrets are ASCII.
   */
  static Optional<String> read(Path file) throws IOException {
    var bytes = Files.readAllBytes(file);
    var wide = wide(bytes);
    if (wide.isPresent()) {
      return wide.map(charset -> new String(bytes, charset));
    }
    for (var i = 0; i < Math.min(FIRST, bytes.length); i++) {
      if (bytes[i] == 0) {
        return Optional.empty();
      }
    }
    return Optional.of(new String(bytes, StandardCharsets.UTF_8));
  }

  /** Two bytes a character, if a mark says so. */
  private static Optional<Charset> wide(byte[] bytes) {
    if (bytes.length < 2) {
      return Optional.empty();
    }
    var mark = (bytes[0] & 0xff) << 8 | bytes[1] & 0xff;
    if (mark == 0xfeff) {
      return Optional.of(StandardCharsets.UTF_16BE);
    }
    return mark == 0xfffe ? Optional.of(StandardCharsets.UTF_16LE) : Optional.empty();
  }
}
