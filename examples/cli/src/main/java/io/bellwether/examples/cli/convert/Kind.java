package io.bellwether.examples.cli.convert;

import io.bellwether.alertmanager.AlertmanagerConfig;
import io.bellwether.openslo.OpenSlo;
import io.bellwether.openslo.OpenSloBundle;
import io.bellwether.openslo.Sloth;
import io.bellwether.plans.ArgoRollouts;
import io.bellwether.plans.Converted;
import io.bellwether.plans.Flagger;
import io.bellwether.plans.KayentaFile;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Which tool's file it is. */
public enum Kind {
  /** Rollouts of Argo Rollouts. */
  ARGO_ROLLOUTS("a plan", "#"),
  /** Canaries of Flagger. */
  FLAGGER("a plan", "#"),
  /** A configuration of Kayenta's judge. */
  KAYENTA("the judge in Java", "//"),
  /** An Alertmanager file. */
  ALERTMANAGER("its routes", "#"),
  /** SLOs of Sloth. */
  SLOTH("OpenSLO", "#"),
  /** OpenSLO documents. */
  OPENSLO("OpenSLO as it was understood", "#");

  private final String result;
  private final String comment;

  Kind(String result, String comment) {
    this.result = result;
    this.comment = comment;
  }

  /** The kind of this name. */
  public static Optional<Kind> of(String name) {
    return Stream.of(values()).filter(kind -> kind.toString().equals(name)).findFirst();
  }

  /** What it becomes. */
  public String result() {
    return result;
  }

  /** How a comment begins in what it becomes. */
  public String comment() {
    return comment;
  }

  /**
   * The documents of a text.
   *
   * @throws io.bellwether.BellwetherException if it is none of this kind
   */
  public List<Conversion> convert(String text) {
    return switch (this) {
      case ARGO_ROLLOUTS -> plans(ArgoRollouts.convert(text));
      case FLAGGER -> plans(Flagger.convert(text));
      case KAYENTA -> List.of(KayentaJava.of(KayentaFile.parse(text)));
      case ALERTMANAGER -> List.of(RouteOutline.of(AlertmanagerConfig.parse(text)));
      case SLOTH -> sloth(text);
      case OPENSLO -> List.of(slos(OpenSlo.parse(text)));
    };
  }

  private static List<Conversion> plans(List<Converted> plans) {
    return plans.stream().map(plan -> new Conversion(plan.yaml(), plan.notes())).toList();
  }

  private static List<Conversion> sloth(String text) {
    var read = Sloth.parse(text);
    return List.of(new Conversion(OpenSlo.write(read.bundle()), read.notes()));
  }

  /** What was understood of each SLO stands above, since that is what a reader wants to check. */
  private static Conversion slos(OpenSloBundle bundle) {
    var words = bundle.slos().stream().map(slo -> slo.slo().toString()).toList();
    return new Conversion(OpenSlo.write(bundle), words);
  }

  /** For example {@code argo-rollouts}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
