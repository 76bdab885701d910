/**
 * Files of test vectors: read from the directory that the system property {@code vectors.dir} names
 * when it is set, else from the class path. Every field has to be read by a test, so that a field
 * nobody knows is found.
 */
@NullMarked
package io.bellwether.vectors;

import org.jspecify.annotations.NullMarked;
