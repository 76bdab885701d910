package io.bellwether.config;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.BellwetherException;
import io.bellwether.secret.FoundSecret;
import io.bellwether.secret.Secret;
import io.bellwether.secret.SecretScope;
import io.bellwether.secret.SecretSource;
import io.bellwether.testing.VirtualTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigWatchTest {
  private final VirtualTime time = VirtualTime.create();
  private final List<String> told = new ArrayList<>();
  @TempDir private Path directory;

  private void write(String yaml) throws IOException {
    Files.writeString(directory.resolve("base.yml"), yaml);
  }

  private ConfigWatch watch(ConfigLoader loader) {
    return ConfigWatch.start(loader, time, ofSeconds(30))
        .onChange(change -> told.add(change.toString()))
        .onFailure((BellwetherException failure) -> told.add("failed"));
  }

  @Test
  void a_change_is_told_with_its_differences() throws IOException {
    write("a: 1\nb: {c: [x, y]}\ngone: 1");
    try (var watch = watch(ConfigLoader.from(directory))) {
      time.advance(ofSeconds(90));
      assertThat(told).as("nothing has changed").isEmpty();
      write("a: 2\nb: {c: [x, z]}\nnew: {}");
      time.advance(ofSeconds(30));
      assertThat(told)
          .containsExactly("a: 1 → 2, b.c[1]: \"y\" → \"z\", gone: 1 → nothing, new: nothing → {}");
      assertThat(watch.current().bind("a", Integer.class)).isEqualTo(2);
    }
    write("a: 3");
    time.advance(ofSeconds(300));
    assertThat(told).as("closed").hasSize(1);
  }

  @Test
  void a_broken_load_keeps_the_last_good_configuration_and_is_told_once() throws IOException {
    write("a: 1");
    try (var watch = watch(ConfigLoader.from(directory))) {
      write("a: [1");
      time.advance(ofSeconds(90));
      assertThat(told).containsExactly("failed");
      assertThat(watch.current().bind("a", Integer.class)).isEqualTo(1);
      assertThat(watch.failure().orElseThrow()).hasMessageContaining("base.yml:");
      write("a: 5");
      assertThat(watch.reload()).isTrue();
      assertThat(watch.failure()).isEmpty();
      assertThat(told).containsExactly("failed", "a: 1 → 5");
    }
  }

  @Test
  void a_rotated_secret_is_a_change_that_shows_neither_edition() throws IOException {
    write("api_key: ${AI_API_KEY}");
    var key = new AtomicReference<>("canary-old");
    var loader = ConfigLoader.from(directory).variables(name -> Optional.of(key.get()));
    try (var watch = watch(loader)) {
      key.set("canary-new");
      time.advance(ofSeconds(30));
      assertThat(told).containsExactly("api_key: \"***\" → \"***\"");
      assertThat(watch.current().bind("api_key", String.class)).isEqualTo("canary-new");
    }
  }

  @Test
  void a_source_that_fails_is_told_without_its_words() throws IOException {
    write("api_key: ${AI_API_KEY}");
    var fails = new AtomicReference<>(false);
    var loader =
        ConfigLoader.from(directory)
            .variables(
                name -> {
                  if (fails.get()) {
                    throw new IllegalStateException("canary");
                  }
                  return Optional.of("canary-1234");
                });
    try (var watch = watch(loader)) {
      fails.set(true);
      assertThat(watch.reload()).isFalse();
      assertThat(watch.failure().orElseThrow())
          .hasNoCause()
          .hasMessage(
              "the configuration cannot be loaded: a source failed with"
                  + " java.lang.IllegalStateException");
      assertThat(watch.current().has("api_key")).isTrue();
    }
  }

  @Test
  void the_swap_of_a_mount_is_seen() throws IOException {
    for (var edition : List.of("1", "2")) {
      Files.createDirectory(directory.resolve("..v" + edition));
      Files.writeString(directory.resolve("..v" + edition + "/base.yml"), "a: " + edition);
    }
    Files.createSymbolicLink(directory.resolve("..data"), Path.of("..v1"));
    Files.createSymbolicLink(directory.resolve("base.yml"), Path.of("..data/base.yml"));
    try (var watch = watch(ConfigLoader.from(directory))) {
      var fresh = directory.resolve("..tmp");
      Files.createSymbolicLink(fresh, Path.of("..v2"));
      Files.move(
          fresh,
          directory.resolve("..data"),
          java.nio.file.StandardCopyOption.ATOMIC_MOVE,
          java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      time.advance(ofSeconds(30));
      assertThat(told).containsExactly("a: 1 → 2");
      assertThat(watch.current().has("a")).isTrue();
    }
  }

  @Test
  void a_load_that_a_swap_broke_is_repeated_before_anybody_is_told() throws IOException {
    for (var edition : List.of("1", "2")) {
      Files.createDirectory(directory.resolve("..v" + edition));
      Files.writeString(
          directory.resolve("..v" + edition + "/base.yml"), "a: ${CHAT_API_KEY}" + edition);
    }
    Files.createSymbolicLink(directory.resolve("..data"), Path.of("..v1"));
    Files.createSymbolicLink(directory.resolve("base.yml"), Path.of("..data/base.yml"));
    var swaps = new ArrayList<Runnable>();
    SecretSource swapping =
        name -> {
          swaps.forEach(Runnable::run); // the kubelet comes in the middle of a load
          return swaps.isEmpty() ? found("a-long-secret") : throwOnce(swaps);
        };
    try (var watch = watch(ConfigLoader.from(directory).secrets(swapping))) {
      swaps.add(() -> swap("..v2"));
      time.advance(ofSeconds(30));
      assertThat(told).hasSize(1).doesNotContain("failed");
      assertThat(watch.failure()).isEmpty();
    }
  }

  private static Optional<FoundSecret> throwOnce(List<Runnable> swaps) {
    swaps.clear();
    throw new IllegalStateException("the old folder is gone");
  }

  private static Optional<FoundSecret> found(String text) {
    return Optional.of(
        new FoundSecret(
            "CHAT_API_KEY",
            Secret.of(text),
            SecretScope.repository(),
            "a test",
            "",
            Optional.empty()));
  }

  private void swap(String edition) {
    try {
      var fresh = directory.resolve("..tmp");
      Files.createSymbolicLink(fresh, Path.of(edition));
      Files.move(
          fresh,
          directory.resolve("..data"),
          java.nio.file.StandardCopyOption.ATOMIC_MOVE,
          java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void a_source_that_fails_is_a_problem_among_others_without_its_words() throws IOException {
    write("a: ${A}\nb: ${B}");
    SecretSource vault =
        name -> {
          throw new IllegalStateException("vault said hunter2hunter2");
        };
    assertThatThrownBy(
            () ->
                ConfigLoader.from(directory).secrets(vault).variables(n -> Optional.empty()).load())
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll(
            "asked for A: it failed with java.lang.IllegalStateException", "asked for B", "${A}")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void a_listener_that_throws_does_not_keep_others_from_being_told() throws IOException {
    write("a: 1");
    try (var watch =
        ConfigWatch.start(ConfigLoader.from(directory), time, ofSeconds(30))
            .onChange(
                change -> {
                  throw new IllegalStateException("broken");
                })
            .onChange(change -> told.add("told"))) {
      write("a: 2");
      assertThat(watch.reload()).isTrue();
      assertThat(told).containsExactly("told");
    }
  }

  @Test
  void it_starts_with_a_configuration_or_not_at_all() throws IOException {
    write("a: ${MISSING}");
    var loader = ConfigLoader.from(directory).variables(Map.of());
    assertThatThrownBy(() -> ConfigWatch.start(loader, time, ofSeconds(30)))
        .isInstanceOf(ConfigException.class);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ConfigWatch.start(loader, time, ofSeconds(0)));
  }
}
