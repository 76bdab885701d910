package io.bellwether.store;

import io.bellwether.Ratio;
import io.bellwether.metrics.Metric;
import io.bellwether.release.Version;
import io.bellwether.routing.TrafficSplit;
import io.bellwether.testing.Gen;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Draws values of any record by its components, so that a component nobody has thought of yet is
 * drawn as well.
 */
final class RandomValues {
  private static final int ATTEMPTS = 10_000;

  private final Gen gen;

  RandomValues(Gen gen) {
    this.gen = gen;
  }

  /** A value of this type; a record's own checks decide what is drawn again. */
  <T> T any(Class<T> type) {
    return type.cast(value(type));
  }

  private Object value(Type type) {
    if (type instanceof ParameterizedType generic) {
      return generic(generic);
    }
    var plain = (Class<?>) type;
    if (plain.isEnum()) {
      return gen.pick(List.of(plain.getEnumConstants()));
    }
    if (plain.isSealed()) {
      return value(gen.pick(plain.getPermittedSubclasses()));
    }
    return special(plain).or(() -> scalar(plain)).orElseGet(() -> record(plain));
  }

  private Object generic(ParameterizedType type) {
    var raw = (Class<?>) type.getRawType();
    var first = type.getActualTypeArguments()[0];
    if (raw == Optional.class) {
      return gen.nextBoolean() ? Optional.of(value(first)) : Optional.empty();
    } else if (raw == List.class) {
      return gen.list(0, 3, () -> value(first));
    } else if (raw == Set.class) {
      return new HashSet<>(gen.list(0, 3, () -> value(first)));
    } else if (raw == Map.class) {
      Map<Object, Object> map = new HashMap<>();
      gen.list(0, 3, () -> map.put(value(first), value(type.getActualTypeArguments()[1])));
      return map;
    }
    throw new AssertionError("no random values of " + type + " yet: say here how to draw them");
  }

  /** Values whose own checks random components would hardly ever pass. */
  private Optional<Object> special(Class<?> type) {
    if (type == Version.class) {
      return Optional.of(new Version(gen.word() + gen.pick("", " 7", "-\ud83d\ude00", "/\u00e9")));
    } else if (type == Ratio.class) {
      return Optional.of(Ratio.of(gen.pick(0.0, 1.0, gen.nextDouble())));
    } else if (type == Metric.class) {
      return Optional.of(new Metric(gen.word(), gen.pick(Metric.Unit.values())));
    } else if (type == TrafficSplit.class && gen.chance(0.2)) {
      return Optional.of(TrafficSplit.stable(gen.word(), any(Version.class)));
    }
    return Optional.empty();
  }

  private Optional<Object> scalar(Class<?> type) {
    if (type == String.class) {
      return Optional.of(gen.string(30) + (gen.chance(0.05) ? "\ud800 half a pair" : ""));
    } else if (type == int.class || type == Integer.class) {
      return Optional.of(gen.between(Integer.MIN_VALUE, Integer.MAX_VALUE));
    } else if (type == long.class) {
      return Optional.of(gen.between(Long.MIN_VALUE, Long.MAX_VALUE));
    } else if (type == boolean.class || type == Boolean.class) {
      return Optional.of(gen.nextBoolean());
    } else if (type == double.class || type == Double.class) {
      return Optional.of(number());
    } else if (type == OptionalLong.class) {
      return Optional.of(
          gen.nextBoolean() ? OptionalLong.of(gen.nextLong()) : OptionalLong.empty());
    } else if (type == OptionalDouble.class) {
      return Optional.of(gen.nextBoolean() ? OptionalDouble.of(number()) : OptionalDouble.empty());
    } else if (type == Instant.class) {
      return Optional.of(gen.pick(Instant.MIN, Instant.MAX, Instant.EPOCH, instant(), instant()));
    } else if (type == Duration.class) {
      return Optional.of(gen.pick(Duration.ZERO, longest(), longest().negated(), duration()));
    }
    return Optional.empty();
  }

  private double number() {
    return gen.pick(
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        -0.0,
        Double.MIN_VALUE,
        Double.MAX_VALUE,
        gen.between(0.0, 100.0),
        gen.nextDouble());
  }

  private Instant instant() {
    return Instant.ofEpochSecond(gen.between(0L, 5_000_000_000L), gen.between(0, 999_999_999));
  }

  private Duration duration() {
    return gen.between(Duration.ofDays(-1), Duration.ofDays(1));
  }

  private static Duration longest() {
    return Duration.ofSeconds(Long.MAX_VALUE, 999_999_999);
  }

  private Object record(Class<?> type) {
    var components = type.getRecordComponents();
    if (components == null) {
      throw new AssertionError("no random values of " + type + " yet: say here how to draw them");
    }
    for (var attempt = 0; attempt < ATTEMPTS; attempt++) {
      var made = made(type, components);
      if (made.isPresent()) {
        return made.get();
      }
    }
    throw new AssertionError(type + " refuses whatever is drawn: say here how to draw it");
  }

  private Optional<Object> made(Class<?> type, RecordComponent[] components) {
    var types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    var values =
        Arrays.stream(components).map(component -> value(component.getGenericType())).toArray();
    try {
      var constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return Optional.of(constructor.newInstance(values));
    } catch (InvocationTargetException refused) {
      return Optional.empty();
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(type + " cannot be made", e);
    }
  }
}
