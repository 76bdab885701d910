package io.bellwether.config;

/**
 * Where a key or a value was written.
 *
 * @param source the file's name, or what the layer calls itself
 * @param line from 1; 0 where there are no lines, such as in system properties
 * @param column from 1, in characters; 0 where there are no lines
 */
public record Origin(String source, int line, int column) {
  static Origin of(String source) {
    return new Origin(source, 0, 0);
  }

  /** For example {@code production.yml:12:10}. */
  @Override
  public String toString() {
    return line == 0 ? source : source + ":" + line + ":" + column;
  }
}
