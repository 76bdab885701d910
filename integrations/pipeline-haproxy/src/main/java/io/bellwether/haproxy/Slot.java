package io.bellwether.haproxy;

import java.util.List;

/**
 * Servers of a backend that run one version at a time.
 *
 * @param name such as blue
 * @param servers by HAProxy's names; at least one
 */
record Slot(String name, List<String> servers) {
  Slot {
    servers = List.copyOf(servers);
  }
}
