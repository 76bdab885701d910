package io.bellwether.examples.quickstart;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/** What is the matter with a file, in words for people rather than names of exceptions. */
public final class FileProblem {
  private FileProblem() {}

  /** Why the system did not do it. */
  public static String reason(IOException problem) {
    if (problem instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (problem instanceof NoSuchFileException) {
      return "no such file or directory";
    }
    if (problem instanceof FileAlreadyExistsException) {
      return "there is a file of that name";
    }
    var told =
        problem instanceof FileSystemException system
            ? Optional.ofNullable(system.getReason())
            : Optional.ofNullable(problem.getMessage());
    return told.orElse("the system does not say why");
  }

  /** What something is that is no regular file. */
  public static String kind(BasicFileAttributes attributes) {
    return attributes.isDirectory() ? "a directory" : "a device or a pipe, not a regular file";
  }
}
