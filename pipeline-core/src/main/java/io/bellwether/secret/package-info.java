/**
 * Secrets as values that do not talk.
 *
 * <p>A {@link io.bellwether.secret.Secret} shows itself to nobody but the code it is handed to; a
 * {@link io.bellwether.secret.SecretSource} is the port that fetches one by its name and says for
 * which {@link io.bellwether.secret.SecretScope} it was made.
 *
 * <pre>{@code
 * var key = Secret.of(environment.get("AI_API_KEY"));
 * key.toString();                                             // ***
 * var call = key.use(text -> request.header("Authorization", "Bearer " + text));
 * }</pre>
 */
@NullMarked
package io.bellwether.secret;

import org.jspecify.annotations.NullMarked;
