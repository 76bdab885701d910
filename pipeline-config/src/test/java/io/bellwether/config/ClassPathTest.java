package io.bellwether.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;

/** The tests run on several class paths; each is what it says. */
class ClassPathTest {
  @Test
  void the_parsers_are_of_the_versions_they_are_meant_to_be() {
    var jackson = System.getProperty("jackson.under.test") + ".jar";
    assertThat(jar(JsonFactory.class)).endsWith("jackson-core-" + jackson);
    assertThat(jar(YAMLFactory.class)).endsWith("jackson-dataformat-yaml-" + jackson);
    assertThat(jar(LoaderOptions.class))
        .endsWith("snakeyaml-" + System.getProperty("snakeyaml.under.test") + ".jar");
  }

  private static String jar(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation().getPath();
  }
}
