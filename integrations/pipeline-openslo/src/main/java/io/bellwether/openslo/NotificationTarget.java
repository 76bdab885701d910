package io.bellwether.openslo;

/**
 * Somebody to be told. Immutable and thread-safe.
 *
 * @param name its name
 * @param target what kind of receiver it is, such as {@code email} or {@code slack}
 * @param description for people; may be empty
 */
public record NotificationTarget(String name, String target, String description) {}
