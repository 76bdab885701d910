package io.bellwether.examples.cli.convert;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A document of another tool in our words.
 *
 * @param text ours
 * @param notes what was not carried over
 */
public record Conversion(String text, List<String> notes) {
  /** Copies the notes. */
  public Conversion {
    notes = List.copyOf(notes);
  }

  /** The notes as comments, and the text. */
  public String commented(String sign) {
    return notes.stream()
            .map(note -> sign + " " + note.replace("\n", "\n" + sign + " ") + "\n")
            .collect(Collectors.joining())
        + text;
  }
}
