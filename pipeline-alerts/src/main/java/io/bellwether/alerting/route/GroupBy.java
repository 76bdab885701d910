package io.bellwether.alerting.route;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which alerts are told together: those with the same values of these labels.
 *
 * @param all whether every label counts, so that only alerts with the same labels are together
 * @param labels the labels that count, sorted; none puts every alert of the route into one group
 */
public record GroupBy(boolean all, List<String> labels) {
  /** Every label counts. */
  public static final GroupBy ALL = new GroupBy(true, List.of());

  /** No label counts. */
  public static final GroupBy NONE = new GroupBy(false, List.of());

  /** Sorts the labels. */
  public GroupBy {
    labels = labels.stream().sorted().toList();
  }

  /** These labels count; {@code ...} alone stands for all of them. */
  public static GroupBy of(String... labels) {
    return labels.length == 1 && labels[0].equals("...")
        ? ALL
        : new GroupBy(false, List.of(labels));
  }

  /** Those labels of an alert that its group has in common; missing ones are left out. */
  public Map<String, String> of(Labels alert) {
    if (all) {
      return alert.sorted();
    }
    var values = new TreeMap<String, String>();
    for (var label : labels) {
      var value = alert.value(label);
      if (!value.isEmpty()) {
        values.put(label, value);
      }
    }
    return values;
  }

  /** For example {@code alertname, service}. */
  @Override
  public String toString() {
    if (all) {
      return "every label";
    }
    return labels.isEmpty() ? "nothing" : labels.stream().collect(Collectors.joining(", "));
  }
}
