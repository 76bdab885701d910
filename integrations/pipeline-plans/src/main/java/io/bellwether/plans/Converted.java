package io.bellwether.plans;

import java.util.List;

/**
 * A plan of another tool as one of ours. Immutable.
 *
 * @param yaml the plan as a file, for people to keep
 * @param plan the same, read
 * @param notes what was not carried over or means something a little different here, and what to do
 *     about it; one sentence each, to be read before the plan is used
 */
public record Converted(String yaml, PlanFile plan, List<String> notes) {
  /** Copies the notes. */
  public Converted {
    notes = List.copyOf(notes);
  }

  /** The notes as comments, and the plan. */
  @Override
  public String toString() {
    var text = new StringBuilder();
    notes.forEach(note -> text.append("# ").append(note).append('\n'));
    return text.append(yaml).toString();
  }
}
