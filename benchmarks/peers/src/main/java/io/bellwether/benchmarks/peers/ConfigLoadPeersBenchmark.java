package io.bellwether.benchmarks.peers;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import io.bellwether.benchmarks.ConfigLoadBenchmark;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.source.yaml.YamlConfigSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.github.gestalt.config.builder.GestaltBuilder;
import org.github.gestalt.config.exceptions.GestaltException;
import org.github.gestalt.config.reflect.TypeCapture;
import org.github.gestalt.config.source.MapConfigSourceBuilder;
import org.github.gestalt.config.source.StringConfigSourceBuilder;
import org.openjdk.jmh.annotations.Benchmark;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ByteArrayResource;

/**
 * Loading, merging, filling and binding beside other libraries. Run it with at most 100 KB: at 1 MB
 * some of them take more than a minute for one load.
 */
public class ConfigLoadPeersBenchmark extends ConfigLoadBenchmark {
  /** SmallRye binds interfaces. */
  @ConfigMapping(prefix = "", namingStrategy = ConfigMapping.NamingStrategy.VERBATIM)
  public interface Mapped {
    /** All services by name. */
    Map<String, MappedService> services();
  }

  /** A service. */
  public interface MappedService {
    /** Its host. */
    String host();

    /** Its address. */
    String url();

    /** Its password. */
    String password();

    /** Its port. */
    int port();

    /** Its deadline. */
    int timeoutMs();

    /** Whether it is on. */
    boolean enabled();

    /** Its share. */
    double weight();

    /** Its tags. */
    List<String> tags();

    /** Its limits. */
    Map<String, String> limits();
  }

  /** SmallRye Config. */
  @Benchmark
  public Mapped smallrye(Documents documents) {
    return new SmallRyeConfigBuilder()
        .addDefaultInterceptors()
        .withSources(
            new YamlConfigSource("base", documents.base, 100),
            new YamlConfigSource("production", documents.production, 200),
            new PropertiesConfigSource(VARIABLES, "variables", 300))
        .withMapping(Mapped.class)
        .withValidateUnknown(false)
        .build()
        .getConfigMapping(Mapped.class);
  }

  /** Spring Boot's loader and binder. */
  @Benchmark
  public Map<String, Service> springBoot(Documents documents) throws IOException {
    var environment = new StandardEnvironment();
    var sources = environment.getPropertySources();
    sources.addFirst(new MapPropertySource("variables", new HashMap<>(VARIABLES)));
    for (var text : List.of(documents.production, documents.base)) {
      var resource = new ByteArrayResource(text.getBytes(StandardCharsets.UTF_8));
      new YamlPropertySourceLoader().load("f" + text.length(), resource).forEach(sources::addLast);
    }
    return Binder.get(environment)
        .bind("services", Bindable.mapOf(String.class, Service.class))
        .get();
  }

  /** Gestalt. */
  @Benchmark
  public Map<String, Service> gestalt(Documents documents) throws GestaltException {
    var builder = new GestaltBuilder();
    for (var text : List.of(documents.base, documents.production)) {
      builder.addSource(
          StringConfigSourceBuilder.builder().setConfig(text).setFormat("yaml").build());
    }
    builder.addSource(MapConfigSourceBuilder.builder().setCustomConfig(VARIABLES).build());
    var gestalt = builder.build();
    gestalt.loadConfigs();
    return gestalt.getConfig("services", new TypeCapture<Map<String, Service>>() {});
  }

  /** Lightbend's config on the same tree as JSON, which is quick to parse, filled by itself. */
  @Benchmark
  public Map<String, Service> lightbend(Documents documents) {
    var config =
        ConfigFactory.parseString(Hocon.of(documents.production))
            .withFallback(ConfigFactory.parseString(Hocon.of(documents.base)))
            .withFallback(ConfigFactory.parseMap(VARIABLES))
            .resolve()
            .getConfig("services");
    var services = new HashMap<String, Service>();
    config
        .root()
        .forEach(
            (name, value) -> {
              var one = ((ConfigObject) value).toConfig();
              var limits = new HashMap<String, String>();
              one.getObject("limits").forEach((k, v) -> limits.put(k, "" + v.unwrapped()));
              services.put(
                  name,
                  new Service(
                      one.getString("host"),
                      one.getString("url"),
                      one.getString("password"),
                      one.getInt("port"),
                      one.getInt("timeoutMs"),
                      one.getBoolean("enabled"),
                      one.getDouble("weight"),
                      one.getStringList("tags"),
                      limits));
            });
    return services;
  }
}
