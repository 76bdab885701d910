package io.bellwether.config;

import java.lang.reflect.Array;

/** What a primitive is when nobody says. */
final class Zero {
  private Zero() {}

  static Object of(Class<?> primitive) {
    return Array.get(Array.newInstance(primitive, 1), 0);
  }
}
