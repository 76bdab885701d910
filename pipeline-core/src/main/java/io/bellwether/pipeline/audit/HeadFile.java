package io.bellwether.pipeline.audit;

import io.bellwether.BellwetherException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** Remembers a log's head beside it; after a kill it may be one entry behind, never ahead. */
final class HeadFile {
  private final Path file;

  HeadFile(Path file) {
    this.file = file;
  }

  Optional<AuditHead> read() {
    try {
      return Files.exists(file) ? Optional.of(parse(Files.readString(file))) : Optional.empty();
    } catch (IOException e) {
      throw new BellwetherException("audit head " + file + " cannot be read: " + e, e);
    }
  }

  private AuditHead parse(String text) {
    try {
      return AuditHead.parse(text);
    } catch (BellwetherException e) {
      throw new BellwetherException(
          "audit head "
              + file
              + " is damaged, so nobody can say whether entries were cut off the log's end: "
              + e.getMessage()
              + ". Compare the log with a head kept elsewhere or a backup, then move this file away"
              + " and open the log again",
          e);
    }
  }

  void write(AuditHead head) {
    try {
      var draft = file.resolveSibling(file.getFileName() + ".new");
      try (var out = new FileOutputStream(draft.toFile())) {
        out.write(head.toJson().getBytes(StandardCharsets.UTF_8));
        out.getFD().sync(); // else a loss of power may leave it empty, which looks like tampering
      }
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new BellwetherException("audit head " + file + " cannot be written: " + e, e);
    }
  }
}
