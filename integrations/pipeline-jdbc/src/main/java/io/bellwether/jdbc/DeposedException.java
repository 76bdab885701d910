package io.bellwether.jdbc;

import io.bellwether.BellwetherException;

/** Nothing was written, because the lease the writer wrote under has another holder now. */
public class DeposedException extends BellwetherException {
  private static final long serialVersionUID = 1L;

  private final transient Fence fence;

  /**
   * Creates it.
   *
   * @param what was to be written
   * @param fence the one that is no longer in force
   */
  public DeposedException(String what, Fence fence) {
    super(
        what
            + ": nothing was written, since "
            + fence
            + " is no longer in force; stop what was begun under it, the holder of now goes on");
    this.fence = fence;
  }

  /** The fence that is no longer in force. */
  public Fence fence() {
    return fence;
  }
}
