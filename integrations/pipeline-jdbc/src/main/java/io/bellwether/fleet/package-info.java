/**
 * Many replicas of a service that roll out as one, over one database.
 *
 * <p>{@link io.bellwether.fleet.Fleet} is one replica. It has the routers of the host's requests,
 * applies whatever split of traffic the database has, and says which it serves. One of the replicas
 * holds a lease and decides, with the same engine a single process uses; every write of it carries
 * the lease's fence, so that a leader who was deposed changes nothing. A replica that hears nothing
 * for a while sends its users to stable by itself, and only later do the others go on without it:
 * so no replica ever serves anything but the current split or stable.
 */
@NullMarked
package io.bellwether.fleet;

import org.jspecify.annotations.NullMarked;
