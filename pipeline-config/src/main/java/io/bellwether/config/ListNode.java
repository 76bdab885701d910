package io.bellwether.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A list.
 *
 * @param items owned by one load, which fills placeholders in place
 * @param merged how several layers' lists became this one; null if one layer wrote all of it
 */
record ListNode(Origin origin, List<Node> items, @Nullable ListMerge merged, @Nullable Node over)
    implements Node {}
