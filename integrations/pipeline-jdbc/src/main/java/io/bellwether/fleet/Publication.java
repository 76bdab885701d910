package io.bellwether.fleet;

import io.bellwether.BellwetherException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a replica has to say about its requests since it said something last: one row of the
 * database, whatever the number of releases.
 *
 * @param sealedTo slots before this one are complete at the replica, for every release
 * @param sealed the same for the releases that are not so far, by name
 * @param parts counts of slots
 */
record Publication(long sealedTo, Map<String, Long> sealed, List<Part> parts) {
  private static final int FORMAT = 1;

  /**
   * Counts of one version in one slot.
   *
   * @param revision of the split they were served under, {@link Servings#UNCERTAIN} if unclear
   */
  record Part(String release, String version, long slot, long revision, Counts counts) {}

  long sealedTo(String release) {
    return sealed.getOrDefault(release, sealedTo);
  }

  byte[] toBytes() {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.writeByte(FORMAT);
      out.writeLong(sealedTo);
      out.writeInt(sealed.size());
      for (var entry : sealed.entrySet()) {
        out.writeUTF(entry.getKey());
        out.writeLong(entry.getValue());
      }
      out.writeInt(parts.size());
      for (var part : parts) {
        out.writeUTF(part.release());
        out.writeUTF(part.version());
        out.writeLong(part.slot());
        out.writeLong(part.revision());
        part.counts().write(out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static Publication parse(byte[] bytes) {
    try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      var format = in.readByte();
      if (format != FORMAT) {
        throw new BellwetherException(
            "a replica publishes in format "
                + format
                + ", and this one knows "
                + FORMAT
                + ": use the same library in every replica");
      }
      var sealedTo = in.readLong();
      var sealed = new HashMap<String, Long>();
      for (var left = in.readInt(); left > 0; left--) {
        sealed.put(in.readUTF(), in.readLong());
      }
      var parts = new ArrayList<Part>();
      for (var left = in.readInt(); left > 0; left--) {
        parts.add(
            new Part(in.readUTF(), in.readUTF(), in.readLong(), in.readLong(), Counts.read(in)));
      }
      return new Publication(sealedTo, Map.copyOf(sealed), List.copyOf(parts));
    } catch (IOException e) {
      throw new BellwetherException("what a replica has published is cut short", e);
    }
  }
}
