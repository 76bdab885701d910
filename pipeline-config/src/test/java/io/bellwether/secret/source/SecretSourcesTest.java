package io.bellwether.secret.source;

import static io.bellwether.secret.source.SecretSources.audited;
import static io.bellwether.secret.source.SecretSources.environmentVariables;
import static io.bellwether.secret.source.SecretSources.files;
import static io.bellwether.secret.source.SecretSources.firstOf;
import static io.bellwether.secret.source.SecretSources.forEnvironment;
import static io.bellwether.secret.source.SecretSources.inMemory;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.secret.FoundSecret;
import io.bellwether.secret.Secret;
import io.bellwether.secret.SecretScope;
import io.bellwether.testing.MutableClock;
import io.bellwether.testing.SecretSourceTck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretSourcesTest {
  private static final Map<String, String> KNOWN = Map.of("AI_API_KEY", "canary-1234");

  private static Secret text(FoundSecret found) {
    return found.secret();
  }

  @Test
  void secrets_in_memory_keep_the_rules() {
    SecretSourceTck.verify(inMemory(Map.of("AI_API_KEY", Secret.of("canary-1234"))), KNOWN);
  }

  @Test
  void environment_variables_keep_the_rules() {
    var path = System.getenv("PATH");
    assertThat(path).isNotBlank();
    SecretSourceTck.verify(environmentVariables(), Map.of("PATH", path));
    assertThat(environmentVariables().find("PATH"))
        .get()
        .hasToString("PATH of repository, from environment variables");
  }

  @Test
  void files_keep_the_rules(@TempDir Path directory) throws IOException {
    Files.writeString(directory.resolve("AI_API_KEY"), "canary-1234\n");
    SecretSourceTck.verify(files(directory), KNOWN);
    SecretSourceTck.verify(files(directory).scope("production"), KNOWN);
    SecretSourceTck.verify(firstOf(name -> java.util.Optional.empty(), files(directory)), KNOWN);
    SecretSourceTck.verify(forEnvironment("production", files(directory)), KNOWN);
    SecretSourceTck.verify(
        audited(files(directory), "tck", MutableClock.create(), access -> {}), KNOWN);
  }

  @Test
  void a_file_loses_one_line_end_and_nothing_else(@TempDir Path directory) throws IOException {
    Files.writeString(directory.resolve("A_B"), "  x\n\n");
    Files.writeString(directory.resolve("C_D"), "y\r\n");
    Files.writeString(directory.resolve("E_F"), "\n");
    Files.createDirectory(directory.resolve("DIR"));
    var files = files(directory);
    assertThat(text(files.find("A_B").orElseThrow()).matches("  x\n")).isTrue();
    assertThat(text(files.find("C_D").orElseThrow()).matches("y")).isTrue();
    assertThat(files.find("E_F")).isEmpty();
    assertThat(files.find("DIR")).isEmpty();
  }

  @Test
  void a_swapped_mount_is_seen_at_once(@TempDir Path directory) throws IOException {
    for (var edition : java.util.List.of("one", "two")) {
      Files.createDirectory(directory.resolve("..".concat(edition)));
      Files.writeString(
          directory.resolve("..".concat(edition)).resolve("A_B"), "canary-" + edition);
    }
    var data = directory.resolve("..data");
    Files.createSymbolicLink(data, Path.of("..one"));
    Files.createSymbolicLink(directory.resolve("A_B"), Path.of("..data/A_B"));
    assertThat(text(files(directory).find("A_B").orElseThrow()).matches("canary-one")).isTrue();
    Files.delete(data);
    assertThat(files(directory).find("A_B")).isEmpty();
    Files.createSymbolicLink(data, Path.of("..two"));
    assertThat(text(files(directory).find("A_B").orElseThrow()).matches("canary-two")).isTrue();
  }

  @Test
  void a_file_that_is_too_large_is_refused_without_its_text(@TempDir Path directory)
      throws IOException {
    Files.writeString(directory.resolve("A_B"), "canary".repeat(200_000));
    assertThatThrownBy(() -> files(directory).find("A_B"))
        .hasMessageContaining("larger than 1 MiB")
        .hasMessageNotContaining("canary");
  }

  @Test
  void an_environments_own_wins_over_the_repositorys() {
    var shared = inMemory(Map.of("A_B", Secret.of("shared"), "C_D", Secret.of("shared")));
    var own = inMemory(Map.of("A_B", Secret.of("own"))).scope("production");
    var staging = inMemory(Map.of("E_F", Secret.of("staging"))).scope("staging");
    var source = forEnvironment("production", shared, staging, own);
    assertThat(source.find("A_B"))
        .get()
        .extracting(FoundSecret::scope)
        .isEqualTo(SecretScope.environment("production"));
    assertThat(source.find("C_D"))
        .get()
        .extracting(FoundSecret::scope)
        .isEqualTo(SecretScope.repository());
    assertThat(source.find("E_F")).isEmpty();
    assertThat(text(firstOf(shared, own).find("A_B").orElseThrow()).matches("shared")).isTrue();
  }

  @Test
  void every_access_is_told_without_the_secret() {
    var told = new ArrayList<SecretAccess>();
    var clock = MutableClock.create();
    var secret = Secret.of("canary-1234");
    var source =
        audited(inMemory(Map.of("A_B", secret)).scope("production"), "loader", clock, told::add);
    assertThat(source.find("A_B")).isPresent();
    assertThat(source.find("C_D")).isEmpty();
    assertThat(told.get(0))
        .isEqualTo(
            new SecretAccess(
                "loader",
                "A_B",
                clock.instant(),
                true,
                secret.reference(),
                java.util.Optional.of(SecretScope.environment("production")),
                "memory",
                ""));
    assertThat(told.get(1).found()).isFalse();
    assertThat(told.toString()).doesNotContain("canary");
  }

  @Test
  void a_secret_that_cannot_be_audited_is_not_handed_out() {
    var source =
        audited(
            inMemory(Map.of("A_B", Secret.of("x"))),
            "loader",
            MutableClock.create(),
            access -> {
              throw new IllegalStateException("no audit");
            });
    assertThatIllegalStateException().isThrownBy(() -> source.find("A_B")).withMessage("no audit");
  }
}
