package io.bellwether.config;

import io.bellwether.BellwetherException;
import io.bellwether.config.ConfigProblem.Kind;
import io.bellwether.secret.FoundSecret;
import io.bellwether.secret.SecretMasker;
import io.bellwether.secret.SecretSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads a configuration: the base file, the environment's file over it, further layers over both.
 *
 * <p>Immutable and thread-safe: each method returns a loader that differs in one thing, and {@link
 * #load} reads everything anew.
 */
public final class ConfigLoader {
  /** The environment when none is given. */
  public static final String DEFAULT_ENVIRONMENT = "development";

  private final @Nullable EnvironmentFiles files;
  private String environment = "";
  private List<ConfigLayer> layers;
  private ListRules lists = ListRules.all(ListMerge.APPEND);
  private Function<String, Optional<String>> variables =
      name -> Optional.ofNullable(System.getenv(name));
  private List<SecretSource> secrets = List.of();
  private Set<String> production = Set.of("production");
  private Limits limits = Limits.DEFAULTS;
  private @Nullable SecretMasker masker;

  private ConfigLoader(@Nullable EnvironmentFiles files, List<ConfigLayer> layers) {
    this.files = files;
    this.layers = layers;
  }

  /** A loader of {@code base.yml} and {@code <environment>.yml} in this directory. */
  public static ConfigLoader from(Path directory) {
    return new ConfigLoader(new EnvironmentFiles(directory), List.of());
  }

  /** A loader of these layers alone, each over the one before. */
  public static ConfigLoader of(ConfigLayer... layers) {
    return new ConfigLoader(null, List.of(layers));
  }

  private ConfigLoader with(Consumer<ConfigLoader> change) {
    var copy = new ConfigLoader(files, layers);
    copy.environment = environment;
    copy.lists = lists;
    copy.variables = variables;
    copy.secrets = secrets;
    copy.production = production;
    copy.limits = limits;
    copy.masker = masker;
    change.accept(copy);
    return copy;
  }

  /**
   * The environment; {@value #DEFAULT_ENVIRONMENT} if it is blank or never given. One that is given
   * needs its file.
   */
  public ConfigLoader environment(String name) {
    return with(copy -> copy.environment = name.strip());
  }

  /** Lays one more layer over those so far. */
  public ConfigLoader overlay(ConfigLayer layer) {
    var more = new ArrayList<>(layers);
    more.add(layer);
    return with(copy -> copy.layers = List.copyOf(more));
  }

  /** Lays {@code local.yml} of the directory over those so far, if there is one. */
  public ConfigLoader local() {
    return files == null ? this : overlay(files.local());
  }

  /** What becomes of lists; {@link ListMerge#APPEND} unless said otherwise. */
  public ConfigLoader lists(ListMerge merge) {
    return with(copy -> copy.lists = lists.otherwise(merge));
  }

  /**
   * What becomes of the list at this path; {@code *} stands for any one key, as in {@code
   * alerts.*.receivers}.
   *
   * @throws IllegalArgumentException if that is no path
   */
  public ConfigLoader lists(String path, ListMerge merge) {
    return with(copy -> copy.lists = lists.at(path, merge));
  }

  /** Where placeholders find values no secret source has; environment variables unless said. */
  public ConfigLoader variables(Function<String, Optional<String>> variables) {
    return with(copy -> copy.variables = variables);
  }

  /** Placeholders find their values here and not in environment variables. */
  public ConfigLoader variables(Map<String, String> variables) {
    var copied = Map.copyOf(variables);
    return variables(name -> Optional.ofNullable(copied.get(name)));
  }

  /**
   * Where placeholders look first; of several sources the first that has it. Production takes only
   * what is of its own scope.
   */
  public ConfigLoader secrets(SecretSource... sources) {
    return with(copy -> copy.secrets = List.of(sources));
  }

  /** Which environments count as production; the one of that name unless said otherwise. */
  public ConfigLoader production(String... environments) {
    return with(copy -> copy.production = Set.of(environments));
  }

  /**
   * Masks, from each load on, every secret that a source gave or that stands under its name, and
   * from each {@link Config#bind} on whatever was bound to a {@link io.bellwether.secret.Secret}.
   */
  public ConfigLoader masker(SecretMasker masker) {
    return with(copy -> copy.masker = masker);
  }

  /** The largest document; 4 MiB unless said otherwise. */
  public ConfigLoader maxSize(DataSize size) {
    return with(copy -> copy.limits = limits.bytes(size));
  }

  /** The name of the environment that is loaded. */
  public String environment() {
    return environment.isEmpty() ? DEFAULT_ENVIRONMENT : environment;
  }

  /**
   * Reads, merges and fills everything.
   *
   * @throws ConfigException with every problem at once
   */
  public Config load() {
    var subject = "configuration for '" + environment() + "'";
    var problems = new ProblemList();
    var all = allLayers(problems);
    problems.throwIfAny(subject);
    var merge = new Merge(lists);
    MapNode merged = null;
    for (var layer : all) {
      var tree = layer.read(limits, problems);
      merged = merged == null || tree == null ? tree : merge.over(merged, tree);
    }
    problems.throwIfAny(subject);
    var root = merged == null ? MapNode.empty(Origin.of("no layer")) : merged;
    var rules = new SecretRules(environment(), production);
    var filler =
        new Filler(
            Placeholders.Lookup.of(name -> secret(name, problems), variables), rules, problems);
    filler.fill(root);
    if (masker != null) {
      masker.addAll(filler.secrets()); // also when the load fails: others may log them
    }
    problems.throwIfAny(subject);
    var names = all.stream().map(ConfigLayer::toString).toList();
    return new Config(environment(), names, root, rules, filler.warnings(), masker);
  }

  /** Changes while a mounted directory is swapped. */
  String stamp() {
    return files == null ? "" : files.stamp();
  }

  private List<ConfigLayer> allLayers(ProblemList problems) {
    if (files == null) {
      return layers;
    }
    var all = new ArrayList<ConfigLayer>();
    all.add(files.base());
    var own = files.of(environment());
    if (own.isPresent()) {
      all.add(own.get());
    } else if (!environment.isEmpty()) {
      problems.add(
          Kind.UNKNOWN_ENVIRONMENT,
          "",
          Origin.of(files.toString()),
          "unknown environment '" + environment + "'" + Nearest.hint(environment, files.known()));
    }
    all.addAll(layers);
    return all;
  }

  /** A source that fails is one problem among the others, without its words: they may be a key. */
  private Optional<FoundSecret> secret(String name, ProblemList problems) {
    for (var source : secrets) {
      try {
        var found = source.find(name);
        if (found.isPresent()) {
          return found;
        }
      } catch (RuntimeException failed) {
        var why =
            failed instanceof BellwetherException
                ? String.valueOf(failed.getMessage())
                : "it failed with " + failed.getClass().getName();
        problems.add(
            Kind.UNREADABLE, "", Origin.of(source.toString()), "asked for " + name + ": " + why);
      }
    }
    return Optional.empty();
  }
}
