package io.bellwether.rollout;

import io.bellwether.analysis.ArmCounts;
import io.bellwether.analysis.ComparedCounts;
import io.bellwether.internal.Texts;
import java.util.List;

/**
 * What both versions did, as far as it was asked for.
 *
 * @param counts oldest first
 * @param history stable's blocks from before the candidate had users
 * @param failure why nothing could be read; empty where it could
 */
public record Counted(List<ComparedCounts> counts, List<ArmCounts> history, String failure) {
  /** Nothing was asked for. */
  public static final Counted NOTHING = new Counted(List.of(), List.of(), "");

  /** Copies the lists and cuts a failure that is too long to be kept. */
  public Counted {
    counts = List.copyOf(counts);
    history = List.copyOf(history);
    failure = Texts.cut(failure);
  }

  /** Nothing could be read. */
  public static Counted failed(String reason) {
    return new Counted(List.of(), List.of(), reason);
  }
}
