package io.bellwether.slo;

import io.bellwether.BellwetherException;
import io.bellwether.release.ChangeKind;
import io.bellwether.slo.CountCell.SliceTally;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Turns records into bytes that a store can keep, and back: a byte for the format, one for the
 * kind, then the fields in their order. What it does not know it refuses; to skip a record would be
 * to guess a budget. Stateless and thread-safe.
 */
public final class BudgetRecordCodec {
  private static final int FORMAT = 1;

  /** The kinds by their number on disk, which never changes. */
  private enum Kind {
    DAY_SUM,
    LEDGER_ENTRY,
    CORRECTION,
    DEPLOY,
    OVERRIDE,
    OVERRIDE_USE
  }

  private BudgetRecordCodec() {}

  /** This record as bytes. */
  public static byte[] encode(BudgetRecord record) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.writeByte(FORMAT);
      write(out, record);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * The record these bytes stand for.
   *
   * @throws BellwetherException if they are none, or are in a later format
   */
  public static BudgetRecord decode(byte[] bytes) {
    try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      var format = in.readUnsignedByte();
      if (format != FORMAT) {
        throw refusal("has format " + format + ", this library reads " + FORMAT, null);
      }
      var record = read(in, constant(in, Kind.values()));
      if (in.available() > 0) {
        throw refusal("has " + in.available() + " bytes too many", null);
      }
      return record;
    } catch (IOException | DateTimeException | IllegalArgumentException e) {
      throw refusal("cannot be read: " + e.getMessage(), e);
    }
  }

  /** Equal for two records of which the later takes the earlier one's place in a store. */
  public static byte[] key(BudgetRecord record) {
    if (!(BudgetIndex.key(record) instanceof List<?> parts)) {
      return encode(record);
    }
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      for (var part : parts) {
        text(out, part.toString());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void write(DataOutputStream out, BudgetRecord record) throws IOException {
    if (record instanceof DaySum sum) {
      out.writeByte(Kind.DAY_SUM.ordinal());
      daySum(out, sum);
    } else if (record instanceof LedgerEntry entry) {
      out.writeByte(Kind.LEDGER_ENTRY.ordinal());
      entry(out, entry);
    } else if (record instanceof Correction correction) {
      out.writeByte(Kind.CORRECTION.ordinal());
      correction(out, correction);
    } else if (record instanceof DeployAttempt attempt) {
      out.writeByte(Kind.DEPLOY.ordinal());
      text(out, attempt.run());
      text(out, attempt.what());
      out.writeByte(attempt.kind().ordinal());
      instant(out, attempt.at());
    } else if (record instanceof BudgetOverride override) {
      out.writeByte(Kind.OVERRIDE.ordinal());
      text(out, override.id());
      text(out, override.by());
      text(out, override.reason());
      instant(out, override.from());
      instant(out, override.until());
    } else if (record instanceof OverrideUse use) {
      out.writeByte(Kind.OVERRIDE_USE.ordinal());
      text(out, use.override());
      text(out, use.run());
      instant(out, use.at());
      text(out, use.evidence());
    }
  }

  private static BudgetRecord read(DataInputStream in, Kind kind) throws IOException {
    return switch (kind) {
      case DAY_SUM -> daySum(in);
      case LEDGER_ENTRY -> entry(in);
      case CORRECTION -> correction(in);
      case DEPLOY ->
          new DeployAttempt(text(in), text(in), constant(in, ChangeKind.values()), instant(in));
      case OVERRIDE -> new BudgetOverride(text(in), text(in), text(in), instant(in), instant(in));
      case OVERRIDE_USE -> new OverrideUse(text(in), text(in), instant(in), text(in));
    };
  }

  private static void daySum(DataOutputStream out, DaySum sum) throws IOException {
    text(out, sum.slo());
    cell(out, sum.cell());
    out.writeInt(sum.hours().size());
    for (var hour : sum.hours()) {
      cell(out, hour);
    }
  }

  private static DaySum daySum(DataInputStream in) throws IOException {
    var slo = text(in);
    var cell = cell(in);
    var hours = new ArrayList<CountCell>();
    for (var left = in.readInt(); left > 0; left--) {
      hours.add(cell(in));
    }
    return new DaySum(slo, cell, hours);
  }

  private static void cell(DataOutputStream out, CountCell cell) throws IOException {
    instant(out, cell.span().from());
    instant(out, cell.span().to());
    out.writeLong(cell.counts().good());
    out.writeLong(cell.counts().total());
    out.writeBoolean(cell.slices().isPresent());
    if (cell.slices().isPresent()) {
      var slices = cell.slices().get();
      out.writeLong(slices.slice().toNanos());
      out.writeLong(slices.good());
      out.writeLong(slices.bad());
    }
  }

  private static CountCell cell(DataInputStream in) throws IOException {
    var span = new Span(instant(in), instant(in));
    var counts = new Counts(in.readLong(), in.readLong());
    var slices =
        in.readBoolean()
            ? Optional.of(
                new SliceTally(Duration.ofNanos(in.readLong()), in.readLong(), in.readLong()))
            : Optional.<SliceTally>empty();
    return new CountCell(span, counts, slices);
  }

  private static void entry(DataOutputStream out, LedgerEntry entry) throws IOException {
    text(out, entry.id());
    out.writeByte(entry.kind().ordinal());
    instant(out, entry.from());
    out.writeBoolean(entry.to().isPresent());
    if (entry.to().isPresent()) {
      instant(out, entry.to().get());
    }
    instant(out, entry.recordedAt());
    text(out, entry.author());
    text(out, entry.note());
  }

  private static LedgerEntry entry(DataInputStream in) throws IOException {
    return new LedgerEntry(
        text(in),
        constant(in, LedgerEntry.Kind.values()),
        instant(in),
        in.readBoolean() ? Optional.of(instant(in)) : Optional.empty(),
        instant(in),
        text(in),
        text(in));
  }

  private static void correction(DataOutputStream out, Correction correction) throws IOException {
    text(out, correction.entry());
    instant(out, correction.at());
    text(out, correction.author());
    text(out, correction.reason());
    out.writeBoolean(correction.becomes().isPresent());
    if (correction.becomes().isPresent()) {
      entry(out, correction.becomes().get());
    }
  }

  private static Correction correction(DataInputStream in) throws IOException {
    return new Correction(
        text(in),
        instant(in),
        text(in),
        text(in),
        in.readBoolean() ? Optional.of(entry(in)) : Optional.empty());
  }

  private static void text(DataOutputStream out, String text) throws IOException {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static String text(DataInputStream in) throws IOException {
    var length = in.readInt();
    if (length < 0 || length > in.available()) {
      throw new IllegalArgumentException("a text of " + length + " bytes");
    }
    return new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }

  private static void instant(DataOutputStream out, Instant moment) throws IOException {
    out.writeLong(moment.getEpochSecond());
    out.writeInt(moment.getNano());
  }

  private static Instant instant(DataInputStream in) throws IOException {
    return Instant.ofEpochSecond(in.readLong(), in.readInt());
  }

  private static <E extends Enum<E>> E constant(DataInputStream in, E[] constants)
      throws IOException {
    var number = in.readUnsignedByte();
    if (number >= constants.length) {
      throw new IllegalArgumentException(
          "constant " + number + " of " + constants[0].getDeclaringClass().getSimpleName());
    }
    return constants[number];
  }

  private static BellwetherException refusal(
      String what, @org.jspecify.annotations.Nullable Throwable cause) {
    return new BellwetherException(
        "a record of error budgets "
            + what
            + "; read it with the library that wrote it, or put the file aside",
        cause);
  }
}
