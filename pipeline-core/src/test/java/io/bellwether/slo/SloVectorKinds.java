package io.bellwether.slo;

import io.bellwether.vectors.VectorObject;
import java.util.List;
import java.util.Map;

/** What the library says to the inputs of each kind of vector: the family of the kind answers. */
final class SloVectorKinds {
  private SloVectorKinds() {}

  static Map<String, Object> run(String kind, VectorObject in) {
    var families =
        List.of(
            new CountVectors(in),
            new SliceVectors(in),
            new BurnVectors(in),
            new TimeVectors(in),
            new PolicyVectors(in));
    return families.stream()
        .filter(family -> family.answers(kind))
        .findFirst()
        .orElseThrow(() -> new AssertionError("unknown kind of vector: " + kind))
        .out;
  }
}
