package io.bellwether.secret.source;

import io.bellwether.secret.FoundSecret;
import io.bellwether.secret.Secret;
import io.bellwether.secret.SecretScope;
import io.bellwether.secret.SecretSource;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Ready sources of secrets. All are thread-safe and of repository scope until told otherwise. */
public final class SecretSources {
  private SecretSources() {}

  /** Variables of this process's environment; one that is empty counts as not there. */
  public static SecretSource environmentVariables() {
    return named(
        "environment variables",
        name ->
            name.isEmpty() || name.indexOf('\0') >= 0
                ? Optional.empty()
                : Optional.ofNullable(System.getenv(name))
                    .filter(text -> !text.isEmpty())
                    .map(Secret::of));
  }

  /**
   * Files of a directory, each named after its secret: {@code /run/secrets}, a mounted Kubernetes
   * secret. One line end at the end of a file is not part of the secret. Read on every access, so a
   * mount that is swapped is seen at once.
   */
  public static SecretSource files(Path directory) {
    return new SecretFiles(directory);
  }

  /** Secrets at hand, for tests and for hosts that fetch them by themselves. */
  public static SecretSource inMemory(Map<String, Secret> secrets) {
    var copy = new HashMap<>(secrets);
    return named("memory", name -> Optional.ofNullable(copy.get(name)));
  }

  private static SecretSource named(String source, Function<String, Optional<Secret>> find) {
    return name ->
        find.apply(name)
            .map(secret -> FoundSecret.of(name, secret, SecretScope.repository(), source));
  }

  /** The first of these sources that has it. */
  public static SecretSource firstOf(SecretSource... sources) {
    var all = List.of(sources);
    return name ->
        all.stream().map(source -> source.find(name)).flatMap(Optional::stream).findFirst();
  }

  /**
   * What any of these sources has for this environment; what was made for it alone wins over what
   * is the repository's, and another environment's is not seen.
   */
  public static SecretSource forEnvironment(String environment, SecretSource... sources) {
    var all = List.of(sources);
    return name -> {
      @Nullable FoundSecret shared = null;
      for (var source : all) {
        var found = source.find(name).orElse(null);
        if (found != null && found.scope().isOf(environment)) {
          return Optional.of(found);
        }
        if (found != null && found.scope().covers(environment) && shared == null) {
          shared = found;
        }
      }
      return Optional.ofNullable(shared);
    };
  }

  /**
   * The same secrets, telling of every access: who asked, for what, where it was found; never the
   * secret.
   *
   * @param caller who asks, in words for an audit
   * @param clock for the time of each access
   * @param audit is called before the secret is handed out; what it throws keeps the secret back
   */
  public static SecretSource audited(
      SecretSource source, String caller, InstantSource clock, Consumer<SecretAccess> audit) {
    return name -> {
      var found = source.find(name);
      audit.accept(SecretAccess.of(caller, name, found, clock.instant()));
      return found;
    };
  }
}
