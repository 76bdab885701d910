package io.bellwether.openslo;

import io.bellwether.slo.BurnRateAlert;
import io.bellwether.slo.BurnRateAlerts;
import io.bellwether.slo.Slo;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * An SLO of a service, with where its figures come from and who is told. Immutable and thread-safe.
 *
 * @param slo what is asked
 * @param service whose; may be empty
 * @param words for people
 * @param objectiveName the objective's name in words; may be empty
 * @param indicator where the figures come from
 * @param comparison how a threshold metric tells good values from bad; only there
 * @param policies who is told when
 */
public record ServiceSlo(
    Slo slo,
    String service,
    Words words,
    String objectiveName,
    Indicator indicator,
    Optional<Comparison> comparison,
    List<AlertPolicy> policies) {
  /**
   * What a good value is like.
   *
   * @param op {@code lt}, {@code lte}, {@code gt} or {@code gte}
   * @param value what it is compared with, in the source's unit
   */
  public record Comparison(String op, BigDecimal value) {}

  /** Copies the policies. */
  public ServiceSlo {
    policies = List.copyOf(policies);
  }

  /** An SLO nobody is told about. */
  public static ServiceSlo of(Slo slo, String service, Indicator indicator) {
    return new ServiceSlo(slo, service, Words.NONE, "", indicator, Optional.empty(), List.of());
  }

  /**
   * The burn rate alerts of all policies, ready to be watched.
   *
   * @throws io.bellwether.InvalidConfigurationException if one of them can never fire
   */
  public BurnRateAlerts alerts() {
    return BurnRateAlerts.of(
        slo, policies.stream().map(AlertPolicy::condition).toArray(BurnRateAlert[]::new));
  }
}
