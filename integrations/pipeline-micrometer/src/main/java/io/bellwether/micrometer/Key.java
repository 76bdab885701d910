package io.bellwether.micrometer;

/** Whose requests; the release is empty where all meters are of every release. */
record Key(String release, String version) {}
