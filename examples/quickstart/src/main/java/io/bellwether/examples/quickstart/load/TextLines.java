package io.bellwether.examples.quickstart.load;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The lines of a UTF-8 text, one at a time and of bounded length, so that what is wrong is found in
 * its own line and no file fills the memory. A byte order mark at the start is passed over. Lines
 * end in LF or CRLF. Not thread-safe.
 */
final class TextLines implements AutoCloseable {
  /** The longest line, in bytes. */
  static final int LONGEST = 200;

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final InputStream in;
  private final byte[] line = new byte[LONGEST];
  private long number;

  private TextLines(InputStream in) {
    this.in = in;
  }

  /** The lines of this file. */
  static TextLines of(Path file) throws IOException {
    return new TextLines(new BufferedInputStream(Files.newInputStream(file), 1 << 16));
  }

  /** The number of the line last read, from 1; 0 before the first. */
  long number() {
    return number;
  }

  /**
   * The next line without its end; empty where there is none.
   *
   * @throws CharacterCodingException if it is not UTF-8
   * @throws LineTooLongException if it has more than {@value #LONGEST} bytes
   */
  Optional<String> next() throws IOException {
    number++;
    var length = 0;
    var next = in.read();
    if (next < 0) {
      return Optional.empty();
    }
    for (; next >= 0 && next != '\n'; next = in.read()) {
      if (length == LONGEST) {
        throw new LineTooLongException();
      }
      line[length++] = (byte) next;
    }
    return Optional.of(text(length > 0 && line[length - 1] == '\r' ? length - 1 : length));
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private String text(int length) throws CharacterCodingException {
    CharBuffer decoded =
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line, 0, length));
    var text = decoded.toString();
    return number == 1 && text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
  }

  /** A line that no trace has. */
  static final class LineTooLongException extends IOException {
    private static final long serialVersionUID = 1L;
  }
}
