package io.bellwether.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.bellwether.analysis.KayentaMetric.Direction;
import io.bellwether.analysis.KayentaMetric.NanStrategy;
import io.bellwether.vectors.VectorObject;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One test vector of Kayenta's judge: what goes in, and what has to come out. */
record KayentaVector(VectorObject in, VectorObject expect) {
  private static final double EXACT = 1e-9;

  static KayentaVector of(VectorObject in) {
    in.skip("id", "origin", "note");
    return new KayentaVector(in, in.object("expect"));
  }

  /** Runs the vector, and fails on a kind or a field that nothing here asks for. */
  void check() {
    assertThat(expect.isEmpty()).as("expects nothing").isFalse();
    run();
    assertThat(in.unread()).as("fields of an unknown meaning").isEmpty();
  }

  private void run() {
    var kind = in.text("kind");
    switch (kind) {
      case "mann_whitney_classify" -> mannWhitneyClassify();
      case "mean_inequality" -> finding(KayentaClassifier.MEAN_INEQUALITY::classify);
      case "mann_whitney_ci" -> interval();
      case "mann_whitney_ci_steps" -> steps();
      case "wilcoxon_z" -> value(test().z(in.number("mu")) - in.number("quantile"));
      case "normal_quantile" -> value(NormalQuantile.of(in.number("p")));
      case "outlier_detect" -> outlierDetect();
      case "outlier_remove" -> values(outliers().removeFrom(in.numbers("values")));
      case "nan_remove" -> values(NanStrategy.REMOVE.apply(in.numbers("values")));
      case "nan_replace" -> values(NanStrategy.REPLACE.apply(in.numbers("values")));
      case "summary" -> summary();
      case "percentile_r7" -> percentile();
      case "mean_ratio" -> value(KayentaStatistics.meanRatio(canary(), baseline()));
      case "cohen_d" -> value(canary().cohenD(baseline()));
      case "cles" -> value(test().commonLanguageEffect());
      case "score" -> score();
      case "score_classify" -> scoreClassify();
      case "standalone_final" -> passesRun(thresholds());
      default -> throw new AssertionError("unknown kind of vector: " + kind);
    }
  }

  private void mannWhitneyClassify() {
    var classifier = new MannWhitneyClassifier(in.number("tolerance"), in.number("confLevel"));
    finding(classifier::classify);
  }

  private interface Classify {
    KayentaFinding classify(KayentaMetric metric, double[] baseline, double[] canary);
  }

  private void finding(Classify classifier) {
    var metric = metric();
    var finding =
        classifier.classify(
            metric,
            metric.prepare(in.numbers("control")),
            metric.prepare(in.numbers("experiment")));
    assertThat(finding.classification())
        .as(finding.toString())
        .hasToString(expect.text("classification"));
    if (expect.has("critical")) {
      assertThat(finding.critical()).as("critical").isEqualTo(expect.flag("critical"));
    }
    if (expect.has("deviation")) {
      close("deviation", finding.ratio(), expect.number("deviation"), tolerance());
    }
  }

  private KayentaMetric metric() {
    return KayentaMetric.builder(in.text("id"))
        .direction(named(Direction.values(), in.has("direction") ? in.text("direction") : "either"))
        .nanStrategy(
            named(NanStrategy.values(), in.has("nanStrategy") ? in.text("nanStrategy") : "remove"))
        .critical(in.flag("critical", false))
        .mustHaveData(in.flag("mustHaveData", false))
        .effectSize(effectSize())
        .build();
  }

  private KayentaEffectSize effectSize() {
    var measure = in.has("effectSizeMeasure") ? in.text("effectSizeMeasure") : "meanRatio";
    var size = KayentaEffectSize.of(named(KayentaEffectSize.Measure.values(), measure));
    return new KayentaEffectSize(
        size.measure(),
        in.optionalNumber("allowedIncrease").orElse(size.allowedIncrease()),
        in.optionalNumber("allowedDecrease").orElse(size.allowedDecrease()),
        in.optionalNumber("criticalIncrease").orElse(size.criticalIncrease()),
        in.optionalNumber("criticalDecrease").orElse(size.criticalDecrease()));
  }

  private void interval() {
    solverIsOurs();
    var shift = test().shift(in.number("confLevel"));
    close("ciLow", shift.low(), expect.number("ciLow"), tolerance());
    close("ciHigh", shift.high(), expect.number("ciHigh"), tolerance());
    var looser = in.optionalNumber("estimateTol").orElse(tolerance());
    close("estimate", shift.estimate(), expect.number("estimate"), looser);
  }

  private void steps() {
    var test = test();
    var quantile = -NormalQuantile.of((1.0 - in.number("confLevel")) / 2);
    interval();
    step("muMin", test.lowestShift());
    step("muMax", test.highestShift());
    step("zLower", quantile);
    step("zUpper", -quantile);
    step("fLowerAtMuMin", test.z(test.lowestShift()) - quantile);
    step("fLowerAtMuMax", test.z(test.highestShift()) - quantile);
    step("fUpperAtMuMin", test.z(test.lowestShift()) + quantile);
    step("fUpperAtMuMax", test.z(test.highestShift()) + quantile);
  }

  private void step(String name, double actual) {
    close(name, actual, expect.number(name), tolerance());
  }

  private void solverIsOurs() {
    if (in.has("solver")) {
      var solver = in.object("solver");
      assertThat(solver.text("method")).isEqualTo("brent (R zeroin)");
      assertThat(solver.number("absTol")).isEqualTo(MannWhitneyRoot.TOLERANCE);
      assertThat(solver.number("maxIter")).isEqualTo(MannWhitneyRoot.MAX_STEPS);
    }
  }

  private KayentaOutliers outliers() {
    var factor = in.number("factor");
    var reduceSensitivity = in.flag("reduceSensitivity", false);
    return switch (in.text("method")) {
      case "iqr" -> new KayentaOutliers.InterquartileRange(factor, reduceSensitivity);
      case "ksigma" -> {
        assertThat(reduceSensitivity).as("reduceSensitivity is of iqr alone").isFalse();
        yield KayentaOutliers.beyondDeviations(factor);
      }
      default -> throw new AssertionError("unknown method " + in.text("method"));
    };
  }

  private void outlierDetect() {
    var values = in.numbers("values");
    var outlier = outliers().among(values);
    var found = IntStream.range(0, values.length).filter(i -> outlier.test(values[i]));
    assertThat(found.asDoubleStream().toArray()).isEqualTo(expect.numbers("outlierIndexes"));
  }

  private void summary() {
    var summary = KayentaStatistics.of(in.numbers("values"));
    close("min", summary.min(), expect.number("min"), tolerance());
    close("max", summary.max(), expect.number("max"), tolerance());
    close("mean", summary.mean(), expect.number("mean"), tolerance());
    close("std", summary.std(), expect.number("std"), tolerance());
    assertThat((double) summary.count()).isEqualTo(expect.number("count"));
  }

  private void percentile() {
    var sorted = in.numbers("values");
    Arrays.sort(sorted);
    value(KayentaStatistics.percentile(sorted, in.number("p")));
  }

  private void score() {
    var results = in.objects("metrics").stream().map(KayentaVector::scored).toList();
    var score = new KayentaScorer(in.numbersByName("groupWeights")).score(results);
    assertThat(score.value()).as(score.toString()).isEqualTo(expect.number("summaryScore"));
  }

  private static KayentaMetricResult scored(VectorObject in) {
    var metric =
        KayentaMetric.builder("a metric")
            .groups(in.texts("groups"))
            .muted(in.flag("muted", false))
            .build();
    var label = named(KayentaClassification.values(), in.text("classification"));
    var finding = KayentaFinding.untested(label, "given", 1.0, in.flag("critical", false));
    return KayentaMetricResult.of(metric, finding, new double[0], new double[0]);
  }

  private void scoreClassify() {
    var thresholds = thresholds();
    assertThat(thresholds.classify(in.number("score"))).hasToString(expect.text("classification"));
    if (expect.has("didPassThresholds")) {
      passesRun(thresholds);
    }
  }

  private void passesRun(KayentaScoreThresholds thresholds) {
    assertThat(thresholds.passesRun(in.number("score")))
        .isEqualTo(expect.flag("didPassThresholds"));
  }

  private KayentaScoreThresholds thresholds() {
    return new KayentaScoreThresholds(
        in.optionalNumber("passThreshold").orElse(KayentaScoreThresholds.NONE),
        in.optionalNumber("marginalThreshold").orElse(KayentaScoreThresholds.NONE));
  }

  private MannWhitney test() {
    return MannWhitney.of(in.numbers("experiment"), in.numbers("control"));
  }

  private KayentaStatistics canary() {
    return KayentaStatistics.of(in.numbers("experiment"));
  }

  private KayentaStatistics baseline() {
    return KayentaStatistics.of(in.numbers("control"));
  }

  private void value(double actual) {
    close("value", actual, expect.number("value"), tolerance());
  }

  private void values(double[] actual) {
    assertThat(actual).isEqualTo(expect.numbers("values"));
  }

  private double tolerance() {
    return in.optionalNumber("tol").orElse(EXACT);
  }

  private static void close(String name, double actual, double expected, double tolerance) {
    if (Double.isNaN(expected)) {
      assertThat(actual).as(name).isNaN();
    } else {
      assertThat(actual).as(name).isCloseTo(expected, within(tolerance));
    }
  }

  private static <E extends Enum<E>> E named(E[] values, String label) {
    return Stream.of(values)
        .filter(value -> value.toString().equalsIgnoreCase(label))
        .findFirst()
        .orElseThrow(() -> new AssertionError("unknown label " + label));
  }
}
