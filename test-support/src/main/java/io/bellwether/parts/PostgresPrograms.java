package io.bellwether.parts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.Optional;

/** Where PostgreSQL's programs are. */
final class PostgresPrograms {
  private static final String ARCHIVE = "/postgres-linux-x86_64.txz";
  private static final Path DEBIAN = Path.of("/usr/lib/postgresql");

  private PostgresPrograms() {}

  static Optional<Path> find() {
    var archive = RealPostgres.class.getResource(ARCHIVE);
    if (archive == null) {
      return debian();
    }
    var home =
        Path.of(System.getProperty("java.io.tmpdir"))
            .resolve("bellwether-postgresql-" + Integer.toHexString(archive.getPath().hashCode()));
    if (!Files.isDirectory(home)) {
      unpack(home);
    }
    return Optional.of(home.resolve("bin"));
  }

  private static Optional<Path> debian() {
    var found = newestOfDebian();
    if (found.isEmpty() && RealProgram.find("pg_ctlcluster", "postgresql").isPresent()) {
      found = newestOfDebian();
    }
    return found;
  }

  private static Optional<Path> newestOfDebian() {
    if (!Files.isDirectory(DEBIAN)) {
      return Optional.empty();
    }
    try (var versions = Files.list(DEBIAN)) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
          .max(Comparator.naturalOrder());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Beside the place first, so that nobody sees half of it. */
  private static void unpack(Path home) {
    try {
      var beside = Files.createTempDirectory(home.getParent(), home.getFileName().toString());
      var archive = beside.resolve("programs.txz");
      try (var stream = RealPostgres.class.getResourceAsStream(ARCHIVE)) {
        Files.copy(stream, archive);
      }
      var tar =
          new ProcessBuilder("tar", "-xJf", archive.toString(), "-C", beside.toString())
              .inheritIO()
              .start();
      if (tar.waitFor() != 0) {
        throw new IOException("tar ended with " + tar.exitValue() + "; is xz installed?");
      }
      Files.delete(archive);
      Files.move(beside, home, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException | DirectoryNotEmptyException somebodyWasFaster) {
      return;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot unpack PostgreSQL", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
