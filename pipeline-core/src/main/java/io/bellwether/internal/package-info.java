/**
 * What several features of core share and nobody outside it sees: reading and writing JSON, and
 * keeping texts short.
 */
@NullMarked
package io.bellwether.internal;

import org.jspecify.annotations.NullMarked;
