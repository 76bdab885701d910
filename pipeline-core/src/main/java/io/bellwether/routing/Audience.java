package io.bellwether.routing;

import io.bellwether.internal.Texts;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Users who get the candidate whatever its weight. Data, not code, so that it can be journaled and
 * sent to a proxy; equal audiences are equal values.
 */
public sealed interface Audience {
  /**
   * Exactly these user keys.
   *
   * @param keys compared exactly; not empty
   */
  record Users(Set<String> keys) implements Audience {
    /** Copies the keys and refuses an empty set. */
    public Users {
      if (keys.isEmpty()) {
        throw new IllegalArgumentException("audience of users: expected at least one user key");
      }
      if (keys.stream().anyMatch(Objects::isNull)) {
        throw new IllegalArgumentException("audience of users: a user key is null");
      }
      keys = Set.copyOf(keys);
    }

    @Override
    public String toString() {
      return "users " + Texts.cut(new TreeSet<>(keys).toString());
    }
  }

  /**
   * The members of a cohort. The router knows who belongs to it: in process a predicate registered
   * under this name, at a proxy a map.
   *
   * @param name not blank
   */
  record Cohort(String name) implements Audience {
    /** Refuses a blank name. */
    public Cohort {
      if (name == null || name.isBlank()) {
        throw new IllegalArgumentException("audience of a cohort: the name is blank");
      }
    }

    @Override
    public String toString() {
      return "cohort " + name;
    }
  }

  /**
   * Requests with this header value.
   *
   * @param name compared without regard to case, kept in lower case
   * @param value compared exactly
   */
  record Header(String name, String value) implements Audience {
    /** Refuses a blank name and lowers it. */
    public Header {
      if (name == null || name.isBlank()) {
        throw new IllegalArgumentException("audience by header: the header name is blank");
      }
      if (value == null) {
        throw new IllegalArgumentException("audience by header " + name + ": the value is null");
      }
      name = name.toLowerCase(java.util.Locale.ROOT);
    }

    @Override
    public String toString() {
      return "header " + name + "=" + Texts.cut(value);
    }
  }

  /** Exactly these user keys; one that stands there twice counts once. */
  static Audience users(String... keys) {
    return new Users(keys == null ? Set.of() : new HashSet<>(Arrays.asList(keys)));
  }

  /** The members of a cohort the router knows by this name. */
  static Audience cohort(String name) {
    return new Cohort(name);
  }

  /** Requests with this header value. */
  static Audience header(String name, String value) {
    return new Header(name, value);
  }
}
