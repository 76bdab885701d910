package io.bellwether.architecture.offenders.left;

import io.bellwether.architecture.offenders.right.Right;

/** One half of a cycle between packages. */
public class Left {
  public Right right;
}
