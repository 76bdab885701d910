package io.bellwether.config;

import org.jspecify.annotations.Nullable;

/** A value in the tree of a layer or of the merged configuration, with its history. */
sealed interface Node permits MapNode, ListNode, Scalar {
  Origin origin();

  /** The value of an earlier layer that this one stands in place of. */
  @Nullable Node over();
}
