/**
 * What every client of ours needs towards servers that may be slow, endless or dead: answers
 * bounded in bytes and in time.
 */
@NullMarked
package io.bellwether.http;

import org.jspecify.annotations.NullMarked;
