package io.bellwether.pipeline.run;

import io.bellwether.pipeline.PipelineEvent;
import java.util.List;

/**
 * Turns events of a pipeline run into a text that a store can keep, and back. Stateless and
 * thread-safe.
 *
 * <p>The text is one line of JSON: {@code {"format":1,"events":[…]}}.
 */
public final class PipelineEventCodec {
  private PipelineEventCodec() {}

  /** These events as a text. */
  public static String encode(List<PipelineEvent> events) {
    return FilePipelineStore.FORMAT.text(events);
  }

  /**
   * The events this text stands for.
   *
   * @throws io.bellwether.BellwetherException if it is none, is in a later format, or holds an
   *     event this library does not know
   */
  public static List<PipelineEvent> decode(String text) {
    return FilePipelineStore.FORMAT.events(text);
  }
}
