package io.bellwether.secret.source;

import io.bellwether.BellwetherException;
import io.bellwether.secret.FoundSecret;
import io.bellwether.secret.Secret;
import io.bellwether.secret.SecretScope;
import io.bellwether.secret.SecretSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** Secrets in files of one directory. */
record SecretFiles(Path directory) implements SecretSource {
  /** No separators and no leading dot: nothing leads out, and {@code ..data} is no secret. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,200}");

  private static final int LARGEST = 1 << 20;

  @Override
  public Optional<FoundSecret> find(String name) {
    return NAME.matcher(name).matches() ? read(name) : Optional.empty();
  }

  private Optional<FoundSecret> read(String name) {
    var file = directory.resolve(name);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try (var in = Files.newInputStream(file)) {
      var bytes = in.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        throw new BellwetherException("a secret's file is larger than 1 MiB, in " + directory);
      }
      var text = new String(bytes, StandardCharsets.UTF_8).replaceFirst("\r?\n$", "");
      var changed = Files.getLastModifiedTime(file).toInstant();
      return text.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new FoundSecret(
                  name,
                  Secret.of(text),
                  SecretScope.repository(),
                  "files in " + directory,
                  "",
                  Optional.of(changed)));
    } catch (NoSuchFileException e) {
      return Optional.empty(); // the mount was swapped meanwhile
    } catch (IOException e) {
      throw new BellwetherException(
          "the secret cannot be read ("
              + e.getClass().getSimpleName()
              + "): a file in "
              + directory,
          null);
    }
  }
}
