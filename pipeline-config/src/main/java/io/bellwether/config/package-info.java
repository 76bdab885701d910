/**
 * Configuration in layers: a base file, the environment's file over it, what the host lays over
 * both. Read, merged, filled in and bound to records, with every problem told at once and none of
 * them showing a value that may be a secret.
 *
 * <pre>{@code
 * Config config = ConfigLoader.from(Path.of("configs"))
 *     .environment("production")
 *     .secrets(environmentVariables().scope("production"))
 *     .load();
 * AiSettings ai = config.bind("ai", AiSettings.class);
 * config.explain("ai.model");            // production.yml:3:10 over base.yml:2:10
 * }</pre>
 *
 * <p><b>Files.</b> YAML 1.2 core schema: {@code NO} is a text and {@code 010} is ten. Anchors and
 * merge keys work; what a reader could misunderstand is refused with file, line and column:
 * duplicate keys, several documents, unknown tags, cycles.
 *
 * <p><b>Merging.</b> Maps merge deeply, the later layer wins, lists are appended unless a {@link
 * io.bellwether.config.ListMerge} says otherwise.
 *
 * <p><b>Placeholders.</b> <code>${NAME}</code> and <code>${NAME:default}</code> in values, never in
 * keys; <code>$${</code> stands for <code>${</code>. They are filled in after the merge, each value
 * for itself, always as text, and what was filled in is not looked at again.
 */
@NullMarked
package io.bellwether.config;

import org.jspecify.annotations.NullMarked;
