package io.bellwether.openslo;

/**
 * Somebody to be told. Immutable and thread-safe.
 *
 * @param name its name
 * @param target what kind of receiver it is, such as {@code email} or {@code slack}
 * @param words for people
 */
public record NotificationTarget(String name, String target, Words words) {}
