package io.bellwether.openslo;

import io.bellwether.Ratio;
import io.bellwether.alert.Severity;
import io.bellwether.openslo.Indicator.Source;
import io.bellwether.slo.BurnRateAlert;
import io.bellwether.slo.BurnRateAlerts;
import io.bellwether.slo.Objective;
import io.bellwether.slo.Slo;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The SLOs of Sloth files, in both of their spellings: {@code version: prometheus/v1} and the
 * resource {@code PrometheusServiceLevel}. Immutable.
 *
 * <p>How words map: an objective is a share of good events over 30 days, which is Sloth's own
 * window; an error and a total query are bad events of all, a ready error ratio is one; the page
 * and ticket alerts are the burn rate alerts this library recommends, unless they are disabled.
 *
 * @param bundle the SLOs, which {@link OpenSlo#write} says in OpenSLO
 * @param notes what was not carried over, and what to do about it
 */
public record Sloth(OpenSloBundle bundle, List<String> notes) {
  private static final Duration WINDOW = Duration.ofDays(30);
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  /** Copies the notes. */
  public Sloth {
    notes = List.copyOf(notes);
  }

  /**
   * Reads a file.
   *
   * @param yaml one document or several
   * @throws OpenSloException if it is no YAML, or something is missing or no such value; lists
   *     every problem with its path
   */
  public static Sloth parse(String yaml) {
    var problems = new ArrayList<String>();
    var notes = new ArrayList<String>();
    var slos = new ArrayList<ServiceSlo>();
    var documents = Yaml.read(yaml);
    for (var i = 0; i < documents.size(); i++) {
      var document = new Field("documents[" + i + "]", documents.get(i), problems);
      if (document.text("version").equals("prometheus/v1")) {
        new File(document, false, notes).readInto(slos);
      } else if (document.text("apiVersion").equals("sloth.slok.dev/v1")) {
        new File(document.required("spec"), true, notes).readInto(slos);
      } else {
        document.problem(
            "expected version: prometheus/v1, or apiVersion: sloth.slok.dev/v1; OpenSLO is read by"
                + " OpenSlo.parse");
      }
    }
    if (documents.isEmpty()) {
      problems.add("text: holds no document");
    }
    if (!problems.isEmpty()) {
      throw new OpenSloException(problems);
    }
    return new Sloth(OpenSloBundle.of(slos.toArray(ServiceSlo[]::new)), notes);
  }

  /** A document, in one of the two spellings. */
  private record File(Field spec, boolean camelCase, List<String> notes) {
    void readInto(List<ServiceSlo> slos) {
      var service = spec.required("service").text();
      spec.required("slos").elements().forEach(slo -> slo(service, slo).ifPresent(slos::add));
    }

    private Optional<ServiceSlo> slo(String service, Field slo) {
      var name = slo.required("name").text();
      var id = service + "-" + name;
      var target = target(slo.required("objective"));
      var indicator = indicator(id, slo.required("sli"));
      if (target.isEmpty() || indicator.isEmpty() || name.isEmpty()) {
        return Optional.empty();
      }
      var asked = Slo.named(id, s -> s.ratio(Objective.atLeast(target.get())).over(WINDOW));
      return Optional.of(
          new ServiceSlo(
              asked,
              service,
              Words.of(slo.text("description")),
              "",
              indicator.get(),
              Optional.empty(),
              slo.optional("alerting")
                  .map(alerting -> policies(id, asked, alerting))
                  .orElse(List.of())));
    }

    private static Optional<Ratio> target(Field objective) {
      var percent = objective.number();
      if (percent.isPresent()
          && (percent.get().signum() <= 0 || percent.get().compareTo(HUNDRED) >= 0)) {
        objective.problem("'" + percent.get() + "', expected over 0 and below 100 percent");
        return Optional.empty();
      }
      return percent.map(number -> Ratio.of(number.movePointLeft(2)));
    }

    private Optional<Indicator> indicator(String slo, Field sli) {
      var events = sli.optional("events");
      var raw = sli.optional("raw");
      if (events.isPresent()) {
        return Optional.of(
            new Indicator(
                "",
                Words.NONE,
                Indicator.Kind.BAD_OF_TOTAL,
                false,
                Map.of(
                    "bad", query(events.get(), "error_query", "errorQuery"),
                    "total", query(events.get(), "total_query", "totalQuery"))));
      }
      if (raw.isPresent()) {
        return Optional.of(
            new Indicator(
                "",
                Words.NONE,
                Indicator.Kind.RAW_FAILURE,
                false,
                Map.of("raw", query(raw.get(), "error_ratio_query", "errorRatioQuery"))));
      }
      if (sli.has("plugin")) {
        notes.add(
            "SLO '"
                + slo
                + "' is left out: its figures come from a plugin; let Sloth generate the queries and"
                + " state them as events");
      } else {
        sli.problem("expected events, raw or plugin");
      }
      return Optional.empty();
    }

    private Source query(Field sli, String name, String camel) {
      return Source.prometheus(sli.required(spelt(name, camel)).text());
    }

    private List<AlertPolicy> policies(String slo, Slo asked, Field alerting) {
      var name = alerting.text("name").isEmpty() ? slo : alerting.text("name");
      var policies = new ArrayList<AlertPolicy>();
      for (var alert : BurnRateAlerts.recommended(asked).alerts()) {
        var paging = alert.severity() == Severity.CRITICAL;
        var kind = paging ? spelt("page_alert", "pageAlert") : spelt("ticket_alert", "ticketAlert");
        if (alerting.optional(kind).filter(stated -> stated.flag("disable")).isEmpty()) {
          policies.add(policy(name, paging ? "page" : "ticket", alert));
        }
      }
      if (!policies.isEmpty()) {
        notes.add(
            "the alerts of '"
                + slo
                + "' are this library's burn rate alerts; labels and annotations of "
                + name
                + " are left out: routes and runbooks are the alert router's");
      }
      return policies;
    }

    private static AlertPolicy policy(String name, String kind, BurnRateAlert alert) {
      return new AlertPolicy(
          name + "-" + alert.name(),
          Words.NONE,
          alert,
          Words.NONE,
          true,
          true,
          false,
          List.of(new NotificationTarget(kind, kind, Words.NONE)));
    }

    private String spelt(String name, String camel) {
      return camelCase ? camel : name;
    }
  }
}
