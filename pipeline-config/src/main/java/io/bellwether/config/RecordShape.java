package io.bellwether.config;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What has to be known of a record to fill it; looked up once per class.
 *
 * @param parts the components, in order
 * @param places a component's place by each spelling of its key
 * @param constructor takes the components as one array
 */
record RecordShape(List<Part> parts, Map<String, Integer> places, MethodHandle constructor) {
  /**
   * A component.
   *
   * @param key its key as the documentation spells it: with underscores
   * @param defaults null without {@link Default}
   * @param unit of a bare number, null if it needs one
   */
  record Part(String key, Type type, String @Nullable [] defaults, @Nullable ChronoUnit unit) {
    static Part of(RecordComponent component) {
      var fallback = component.getAnnotation(Default.class);
      var unit = component.getAnnotation(DurationUnit.class);
      return new Part(
          words(component.getName(), '_'),
          component.getGenericType(),
          fallback == null ? null : fallback.value(),
          unit == null ? null : unit.value());
    }
  }

  private static final ClassValue<RecordShape> SHAPES =
      new ClassValue<>() {
        @Override
        protected RecordShape computeValue(Class<?> type) {
          return look(type);
        }
      };

  static RecordShape of(Class<?> type) {
    return SHAPES.get(type);
  }

  List<String> keys() {
    return parts.stream().map(Part::key).toList();
  }

  private static RecordShape look(Class<?> type) {
    var components = type.getRecordComponents();
    var places = new HashMap<String, Integer>();
    for (var i = 0; i < components.length; i++) {
      var name = components[i].getName();
      places.put(name, i);
      places.put(words(name, '_'), i);
      places.put(words(name, '-'), i);
    }
    return new RecordShape(
        Arrays.stream(components).map(Part::of).toList(), places, constructor(type, components));
  }

  private static MethodHandle constructor(Class<?> type, RecordComponent[] components) {
    var types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      var constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return MethodHandles.lookup()
          .unreflectConstructor(constructor)
          .asSpreader(Object[].class, types.length)
          .asType(MethodType.methodType(Object.class, Object[].class));
    } catch (NoSuchMethodException | IllegalAccessException | InaccessibleObjectException e) {
      throw new IllegalArgumentException(
          type.getName()
              + " cannot be made by the configuration: open its package to the module"
              + " io.bellwether.config",
          e);
    }
  }

  /** {@code maxTokens} becomes {@code max_tokens} or {@code max-tokens}, {@code apiURL} api_url. */
  static String words(String name, char separator) {
    var text = new StringBuilder();
    for (var i = 0; i < name.length(); i++) {
      var c = name.charAt(i);
      if (i > 0 && Character.isUpperCase(c) && startsWord(name, i)) {
        text.append(separator);
      }
      text.append(c == '_' ? separator : c);
    }
    return text.toString().toLowerCase(Locale.ROOT);
  }

  private static boolean startsWord(String name, int at) {
    return !Character.isUpperCase(name.charAt(at - 1))
        || at + 1 < name.length() && Character.isLowerCase(name.charAt(at + 1));
  }
}
