package io.bellwether.secret;

import java.io.Writer;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts {@code ***} in place of every secret it knows, in whatever form the secret appears: as it
 * is, in base64 (at any offset, also the URL alphabet), in hex, percent- or form-encoded, escaped
 * for JSON, Java, XML or HTML, as the usual libraries do it. Of a secret with several lines each
 * line is masked, of one that is JSON each text and number in it, of a URL its password, of {@code
 * key=value} the value. Overlapping secrets become one mask, the longest wins.
 *
 * <p>Secrets of less than 8 characters are not masked: they stand in harmless texts, and a mask
 * there would spell them out. {@link #add} says so, and a warning is logged once for each. A secret
 * stays masked for good, also after its rotation: old log lines get replayed.
 *
 * <p>Base64 that is wrapped into lines of 16 characters or more is seen through, also where the
 * breaks are escaped as {@code \n}, if the lines are in one text or go through one {@link #writer}.
 *
 * <p>Thread-safe. A line without a secret comes back as the same string.
 */
public final class SecretMasker {
  private static final Logger LOG = LoggerFactory.getLogger(SecretMasker.class);

  private final Set<String> patterns = new LinkedHashSet<>();
  private final Set<String> tooShort = new HashSet<>();
  private volatile @Nullable PatternSet current = new PatternSet(Set.of());

  private SecretMasker() {}

  /** A masker that knows no secret yet. */
  public static SecretMasker create() {
    return new SecretMasker();
  }

  /**
   * Masks this secret from now on.
   *
   * @return whether there is anything to mask: false for a secret of less than 8 characters
   */
  public boolean add(Secret secret) {
    return addAll(List.of(secret)) > 0;
  }

  /**
   * Masks these secrets from now on.
   *
   * @return how many of them can be masked
   */
  public synchronized int addAll(Collection<Secret> secrets) {
    var masked = 0;
    var known = patterns.size();
    for (var secret : secrets) {
      var parts = secret.<Set<String>>use(SecretParts::of);
      var isLong = parts.stream().anyMatch(part -> part.length() > SecretParts.LONG);
      parts.forEach(part -> patterns.addAll(Encodings.of(part, isLong)));
      if (parts.isEmpty()) {
        warn(secret);
      } else {
        masked++;
      }
    }
    if (patterns.size() > known) { // a reload adds what is known already
      current = null;
    }
    return masked;
  }

  private void warn(Secret secret) {
    if (tooShort.add(secret.reference())) {
      LOG.warn(
          "secret {} has less than {} characters and is NOT masked; make a longer one",
          secret.reference(),
          SecretParts.SHORTEST);
    }
  }

  /** Whether a secret is long enough to be masked. */
  public static boolean masks(Secret secret) {
    return !secret.<Set<String>>use(SecretParts::of).isEmpty();
  }

  /** The text without any of the secrets; the same string if none is in it. */
  public String mask(String text) {
    return patterns().mask(text);
  }

  /**
   * A writer that masks what goes through it, also secrets that are split over several writes: it
   * keeps back what may be the beginning of one, until more text comes or it is closed. A secret
   * that is added later is not seen where its beginning has gone out already.
   *
   * @param out is closed with it
   */
  public Writer writer(Writer out) {
    return new MaskingWriter(this, out);
  }

  PatternSet patterns() {
    var built = current;
    return built != null ? built : build();
  }

  private synchronized PatternSet build() {
    var built = new PatternSet(patterns);
    current = built;
    return built;
  }

  /** Says nothing of what it knows. */
  @Override
  public String toString() {
    return "a masker";
  }
}
