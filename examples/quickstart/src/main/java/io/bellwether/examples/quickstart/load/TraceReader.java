package io.bellwether.examples.quickstart.load;

import io.bellwether.examples.quickstart.FileProblem;
import io.bellwether.examples.quickstart.UsageException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads a trace from a CSV file with the header {@value #HEADER}, strictly: a trace that is read
 * wrongly would load the program with something nobody asked for.
 *
 * <p>Timestamps are {@code 2023-11-16 18:15:46.6805900}, in ascending order; tokens are whole
 * numbers from 0. Lines end in LF or CRLF; a byte order mark at the start and blank lines at the
 * end are passed over. A trace is a regular file of at most 64 MB and 200,000 requests.
 */
public final class TraceReader {
  private static final String HEADER = "TIMESTAMP,ContextTokens,GeneratedTokens";
  private static final int MAX_REQUESTS = 200_000;
  private static final long MAX_BYTES = 64 << 20;
  private static final Pattern INVISIBLE = Pattern.compile("[\\p{C}\\p{Z}&&[^ ]]");
  private static final LocalDateTime EPOCH = LocalDateTime.of(1970, 1, 1, 0, 0);
  private static final DateTimeFormatter TIMESTAMP =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .toFormatter()
          .withResolverStyle(ResolverStyle.STRICT);

  private final Path file;
  private final Trace.Builder trace = new Trace.Builder();
  private long number = 1;
  private long blank;

  private TraceReader(Path file) {
    this.file = file;
  }

  /**
   * The trace in this file.
   *
   * @throws UsageException if there is none, with the file and the line in its one-line message
   */
  public static Trace read(Path file) {
    return new TraceReader(file).read();
  }

  private Trace read() {
    try {
      requireSmallFile();
      try (var lines = TextLines.of(file)) {
        return read(lines);
      }
    } catch (NoSuchFileException missing) {
      throw new UsageException(file + ": no such trace file");
    } catch (AccessDeniedException denied) {
      throw new UsageException(file + ": this trace file may not be read");
    } catch (IOException unreadable) {
      throw new UsageException(
          file + ": cannot be read as a trace: " + FileProblem.reason(unreadable));
    }
  }

  /** A device or a pipe may never end, and a file that is too large shows it before it is read. */
  private void requireSmallFile() throws IOException {
    var attributes = Files.readAttributes(file, BasicFileAttributes.class);
    if (!attributes.isRegularFile()) {
      throw new UsageException(
          file + ": cannot be read as a trace: it is " + FileProblem.kind(attributes));
    }
    if (attributes.size() > MAX_BYTES) {
      throw new UsageException(
          file
              + ": too large for a trace, "
              + (attributes.size() >> 20)
              + " MB: expected at most "
              + (MAX_BYTES >> 20)
              + " MB and "
              + MAX_REQUESTS
              + " requests; give a part of it");
    }
  }

  private Trace read(TextLines lines) throws IOException {
    try {
      header(lines.next());
      for (var line = lines.next(); line.isPresent(); line = lines.next()) {
        number = lines.number();
        row(line.get());
      }
    } catch (CharacterCodingException binary) {
      number = lines.number();
      throw problem("not a text file in UTF-8");
    } catch (TextLines.LineTooLongException endless) {
      number = lines.number();
      throw problem("longer than " + TextLines.LONGEST + " bytes, which no request is");
    }
    number = lines.number();
    if (!trace.usable()) {
      throw problem("the trace ends here; expected at least two requests at different times");
    }
    return trace.build();
  }

  private void header(Optional<String> header) {
    if (!header.equals(Optional.of(HEADER))) {
      throw problem(
          "expected the header "
              + HEADER
              + ", found "
              + header.map(TraceReader::quoted).orElse("an empty file"));
    }
  }

  private void row(String line) {
    if (line.isEmpty()) {
      blank = blank == 0 ? number : blank;
      return;
    }
    if (blank > 0) {
      number = blank;
      throw problem("expected 3 columns, found a blank line with more below it");
    }
    var cells = line.split(",", -1);
    if (cells.length != 3) {
      throw problem("expected 3 columns, found " + cells.length + " in " + quoted(line));
    }
    if (number - 1 > MAX_REQUESTS) {
      throw problem("more than " + MAX_REQUESTS + " requests; give a part of it");
    }
    var arrival = timestamp(cells[0]);
    if (arrival < trace.lastArrival()) {
      throw problem("timestamp " + quoted(cells[0]) + " is before the one above it");
    }
    trace.add(arrival, tokens("ContextTokens", cells[1]), tokens("GeneratedTokens", cells[2]));
  }

  private long timestamp(String cell) {
    try {
      var time = LocalDateTime.parse(cell, TIMESTAMP);
      return ChronoUnit.NANOS.between(EPOCH, time);
    } catch (DateTimeParseException | ArithmeticException unusable) {
      throw problem(
          "TIMESTAMP " + quoted(cell) + ": expected a time such as 2023-11-16 18:15:46.6805900");
    }
  }

  private int tokens(String column, String cell) {
    if (!cell.matches("[0-9]{1,7}")) {
      throw problem(column + " " + quoted(cell) + ": expected a whole number from 0 to 9999999");
    }
    return Integer.parseInt(cell);
  }

  private UsageException problem(String problem) {
    return new UsageException(file + ":" + number + ": " + problem);
  }

  /** Shows what cannot be seen, since an invisible character may be all that is wrong. */
  private static String quoted(String text) {
    var printable =
        INVISIBLE
            .matcher(text)
            .replaceAll(found -> "<U+%04X>".formatted(found.group().codePointAt(0)));
    return "'" + (printable.length() > 60 ? printable.substring(0, 60) + "..." : printable) + "'";
  }
}
