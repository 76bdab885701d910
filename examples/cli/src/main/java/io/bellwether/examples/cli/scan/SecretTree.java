package io.bellwether.examples.cli.scan;

import io.bellwether.examples.cli.io.Refusal;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a directory's text files hold. Immutable.
 *
 * @param files how many were looked into
 * @param places where something that looks like a secret stands, file by file
 * @param leftOut what was not looked into, and why it need not be
 * @param unread files that should have been looked into and could not
 */
public record SecretTree(int files, List<Place> places, List<String> leftOut, List<String> unread) {
  private static final Set<String> VERSION_CONTROL = Set.of(".git", ".hg", ".svn");

  /**
   * Where something stands.
   *
   * @param file its path below the directory, with slashes
   * @param line from 1
   * @param column from 1
   * @param rule which rule found it
   * @param certain whether only secrets look so
   */
  public record Place(String file, int line, int column, String rule, boolean certain) {
    /** For example {@code src/app.yml:3:12: is a secret by its shape (github-token)}. */
    @Override
    public String toString() {
      return file
          + ":"
          + line
          + ":"
          + column
          + (certain ? ": is a secret by its shape (" : ": looks like a secret (")
          + rule
          + ")";
    }
  }

  /** Copies the lists. */
  public SecretTree {
    places = List.copyOf(places);
    leftOut = List.copyOf(leftOut);
    unread = List.copyOf(unread);
  }

  /**
   * Looks into every text file below a directory, or into one file; links are not followed.
   *
   * @param largest of how many bytes a file is looked into
   * @param excluded paths below the directory that are left out
   * @throws Refusal if there is no such directory
   */
  public static SecretTree scan(Path root, long largest, List<PathMatcher> excluded) {
    if (!Files.exists(root)) {
      throw new Refusal(
          "the directory "
              + root
              + " does not exist; paths are looked up from "
              + Path.of("").toAbsolutePath());
    }
    var walk = new Walk(root, largest, excluded);
    try {
      Files.walkFileTree(root, walk);
    } catch (IOException e) {
      throw new Refusal("the directory " + root + " cannot be listed; does `ls` show it?");
    }
    return walk.tree();
  }

  /** Visits files and remembers places alone. */
  private static final class Walk extends SimpleFileVisitor<Path> {
    private final Path root;
    private final long largest;
    private final List<PathMatcher> excluded;
    private final List<Place> places = new ArrayList<>();
    private final List<String> leftOut = new ArrayList<>();
    private final List<String> unread = new ArrayList<>();
    private int files;
    private int binary;

    Walk(Path root, long largest, List<PathMatcher> excluded) {
      this.root = root;
      this.largest = largest;
      this.excluded = excluded;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
      var name = String.valueOf(directory.getFileName());
      return !directory.equals(root) && (VERSION_CONTROL.contains(name) || isExcluded(directory))
          ? FileVisitResult.SKIP_SUBTREE
          : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (attributes.isRegularFile() && !isExcluded(file)) {
        look(file, attributes.size());
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException why) {
      unread.add(below(file));
      return FileVisitResult.CONTINUE;
    }

    private void look(Path file, long size) {
      if (size > largest) {
        leftOut.add(below(file) + " has " + size + " bytes and is left out; see --max-mib");
        return;
      }
      try {
        var text = TextFile.read(file);
        if (text.isEmpty()) {
          binary++;
        } else {
          files++;
          places.addAll(Lines.scan(below(file), text.get()));
        }
      } catch (IOException e) {
        unread.add(below(file));
      }
    }

    private boolean isExcluded(Path path) {
      var relative = root.relativize(path);
      return excluded.stream().anyMatch(glob -> glob.matches(relative));
    }

    /** With slashes, on every system; a file that was given as such by its own name. */
    private String below(Path file) {
      var relative =
          file.equals(root) ? String.valueOf(file.getFileName()) : root.relativize(file).toString();
      return relative.replace('\\', '/');
    }

    SecretTree tree() {
      if (binary > 0) {
        leftOut.add(binary + (binary == 1 ? " binary file is" : " binary files are") + " left out");
      }
      return new SecretTree(files, places, leftOut, unread);
    }
  }
}
