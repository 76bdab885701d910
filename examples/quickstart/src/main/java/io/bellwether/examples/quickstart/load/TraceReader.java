package io.bellwether.examples.quickstart.load;

import io.bellwether.examples.quickstart.UsageException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads a trace from a CSV file with the header {@value #HEADER}, strictly: a trace that is read
 * wrongly would load the program with something nobody asked for.
 *
 * <p>Timestamps are {@code 2023-11-16 18:15:46.6805900}, in ascending order; tokens are whole
 * numbers from 0. Lines end in LF or CRLF.
 */
public final class TraceReader {
  private static final String HEADER = "TIMESTAMP,ContextTokens,GeneratedTokens";
  private static final int MAX_REQUESTS = 5_000_000;
  private static final LocalDateTime EPOCH = LocalDateTime.of(1970, 1, 1, 0, 0);
  private static final DateTimeFormatter TIMESTAMP =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .toFormatter()
          .withResolverStyle(ResolverStyle.STRICT);

  private final Path file;
  private final Trace.Builder trace = new Trace.Builder();
  private long number;

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
    try (var lines = Files.newBufferedReader(file)) {
      return read(lines);
    } catch (NoSuchFileException missing) {
      throw new UsageException(file + ": no such trace file");
    } catch (AccessDeniedException denied) {
      throw new UsageException(file + ": this trace file may not be read");
    } catch (CharacterCodingException binary) {
      throw problem("not a text file in UTF-8");
    } catch (IOException unreadable) {
      throw new UsageException(file + ": cannot be read as a trace: " + unreadable.getMessage());
    }
  }

  private Trace read(BufferedReader lines) throws IOException {
    number = 1;
    var header = lines.readLine();
    if (!HEADER.equals(header)) {
      throw problem("expected the header " + HEADER + ", found " + quoted(header));
    }
    number++;
    for (var line = lines.readLine(); line != null; line = lines.readLine()) {
      row(line);
      number++;
    }
    if (!trace.usable()) {
      throw problem("the trace ends here; expected at least two requests at different times");
    }
    return trace.build();
  }

  private void row(String line) {
    var cells = line.split(",", -1);
    if (cells.length != 3) {
      throw problem("expected 3 columns, found " + cells.length + " in " + quoted(line));
    }
    if (number - 1 > MAX_REQUESTS) {
      throw problem("more than " + MAX_REQUESTS + " requests");
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

  private static String quoted(@Nullable String text) {
    if (text == null) {
      return "an empty file";
    }
    var printable = text.replaceAll("\\p{Cntrl}", "?");
    return "'" + (printable.length() > 60 ? printable.substring(0, 60) + "..." : printable) + "'";
  }
}
