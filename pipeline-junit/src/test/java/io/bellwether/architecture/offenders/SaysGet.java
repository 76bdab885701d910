package io.bellwether.architecture.offenders;

/** A bean. */
public class SaysGet {
  public String getName() {
    return "name";
  }
}
