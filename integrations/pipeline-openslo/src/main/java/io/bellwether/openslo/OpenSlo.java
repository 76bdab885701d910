package io.bellwether.openslo;

/**
 * Reads and writes OpenSLO v1. Stateless and thread-safe.
 *
 * <p>How OpenSLO's words map: an objective's target is at least that share of good events; a
 * threshold metric counts values as events that are good by the objective's comparison; {@code
 * Occurrences}, {@code Timeslices} and {@code RatioTimeslices} are the budgeting of the same name;
 * a rolling window of days is as long as it says, one of months follows the calendar in UTC; an
 * alert condition fires above its threshold.
 */
public final class OpenSlo {
  /** The version this library reads and writes. */
  public static final String VERSION = "openslo/v1";

  private OpenSlo() {}

  /**
   * Reads the documents of a text.
   *
   * @param yaml one document or several, in any order; references are resolved within the text
   * @throws OpenSloException if it is no YAML, a field is missing, unknown or does not map; lists
   *     every problem with its path
   */
  public static OpenSloBundle parse(String yaml) {
    return new BundleReader(Yaml.read(yaml)).read();
  }

  /**
   * Writes documents that {@link #parse} reads as the same again.
   *
   * @throws OpenSloException if something has no words in OpenSLO, such as an SLO of time; lists
   *     every problem with its path
   */
  public static String write(OpenSloBundle bundle) {
    return Yaml.write(new BundleWriter().write(bundle));
  }
}
