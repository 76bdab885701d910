package io.bellwether.pipeline.stage;

import io.bellwether.BellwetherException;
import io.bellwether.internal.JsonObject;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.HashSet;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** The three report formats. */
final class CoverageFormats {
  private CoverageFormats() {}

  /** The report's own LINE counter, not those of its packages and classes. */
  static Coverage jacoco(Path report, String text) {
    var factory = XMLInputFactory.newFactory();
    // JaCoCo names a DTD, which is neither fetched nor read: a report may come from anywhere.
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    try {
      var in = factory.createXMLStreamReader(new StringReader(text));
      var depth = 0;
      for (; in.hasNext(); in.next()) {
        if (in.getEventType() == XMLStreamConstants.START_ELEMENT) {
          depth++;
          if (depth == 1 && !in.getLocalName().equals("report")) {
            throw unknown(report, "its root is <" + in.getLocalName() + ">, not <report>");
          }
          if (depth == 2 && isLineCounter(in)) {
            var missed = Long.parseLong(in.getAttributeValue("", "missed"));
            var covered = Long.parseLong(in.getAttributeValue("", "covered"));
            return new Coverage(covered, covered + missed);
          }
        } else if (in.getEventType() == XMLStreamConstants.END_ELEMENT) {
          depth--;
        }
      }
      return Coverage.NONE;
    } catch (XMLStreamException | IllegalArgumentException e) {
      throw new BellwetherException("coverage report " + report + " is broken: " + e, e);
    }
  }

  private static boolean isLineCounter(XMLStreamReader in) {
    return in.getLocalName().equals("counter") && "LINE".equals(in.getAttributeValue("", "type"));
  }

  /** Counts what the records say themselves (LF, LH), else their lines (DA), once per line. */
  static Coverage lcov(Path report, String text) {
    var sum = Coverage.NONE;
    var record = new LcovRecord();
    var records = 0;
    for (var line : text.lines().toList()) {
      var at = line.indexOf(':');
      var value = line.substring(at + 1).strip();
      try {
        switch (at < 0 ? line.strip() : line.substring(0, at)) {
          case "DA" -> record.line(value);
          case "LF" -> record.found = Long.parseLong(value);
          case "LH" -> record.hit = Long.parseLong(value);
          case "end_of_record" -> {
            sum = sum.plus(record.coverage());
            record = new LcovRecord();
            records++;
          }
          default -> {}
        }
      } catch (IllegalArgumentException e) {
        throw new BellwetherException(
            "coverage report " + report + " is broken in '" + line + "': " + e.getMessage(), e);
      }
    }
    if (records == 0) {
      throw unknown(report, "it has no end_of_record");
    }
    if (record.isBegun()) {
      throw new BellwetherException(
          "coverage report " + report + " is cut off: its last record has no end_of_record");
    }
    return sum;
  }

  private static final class LcovRecord {
    private final HashSet<String> lines = new HashSet<>();
    private final HashSet<String> run = new HashSet<>();
    private long found = -1;
    private long hit = -1;

    void line(String value) {
      var parts = value.split(",", -1);
      if (parts.length < 2) {
        throw new IllegalArgumentException("expected DA:line,count");
      }
      lines.add(parts[0]);
      if (Long.parseLong(parts[1]) > 0) {
        run.add(parts[0]);
      }
    }

    boolean isBegun() {
      return found >= 0 || hit >= 0 || !lines.isEmpty();
    }

    Coverage coverage() {
      return found >= 0 && hit >= 0
          ? new Coverage(hit, found)
          : new Coverage(run.size(), lines.size());
    }
  }

  static Coverage summary(Path report, String text) {
    var lines = JsonObject.parse("coverage report " + report, text).object("total").object("lines");
    try {
      return new Coverage(
          lines.number("covered").longValueExact(), lines.number("total").longValueExact());
    } catch (ArithmeticException | IllegalArgumentException e) {
      throw new BellwetherException("coverage report " + report + " is broken: " + e, e);
    }
  }

  private static BellwetherException unknown(Path report, String why) {
    return new BellwetherException(
        "coverage report "
            + report
            + " is neither JaCoCo XML nor LCOV nor coverage-summary.json: "
            + why);
  }
}
