package io.bellwether.release;

/**
 * One edition of a release, named by the host: a prompt's content hash, a model name, a build
 * number.
 *
 * @param id 1 to 200 printable characters, compared exactly
 */
public record Version(String id) {
  /** Refuses ids that a log line or a journal could not carry. */
  public Version {
    if (id.isBlank() || id.length() > 200 || id.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "version id "
              + (id.isBlank() ? "is blank" : "of " + id.length() + " characters is not usable")
              + ": expected 1 to 200 characters without control characters, such as"
              + " version(\"v7\")");
    }
  }

  /** A version by its id. */
  public static Version version(String id) {
    return new Version(id);
  }

  /** The id itself. */
  @Override
  public String toString() {
    return id;
  }
}
