package io.bellwether.examples.cli.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Files of the user, which may be anything: each refusal says what is wrong and what to do. */
public final class Input {
  /** What a document that people write has at most, in bytes. */
  public static final long DOCUMENT = 4L << 20;

  /** What a recording has at most, in bytes. */
  public static final long RECORDING = 64L << 20;

  private Input() {}

  /**
   * A file that can be read.
   *
   * @param what it is, such as {@code the plan}
   * @param most how many bytes it may have
   * @throws Refusal if it is none
   */
  public static Path file(String what, Path path, long most) {
    requireThere(what, path);
    if (Files.isDirectory(path)) {
      throw new Refusal(what + " " + path + " is a directory; give one file of it");
    }
    if (!Files.isRegularFile(path)) {
      throw new Refusal(what + " " + path + " is no regular file; save it as one first");
    }
    requireReadable(what, path, "r");
    var size = size(what, path);
    if (size == 0) {
      throw new Refusal(what + " " + path + " is empty; is it the right file?");
    }
    if (size > most) {
      throw new Refusal(
          what + " " + path + " has " + size + " bytes, expected at most " + most + "; shorten it");
    }
    return path;
  }

  /**
   * A directory that can be read.
   *
   * @throws Refusal if it is none
   */
  public static Path directory(String what, Path path) {
    requireThere(what, path);
    if (!Files.isDirectory(path)) {
      throw new Refusal(what + " " + path + " is a file; give the directory it stands in");
    }
    requireReadable(what, path, "rx");
    return path;
  }

  /**
   * The text of a file.
   *
   * @throws Refusal if it cannot be read or is not UTF-8
   */
  public static String text(String what, Path path, long most) {
    var bytes = bytes(what, file(what, path, most));
    var buffer = ByteBuffer.wrap(bytes);
    try {
      var text = StandardCharsets.UTF_8.newDecoder().decode(buffer).toString();
      return text.startsWith("\ufeff") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new Refusal(
          what
              + " "
              + path
              + " is not UTF-8: the byte in line "
              + line(bytes, buffer.position())
              + " that stands at "
              + buffer.position()
              + " is none of it; save it as UTF-8");
    }
  }

  /**
   * Checks that a file which the library reads itself is a text.
   *
   * @throws Refusal as {@link #text}
   */
  public static Path textFile(String what, Path path, long most) {
    text(what, path, most);
    return path;
  }

  private static void requireThere(String what, Path path) {
    if (!Files.exists(path) && !Files.notExists(path)) {
      throw new Refusal(
          what + " " + path + " cannot be looked up; a directory above it is closed to this user");
    }
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      throw new Refusal(
          what
              + " "
              + path
              + " does not exist; paths are looked up from "
              + Path.of("").toAbsolutePath());
    }
    if (!Files.exists(path)) {
      throw new Refusal(what + " " + path + " is a link to nothing; repair it");
    }
  }

  private static void requireReadable(String what, Path path, String mode) {
    if (!Files.isReadable(path)) {
      throw new Refusal(
          what
              + " "
              + path
              + " may not be read by this user; chmod u+"
              + mode
              + " it, or be one"
              + " who may");
    }
  }

  private static long size(String what, Path path) {
    try {
      return Files.size(path);
    } catch (IOException e) {
      throw unreadable(what, path, e);
    }
  }

  private static byte[] bytes(String what, Path path) {
    try {
      return Files.readAllBytes(path);
    } catch (IOException e) {
      throw unreadable(what, path, e);
    }
  }

  private static Refusal unreadable(String what, Path path, IOException why) {
    return new Refusal(
        what
            + " "
            + path
            + " cannot be read ("
            + why.getClass().getSimpleName()
            + "); does `cat` show it?");
  }

  private static int line(byte[] bytes, int position) {
    var line = 1;
    for (var i = 0; i < position; i++) {
      line += bytes[i] == '\n' ? 1 : 0;
    }
    return line;
  }
}
