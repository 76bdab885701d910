package io.bellwether.plans;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bellwether.BellwetherException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * Reads what the other projects publish, where somebody has put it: {@code -Dexamples.argo=DIR
 * -Dexamples.flagger=DIR -Dexamples.kayenta=DIR}, each the checkout of a repository.
 */
class PublishedExamplesTest {
  @Test
  void every_rollout_of_argo_rollouts_is_a_plan() throws IOException {
    assertThat(converted("argo", "examples", "kind: Rollout\n", ArgoRollouts::convert))
        .isGreaterThanOrEqualTo(18);
  }

  @Test
  void every_canary_of_flagger_is_a_plan() throws IOException {
    assertThat(converted("flagger", "artifacts", "kind: Canary\n", Flagger::convert))
        .isGreaterThanOrEqualTo(5);
  }

  @Test
  void every_configuration_of_kayenta_is_one() throws IOException {
    assertThat(
            converted(
                "kayenta", "", "analysisConfigurations", text -> List.of(KayentaFile.parse(text))))
        .isGreaterThan(5);
  }

  private static int converted(
      String tool, String folder, String sign, Function<String, List<?>> convert)
      throws IOException {
    var given = System.getProperty("examples." + tool);
    assumeTrue(given != null, "no checkout of " + tool + ": state it with -Dexamples." + tool);
    var count = 0;
    try (var files = Files.walk(Path.of(given).resolve(folder))) {
      for (var file : files.filter(PublishedExamplesTest::isDocument).toList()) {
        var text = Files.readString(file);
        if (text.contains(sign) && !isMeantToBeRefused(file)) {
          count += read(file, text, convert);
        }
      }
    }
    System.out.println(count + " plans of " + tool + " read");
    return count;
  }

  /** Templates of Helm and of arguments are no YAML; one file shows a name that is there twice. */
  private static boolean isMeantToBeRefused(Path file) throws IOException {
    return Files.readString(file).contains("{{")
        || file.endsWith("duplicated-metric-name.json")
        || file.endsWith("crd.yaml");
  }

  private static boolean isDocument(Path file) {
    return file.toString().endsWith(".yaml") || file.toString().endsWith(".json");
  }

  private static int read(Path file, String text, Function<String, List<?>> convert) {
    try {
      var plans = convert.apply(text);
      plans.forEach(plan -> System.out.println("# " + file.getFileName() + "\n" + plan));
      return plans.size();
    } catch (BellwetherException e) {
      throw new AssertionError(file + ": " + e.getMessage(), e);
    }
  }
}
