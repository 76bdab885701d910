package io.bellwether.fleet;

import io.bellwether.jdbc.Fence;
import io.bellwether.jdbc.Lease;
import io.bellwether.routing.local.LocalRouters;

/** What a replica has, whether it leads or not. */
record FleetParts(
    Tables tables,
    ReplicaRows replicas,
    SplitRows splits,
    CommandRows commands,
    EvidenceRows evidence,
    LocalRouters routers,
    DatabaseClock clock,
    Lease lease) {

  boolean isHeld(Fence fence) {
    return lease.fence().filter(fence::equals).isPresent();
  }
}
