package io.bellwether.architecture.offenders;

/** A sealed family with members that are no data. */
public sealed interface NoRecords {
  /** Fine. */
  record Data(int value) implements NoRecords {}

  /** Fine: its own members are looked at in turn. */
  sealed interface Branch extends NoRecords {}

  /** Fine. */
  record Leaf() implements Branch {}

  /** Mutable. */
  final class Mutable implements NoRecords {
    int value;
  }
}
