package io.bellwether.runtime;

import io.bellwether.BellwetherException;
import io.bellwether.release.Version;
import io.bellwether.rollout.RolloutEvent;
import io.bellwether.store.JournalCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * One record of a file store's log.
 *
 * @param kind what it holds
 * @param name of the run, or of the release
 * @param from how many events the journal held before
 * @param events that were appended to a run's journal together
 * @param versions that became stable, latest first
 */
record JournalRecord(
    Kind kind, String name, long from, List<RolloutEvent> events, List<Version> versions) {
  /** What a record holds; the number stands in the file. */
  enum Kind {
    EVENTS(1),
    STABLE(2);

    private final int number;

    Kind(int number) {
      this.number = number;
    }

    static Kind of(int number) {
      for (var kind : values()) {
        if (kind.number == number) {
          return kind;
        }
      }
      throw new BellwetherException(
          "a record of kind "
              + number
              + " is unknown: it was written by a later version of the library; use that one");
    }
  }

  static JournalRecord events(String run, long from, List<RolloutEvent> events) {
    return new JournalRecord(Kind.EVENTS, run, from, List.copyOf(events), List.of());
  }

  static JournalRecord stable(String release, List<Version> versions) {
    return new JournalRecord(Kind.STABLE, release, 0, List.of(), List.copyOf(versions));
  }

  byte[] bytes() {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.writeByte(kind.number);
      out.writeUTF(name);
      switch (kind) {
        case EVENTS -> {
          out.writeLong(from);
          out.write(JournalCodec.encode(events));
        }
        case STABLE -> {
          out.writeInt(versions.size());
          for (var version : versions) {
            out.writeUTF(version.id());
          }
        }
      }
    } catch (IOException e) {
      throw new BellwetherException("the journal of " + name + " cannot be written: " + e, e);
    }
    return bytes.toByteArray();
  }

  static JournalRecord of(byte[] bytes) {
    try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      var kind = Kind.of(in.readUnsignedByte());
      var name = in.readUTF();
      return switch (kind) {
        case EVENTS -> events(name, in.readLong(), JournalCodec.decode(in.readAllBytes()));
        case STABLE -> stable(name, versions(in));
      };
    } catch (IOException e) {
      throw new BellwetherException("a record of a rollout store cannot be read: " + e, e);
    }
  }

  private static List<Version> versions(DataInputStream in) throws IOException {
    var versions = new ArrayList<Version>();
    for (var left = in.readInt(); left > 0; left--) {
      versions.add(new Version(in.readUTF()));
    }
    return versions;
  }
}
