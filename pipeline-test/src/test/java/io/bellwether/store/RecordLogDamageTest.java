package io.bellwether.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.BellwetherException;
import io.bellwether.testing.Cases;
import io.bellwether.testing.Gen;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever became of the bytes: a log gives back what was written to it, or refuses. */
class RecordLogDamageTest {
  @TempDir private Path directory;

  /** What opening found: the records and the torn tail, or why it was refused. */
  private record Opened(
      List<byte[]> records, Optional<RecordLog.TornTail> torn, Optional<String> refusal) {}

  private Path file() throws IOException {
    return directory.toRealPath().resolve("some.log");
  }

  private Opened open(MemoryDisk disk) throws IOException {
    var records = new ArrayList<byte[]>();
    try (var log = open(disk, records)) {
      return new Opened(records, log.tornTail(), Optional.empty());
    } catch (BellwetherException e) {
      return new Opened(List.of(), Optional.empty(), Optional.of(e.getMessage()));
    }
  }

  private RecordLog open(MemoryDisk disk, List<byte[]> records) throws IOException {
    return RecordLog.open(
        file(),
        RecordLog.Sync.EACH_APPEND,
        disk,
        (position, record) -> {
          records.add(record);
        });
  }

  private List<byte[]> write(MemoryDisk disk, Gen gen, int longest) throws IOException {
    var records = gen.list(1, 6, () -> Records.any(gen, gen.chance(0.1) ? 70_000 : longest));
    try (var log = open(disk, new ArrayList<>())) {
      records.forEach(log::append);
    }
    return records;
  }

  private static void same(List<byte[]> found, List<byte[]> expected) {
    assertThat(Records.comparable(found)).isEqualTo(Records.comparable(expected));
  }

  @Test
  void a_tail_torn_at_any_byte_is_cut_off_and_the_log_goes_on() {
    Cases.forAll(
        "a torn tail",
        60,
        gen -> {
          var disk = new MemoryDisk();
          var records = gen.list(1, 5, () -> Records.any(gen, 60));
          try (var log = open(disk, new ArrayList<>())) {
            records.forEach(log::append);
          }
          var whole = disk.bytes(file());
          var before = records.subList(0, records.size() - 1);
          var begin = whole.length - Frame.HEADER - records.get(records.size() - 1).length;
          for (var length = begin; length < whole.length; length++) {
            disk.put(file(), Arrays.copyOf(whole, length));
            var found = new ArrayList<byte[]>();
            try (var log = open(disk, found)) {
              var torn = new RecordLog.TornTail(begin, length - begin);
              assertThat(log.tornTail())
                  .isEqualTo(length == begin ? Optional.empty() : Optional.of(torn));
              log.append(Records.of("next"));
            }
            same(found, before);
            var after = new ArrayList<>(before);
            after.add(Records.of("next"));
            same(open(disk).records(), after);
          }
        });
  }

  @Test
  void a_flipped_bit_is_found_wherever_it_is() {
    Cases.forAll(
        "a flipped bit",
        40,
        gen -> {
          var disk = new MemoryDisk();
          var records = gen.list(1, 4, () -> Records.any(gen, 40));
          try (var log = open(disk, new ArrayList<>())) {
            records.forEach(log::append);
          }
          var whole = disk.bytes(file());
          var last = whole.length - Frame.HEADER - records.get(records.size() - 1).length;
          for (var bit = 0; bit < whole.length * 8; bit++) {
            var flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            disk.put(file(), flipped);
            var found = open(disk);
            if (bit / 8 < last) {
              assertThat(found.refusal()).as("bit " + bit).isPresent();
              assertThat(disk.bytes(file())).as("left as it is").isEqualTo(flipped);
            } else {
              assertThat(found.torn()).as("bit " + bit).isPresent();
              same(found.records(), records.subList(0, records.size() - 1));
            }
          }
        });
  }

  @Test
  void damage_is_named_by_where_it_is_and_what_follows() throws IOException {
    var disk = new MemoryDisk();
    try (var log = open(disk, new ArrayList<>())) {
      log.append(Records.of("one"));
      log.append(Records.of("two"));
    }
    var bytes = disk.bytes(file());
    bytes[36] = 'O';
    disk.put(file(), bytes);
    assertThat(open(disk).refusal())
        .contains(
            "record log "
                + file()
                + " is damaged at offset 16 of 62 bytes: no record of that place begins there,"
                + " and the next one stands at offset 39; it was left as it is. Restore"
                + " it from a backup, or move it away and start anew.");
  }

  @Test
  void bytes_lost_or_added_in_the_middle_are_damage_and_no_torn_tail() {
    Cases.forAll(
        "shifted records",
        200,
        gen -> {
          var disk = new MemoryDisk();
          write(disk, gen, 50);
          try (var log = open(disk, new ArrayList<>())) {
            log.append(Records.of("a last one"));
          }
          var whole = disk.bytes(file());
          var last = whole.length - Frame.HEADER - 10;
          var at = gen.nextInt(LogHeader.LENGTH, last);
          var more = gen.between(1, 30);
          var shifted =
              gen.nextBoolean()
                  ? joined(whole, at, Records.any(gen, 0), Math.min(last, at + more))
                  : joined(whole, at, new byte[more], at);
          disk.put(file(), shifted);
          assertThat(open(disk).refusal()).isPresent();
          assertThat(disk.bytes(file())).isEqualTo(shifted);
        });
  }

  @Test
  void a_whole_record_that_is_missing_is_damage() throws IOException {
    var disk = new MemoryDisk();
    try (var log = open(disk, new ArrayList<>())) {
      log.append(Records.of("one"));
      log.append(Records.of("two"));
      log.append(Records.of("three"));
      log.append(Records.of("four"));
    }
    var second = LogHeader.LENGTH + Frame.HEADER + 3;
    disk.put(file(), joined(disk.bytes(file()), second, new byte[0], second + Frame.HEADER + 3));
    assertThat(open(disk).refusal().orElseThrow()).contains("damaged at offset " + second);
  }

  @Test
  void random_bytes_never_become_records() {
    Cases.forAll(
        "mutated logs",
        3_000,
        gen -> {
          var disk = new MemoryDisk();
          var records = write(disk, gen, 200);
          var bytes = disk.bytes(file());
          for (var i = gen.between(1, 4); i > 0; i--) {
            var from = gen.nextInt(bytes.length + 1);
            var to = Math.min(bytes.length, from + gen.between(0, 40));
            bytes = joined(bytes, from, Records.any(gen, 40), to);
          }
          disk.put(file(), bytes);
          var found = open(disk);
          if (found.refusal().isEmpty()) {
            assertThat(found.records().size()).isLessThanOrEqualTo(records.size());
            same(found.records(), records.subList(0, found.records().size()));
          }
        });
  }

  private static byte[] joined(byte[] bytes, int from, byte[] between, int to) {
    var joined = Arrays.copyOf(bytes, from + between.length + bytes.length - to);
    System.arraycopy(between, 0, joined, from, between.length);
    System.arraycopy(bytes, to, joined, from + between.length, bytes.length - to);
    return joined;
  }
}
