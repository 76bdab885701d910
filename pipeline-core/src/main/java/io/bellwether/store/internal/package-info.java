/**
 * A journal's JSON: one {@link io.bellwether.store.internal.Codec} per type, made of smaller ones,
 * on Jackson's streaming parser and generator. A field is one line where it is written and one
 * where it is read; {@code JournalCodecTest} finds the one that was forgotten.
 */
@NullMarked
package io.bellwether.store.internal;

import org.jspecify.annotations.NullMarked;
