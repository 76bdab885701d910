/**
 * Where secrets come from, and how to find those that were written down.
 *
 * <pre>{@code
 * SecretSource secrets = SecretSources.firstOf(
 *     SecretSources.files(Path.of("/run/secrets")).scope("production"),
 *     SecretSources.environmentVariables());
 * }</pre>
 *
 * <p>{@link io.bellwether.secret.source.SecretScanner} and {@link
 * io.bellwether.secret.source.SecretNames} know secrets by their shape and by the names they are
 * kept under.
 */
@NullMarked
package io.bellwether.secret.source;

import org.jspecify.annotations.NullMarked;
