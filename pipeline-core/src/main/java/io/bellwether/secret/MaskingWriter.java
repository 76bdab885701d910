package io.bellwether.secret;

import java.io.IOException;
import java.io.Writer;

/** Masks a stream of text; keeps back what may be the beginning of a secret. */
final class MaskingWriter extends Writer {
  private static final int MUCH = 1024;

  private final SecretMasker masker;
  private final Writer out;
  private final StringBuilder held = new StringBuilder();

  /** How far what is held is covered by a mask that has been written; -1 if none ends here. */
  private int covered = -1;

  /** How many characters of base64 stood right before what is held. */
  private int run;

  /** What is held is looked at again when it is as long as this. */
  private int enough;

  MaskingWriter(SecretMasker masker, Writer out) {
    super(out);
    this.masker = masker;
    this.out = out;
  }

  @Override
  public void write(char[] text, int offset, int length) throws IOException {
    synchronized (lock) {
      held.append(text, offset, length);
      if (held.length() >= enough) {
        letGo();
      }
    }
  }

  /** Much that is held is not searched anew for each character that joins it. */
  private void letGo() throws IOException {
    var patterns = masker.patterns();
    pass(patterns, held.length() - patterns.unfinished(held.toString(), run));
    enough = held.length() < MUCH ? 0 : held.length() + held.length() / 4;
  }

  /** Lets through what stands before the cut; no secret that is still to end starts there. */
  private void pass(PatternSet patterns, int cut) throws IOException {
    var text = held.toString();
    held.delete(0, cut);
    var ranges = patterns.ranges(text, run);
    run = Unwrapped.run(text, cut, run);
    var masked = covered;
    for (var i = 0; i < ranges.length && ranges[i] < Math.max(cut, masked + 1); i += 2) {
      if (ranges[i] > masked) {
        out.write(text, Math.max(masked, 0), ranges[i] - Math.max(masked, 0));
        out.write(Secret.MASK);
      }
      masked = Math.max(masked, ranges[i + 1]);
    }
    if (masked >= cut) {
      covered = masked - cut;
    } else {
      out.write(text, Math.max(masked, 0), cut - Math.max(masked, 0));
      covered = -1;
    }
  }

  /** Flushes what went through; what is kept back stays, it may be half a secret. */
  @Override
  public void flush() throws IOException {
    synchronized (lock) {
      if (held.length() < enough) {
        letGo();
      }
      out.flush();
    }
  }

  @Override
  public void close() throws IOException {
    synchronized (lock) {
      pass(masker.patterns(), held.length());
      out.close();
    }
  }
}
