package io.bellwether.examples.cli.slo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.bellwether.examples.cli.io.Exit;
import io.bellwether.examples.cli.io.Refusal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A report that a service wrote as JSON.
 *
 * @param lines one per SLO
 */
public record SavedReport(List<Line> lines) {
  private static final Set<String> STATUSES = Set.of("PASS", "FAIL", "NO_DATA");

  /**
   * How one SLO stood.
   *
   * @param text in words
   * @param exit what it means for a pipeline
   */
  public record Line(String text, Exit exit) {}

  /** Copies the lines. */
  public SavedReport {
    lines = List.copyOf(lines);
  }

  /**
   * Reads what {@code SloReport.toJson} wrote.
   *
   * @throws Refusal if it is none
   */
  public static SavedReport parse(String json) {
    var report = tree(json);
    var slos = report.path("slos");
    if (!slos.isArray() || slos.isEmpty()) {
      throw new Refusal("the report has no list slos; expected what SloReport.toJson writes");
    }
    var lines = new ArrayList<Line>();
    for (var slo : slos) {
      var status = slo.path("status").asText();
      if (!slo.path("name").isTextual() || !STATUSES.contains(status)) {
        throw new Refusal(
            "slos["
                + lines.size()
                + "] of the report lacks a name, or its status is none of "
                + "PASS, FAIL, NO_DATA");
      }
      lines.add(new Line(text(slo, status), exit(slo, status)));
    }
    return new SavedReport(lines);
  }

  private static JsonNode tree(String json) {
    try {
      return JsonMapper.builder().build().readTree(json);
    } catch (JsonProcessingException e) {
      var at = e.getLocation();
      throw new Refusal(
          "the report is no JSON"
              + (at == null ? "" : ": line " + at.getLineNr() + ", column " + at.getColumnNr()));
    }
  }

  private static String text(JsonNode slo, String status) {
    var budget = slo.path("budget");
    return slo.path("name").asText()
        + ": "
        + slo.path("sli").asText("")
        + " "
        + percent(slo.path("value"))
        + " ("
        + slo.path("objective").asText("")
        + ") "
        + status
        + (budget.isObject()
            ? ", "
                + percent(budget.path("remaining_share"))
                + " of the budget left, "
                + budget.path("status").asText("")
            : "");
  }

  private static String percent(JsonNode share) {
    return share.isNumber()
        ? share
                .decimalValue()
                .movePointRight(2)
                .setScale(3, RoundingMode.HALF_EVEN)
                .stripTrailingZeros()
                .toPlainString()
            + "%"
        : "n/a";
  }

  private static Exit exit(JsonNode slo, String status) {
    if (status.equals("NO_DATA")) {
      return Exit.UNDECIDED;
    }
    return status.equals("FAIL") || slo.at("/budget/status").asText().equals("EXHAUSTED")
        ? Exit.FOUND
        : Exit.FINE;
  }

  /** Of all lines. */
  public Exit exit() {
    return lines.stream().map(Line::exit).reduce(Exit.FINE, Exit::or);
  }
}
