package io.bellwether.secret.source;

import io.bellwether.secret.FoundSecret;
import io.bellwether.secret.Secret;
import io.bellwether.secret.SecretMasker;
import io.bellwether.secret.SecretScope;
import io.bellwether.secret.SecretSource;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One secret over its editions: created, verified in staging, promoted, its predecessor valid for
 * an overlap, then revoked.
 *
 * <p>A source of the current edition. Every edition is masked from the moment it is known, and
 * stays masked after its revocation. Thread-safe.
 */
public final class SecretRotation implements SecretSource {
  private final String name;
  private final SecretScope scope;
  private final InstantSource clock;
  private final SecretMasker masker;
  private final SecretAge age;
  private Edition current;
  private @Nullable Edition pending;
  private boolean verified;
  private @Nullable Edition previous;
  private Instant previousUntil = Instant.MIN;
  private boolean exposed;

  private record Edition(Secret secret, int number, Instant made) {}

  private SecretRotation(
      String name,
      SecretScope scope,
      Secret secret,
      Instant made,
      SecretAge age,
      InstantSource clock,
      SecretMasker masker) {
    this.name = name;
    this.scope = scope;
    this.clock = clock;
    this.masker = masker;
    this.age = age;
    this.current = new Edition(secret, 1, made);
    mask(secret);
  }

  private void mask(Secret secret) {
    if (!masker.add(secret)) {
      throw new IllegalArgumentException(
          name
              + ": the edition has less than 8 characters and cannot be masked; make a longer one");
    }
  }

  /**
   * The rotation of a secret that is in use.
   *
   * @param made when its current edition was made
   * @param age how old an edition may become
   * @throws IllegalArgumentException if the name does not say what the secret opens, or the secret
   *     is too short to be masked
   */
  public static SecretRotation of(
      String name,
      SecretScope scope,
      Secret current,
      Instant made,
      SecretAge age,
      InstantSource clock,
      SecretMasker masker) {
    SecretNames.problemWith(name)
        .ifPresent(
            words -> {
              throw new IllegalArgumentException(words);
            });
    return new SecretRotation(name, scope, current, made, age, clock, masker);
  }

  /**
   * A new edition was created; it is masked and not yet in use.
   *
   * @throws IllegalArgumentException if it is the current one, or too short to be masked
   */
  public synchronized void create(Secret next) {
    if (next.equals(current.secret())) {
      throw new IllegalArgumentException(
          name + ": the new edition is the current one; create another at its provider");
    }
    mask(next);
    pending = new Edition(next, current.number() + 1, clock.instant());
    verified = false;
  }

  /** The edition that waits for its promotion, for whoever tries it in staging. */
  public synchronized Optional<Secret> pending() {
    return Optional.ofNullable(pending).map(Edition::secret);
  }

  /**
   * The new edition was tried in staging and works.
   *
   * @throws IllegalStateException if there is none
   */
  public synchronized void verified() {
    requirePending("verified");
    verified = true;
  }

  /**
   * The new edition becomes the current one; its predecessor stays valid for the overlap.
   *
   * @throws IllegalStateException if there is none, or nobody has verified it
   */
  public synchronized void promote(Duration overlap) {
    var next = requirePending("promoted");
    if (!verified) {
      throw new IllegalStateException(
          name + ": the new edition was not verified; try it in staging and call verified()");
    }
    previous = current;
    previousUntil = clock.instant().plus(overlap);
    current = next;
    pending = null;
    exposed = false;
  }

  private Edition requirePending(String what) {
    if (pending == null) {
      throw new IllegalStateException(
          name + ": there is no new edition to be " + what + "; call create(secret) first");
    }
    return pending;
  }

  /** The predecessor, while the overlap lasts: for a request that was refused with the current. */
  public synchronized Optional<Secret> previous() {
    return previous != null && clock.instant().isBefore(previousUntil)
        ? Optional.of(previous.secret())
        : Optional.empty();
  }

  /** The predecessor is revoked at its provider, before the overlap ends or after. */
  public synchronized void revokePrevious() {
    previous = null;
  }

  /** Somebody who knew it has left, or it was seen: it is overdue at once. */
  public synchronized void exposed() {
    exposed = true;
  }

  /** What the age of the current edition says now. */
  public synchronized SecretAge.Status status() {
    return exposed ? SecretAge.Status.OVERDUE : age.statusOf(current.made(), clock.instant());
  }

  @Override
  public synchronized Optional<FoundSecret> find(String asked) {
    return asked.equals(name)
        ? Optional.of(
            new FoundSecret(
                name,
                current.secret(),
                scope,
                "rotation",
                "" + current.number(),
                Optional.of(current.made())))
        : Optional.empty();
  }

  /** For example {@code AI_API_KEY edition 3, FRESH}. */
  @Override
  public synchronized String toString() {
    return name + " edition " + current.number() + ", " + status();
  }
}
