/**
 * Files that outlive a kill.
 *
 * <p>A {@link io.bellwether.store.RecordLog} is the one append-only file format of the library:
 * checksummed records, forced to disk one by one, a tail torn by a kill cut off on the next open,
 * damage anywhere else refused, one writer at a time. {@link io.bellwether.store.JournalCodec}
 * turns a rollout's events into bytes and back, for whatever keeps them.
 *
 * <pre>{@code
 * var found = new ArrayList<byte[]>();
 * try (var log = RecordLog.open(Path.of("audit.log"), (position, record) -> found.add(record))) {
 *   log.append(bytes);                     // on disk when it returns
 * }
 * }</pre>
 */
@NullMarked
package io.bellwether.store;

import org.jspecify.annotations.NullMarked;
