package io.bellwether.architecture.offenders;

/** Throws what nobody can catch on purpose. */
public class ThrowsAnything {
  void runtime() {
    throw new RuntimeException("something went wrong");
  }

  void checked() throws Exception {
    throw new Exception("something went wrong");
  }
}
