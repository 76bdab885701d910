package io.bellwether.architecture.offenders.right;

import io.bellwether.architecture.offenders.left.Left;

/** The other half of a cycle between packages. */
public class Right {
  public Left left;
}
