/**
 * What the library remembers, in a database that many processes share, and which of them decides.
 *
 * <p>A {@link io.bellwether.jdbc.JdbcDatabase} is the host's {@code DataSource} with our schema in
 * it: PostgreSQL, or H2 inside the process. On it stand the stores, and a {@link
 * io.bellwether.jdbc.Lease}, which one process at a time holds. Whoever takes the lease gets a
 * {@link io.bellwether.jdbc.Fence}, a number that is larger than all before it; a store that is
 * {@code fencedBy} it writes only in transactions that find this number still in force. So a
 * process that was paused, or cut off, or whose clock jumped, can write nothing once another has
 * taken over, whatever it believes.
 */
@NullMarked
package io.bellwether.jdbc;

import org.jspecify.annotations.NullMarked;
