package io.bellwether.store;

import io.bellwether.testing.Gen;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * A disk that can be made to fail, and that forgets on a loss of power what was not forced: of a
 * file any mixture of old and new sectors is left, of a directory the old names or the new ones.
 */
final class MemoryDisk implements Disk {
  private static final int SECTOR = 64;

  private final Map<Path, Content> names = new HashMap<>();
  private final Map<Path, Content> forcedNames = new HashMap<>();
  private long changesUntilFailure = Long.MAX_VALUE;
  private long failures;

  private static final class Content {
    private byte[] now = new byte[0];
    private byte[] forced = new byte[0];
  }

  /** This many changes succeed, then this many fail, doing half of what they should. */
  void fail(long after, long times) {
    changesUntilFailure = after;
    failures = times;
  }

  byte[] bytes(Path file) {
    return names.get(file).now.clone();
  }

  void put(Path file, byte[] bytes) {
    var content = new Content();
    content.now = bytes.clone();
    content.forced = bytes.clone();
    names.put(file, content);
    forcedNames.put(file, content);
  }

  void losePower(Gen gen) {
    if (gen.nextBoolean()) {
      names.clear();
      names.putAll(forcedNames);
    }
    names.values().forEach(content -> content.now = mixture(gen, content));
    names.values().forEach(content -> content.forced = content.now.clone());
    forcedNames.clear();
    forcedNames.putAll(names);
    fail(Long.MAX_VALUE, 0);
  }

  private static byte[] mixture(Gen gen, Content content) {
    var shorter = Math.min(content.forced.length, content.now.length);
    var longer = Math.max(content.forced.length, content.now.length);
    var left = new byte[gen.between(shorter, longer)];
    for (var at = 0; at < left.length; at += SECTOR) {
      var from = gen.nextBoolean() ? content.forced : content.now;
      var length = Math.min(Math.min(SECTOR, left.length - at), from.length - at);
      if (length > 0) {
        System.arraycopy(from, at, left, at, length);
      }
    }
    return left;
  }

  private boolean fails() {
    if (changesUntilFailure > 0) {
      changesUntilFailure--;
      return false;
    }
    if (failures > 0) {
      failures--;
      return true;
    }
    return false;
  }

  private void change() throws IOException {
    if (fails()) {
      throw new IOException("No space left on device");
    }
  }

  @Override
  public boolean exists(Path file) {
    return names.containsKey(file);
  }

  @Override
  public void delete(Path file) throws IOException {
    change();
    names.remove(file);
  }

  @Override
  public DiskFile open(Path file) throws IOException {
    var content = names.get(file);
    if (content == null) {
      throw new FileNotFoundException(file.toString());
    }
    return new MemoryFile(content);
  }

  @Override
  public DiskFile create(Path file) throws IOException {
    change();
    names.put(file, new Content());
    return open(file);
  }

  @Override
  public void replace(Path file, Path by) throws IOException {
    change();
    names.put(file, names.remove(by));
  }

  @Override
  public void force(Path directory) throws IOException {
    change();
    forcedNames.clear();
    forcedNames.putAll(names);
  }

  private final class MemoryFile implements DiskFile {
    private final Content content;

    MemoryFile(Content content) {
      this.content = content;
    }

    @Override
    public long size() {
      return content.now.length;
    }

    @Override
    public byte[] read(long position, int length) {
      return new ByteArrayInputStream(content.now, (int) position, length).readAllBytes();
    }

    @Override
    public void write(long position, byte[] bytes) throws IOException {
      var fails = fails();
      var length = fails ? bytes.length / 2 : bytes.length;
      var end = (int) position + length;
      content.now = Arrays.copyOf(content.now, Math.max(content.now.length, end));
      System.arraycopy(bytes, 0, content.now, (int) position, length);
      if (fails) {
        throw new IOException("No space left on device");
      }
    }

    @Override
    public void truncate(long size) throws IOException {
      change();
      content.now = Arrays.copyOf(content.now, (int) size);
    }

    @Override
    public void force() throws IOException {
      change();
      content.forced = content.now.clone();
    }

    @Override
    public void close() {}
  }
}
