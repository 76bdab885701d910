package io.bellwether.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Directories a log stands in. */
final class Directories {
  private Directories() {}

  /** Where a log really stands, in a directory that is made if there is none. */
  static Path realPath(Disk disk, Path file) throws IOException {
    var path = file.toAbsolutePath();
    if (Files.exists(path)) {
      return path.toRealPath();
    }
    var parent = path.getParent();
    if (parent == null) {
      throw new IOException(path + " is no file");
    }
    make(disk, parent);
    return parent.toRealPath().resolve(path.getFileName());
  }

  /** A directory outlives a loss of power once its parent has been forced. */
  private static void make(Disk disk, Path directory) throws IOException {
    var parent = directory.getParent();
    if (Files.notExists(directory) && parent != null) {
      make(disk, parent);
      Files.createDirectories(directory);
      disk.force(parent);
    }
  }
}
