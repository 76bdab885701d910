package io.bellwether.config;

import java.util.List;

/**
 * One thing that is wrong with a configuration. Holds no value that may be a secret.
 *
 * @param kind what sort of problem
 * @param path the key's path, such as {@code ai.api_key}; empty if it is about a whole document
 * @param at where it was written
 * @param message what is wrong, what is allowed, what to do
 * @param names the variables that have no value, for {@link Kind#UNRESOLVED_VARIABLE}
 */
public record ConfigProblem(Kind kind, String path, Origin at, String message, List<String> names) {
  /** Sorts of problems. */
  public enum Kind {
    /** A placeholder without a value and without a default. */
    UNRESOLVED_VARIABLE,
    /** A placeholder that is not closed or not well-formed. */
    BAD_EXPRESSION,
    /** Not well-formed YAML, an alias without anchor, a character YAML does not allow. */
    YAML_SYNTAX,
    /** Bytes that are not UTF-8. */
    BAD_ENCODING,
    /** The same key twice in one mapping. */
    DUPLICATE_KEY,
    /** More than one document in a file. */
    MULTIPLE_DOCUMENTS,
    /** A document that is a list or a single value. */
    ROOT_NOT_MAPPING,
    /** An explicit tag outside YAML's core schema. */
    UNSUPPORTED_TAG,
    /** A key that is a list or a mapping. */
    UNSUPPORTED_KEY,
    /** Aliases that stand for too much, or for themselves. */
    ALIAS_LIMIT,
    /** Nested too deeply. */
    NESTING_LIMIT,
    /** A number that is infinite, no number, or absurdly long. */
    NON_FINITE_NUMBER,
    /** A document that is too large. */
    SIZE_LIMIT,
    /** A file that cannot be read. */
    UNREADABLE,
    /** An environment without a file. */
    UNKNOWN_ENVIRONMENT,
    /** A key nothing is bound to. */
    UNKNOWN_KEY,
    /** A required key that is not there. */
    MISSING,
    /** A value of another type than expected. */
    WRONG_TYPE,
    /** A value its type refuses. */
    INVALID_VALUE,
    /** A secret written into a file. */
    LITERAL_SECRET,
    /** A secret that was made for another environment. */
    SECRET_SCOPE,
    /** A secret whose name says nothing. */
    SECRET_NAME,
    /** A production secret that is too short to be masked. */
    SECRET_LENGTH
  }

  /** Keeps its own copy of the names. */
  public ConfigProblem {
    names = List.copyOf(names);
  }

  /** For example {@code base.yml:3:12 ai.api_key: no value for ${AI_API_KEY}; …}. */
  @Override
  public String toString() {
    return at + (path.isEmpty() ? "" : " " + path) + ": " + message;
  }
}
