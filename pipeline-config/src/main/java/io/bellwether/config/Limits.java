package io.bellwether.config;

/**
 * How much one document may hold.
 *
 * @param bytes of the document
 * @param depth levels of lists and mappings
 * @param aliased values that aliases may stand for, all together
 */
record Limits(DataSize bytes, int depth, long aliased) {
  static final Limits DEFAULTS = new Limits(DataSize.mebibytes(4), 100, 100_000);

  Limits bytes(DataSize bytes) {
    return new Limits(bytes, depth, aliased);
  }
}
