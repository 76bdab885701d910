package io.bellwether.store;

import java.io.IOException;
import java.nio.file.Path;

/** What a log needs of a file system; a seam, so that tests can fill the disk and break it. */
interface Disk {
  /** Whether there is a file of this name. */
  boolean exists(Path file);

  /** Removes a file, if there is one. */
  void delete(Path file) throws IOException;

  /** A file that is there. */
  DiskFile open(Path file) throws IOException;

  /** An empty file, in place of whatever was there. */
  DiskFile create(Path file) throws IOException;

  /** Gives a file another's name, in one step: whoever looks sees the one or the other. */
  void replace(Path file, Path by) throws IOException;

  /** Makes sure that names in this directory outlive a loss of power. */
  void force(Path directory) throws IOException;

  /** An open file, read and written at positions. */
  interface DiskFile extends AutoCloseable {
    long size() throws IOException;

    /** Reads this many bytes; they have to be there. */
    byte[] read(long position, int length) throws IOException;

    /** Writes all of these bytes, or throws and may have written some. */
    void write(long position, byte[] bytes) throws IOException;

    void truncate(long size) throws IOException;

    /** Returns once everything written is on the disk. */
    void force() throws IOException;

    @Override
    void close() throws IOException;
  }
}
