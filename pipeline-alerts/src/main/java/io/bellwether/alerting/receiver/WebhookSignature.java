package io.bellwether.alerting.receiver;

import io.bellwether.BellwetherException;
import io.bellwether.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Proves who sent a webhook's body: HMAC-SHA256 over the exact bytes, with a secret both sides
 * know. Immutable and thread-safe.
 *
 * <p>While a secret is rotated the receiving side verifies with the new and the old one.
 */
public final class WebhookSignature {
  /** How old a signed time may be: five minutes. */
  public static final Duration MAX_AGE = Duration.ofMinutes(5);

  private enum Scheme {
    GITHUB,
    SLACK
  }

  private final Scheme scheme;
  private final Secret secret;

  private WebhookSignature(Scheme scheme, Secret secret) {
    this.scheme = scheme;
    this.secret = secret;
  }

  /** As GitHub signs: {@code X-Hub-Signature-256: sha256=<hex>} over the body. */
  public static WebhookSignature github(Secret secret) {
    return new WebhookSignature(Scheme.GITHUB, secret);
  }

  /**
   * As Slack signs: {@code X-Slack-Signature: v0=<hex>} over {@code v0:<time>:<body>}, with the
   * time in {@code X-Slack-Request-Timestamp}.
   */
  public static WebhookSignature slack(Secret secret) {
    return new WebhookSignature(Scheme.SLACK, secret);
  }

  /** The headers that sign this body. */
  public Map<String, String> headers(byte[] body, Instant now) {
    var time = String.valueOf(now.getEpochSecond());
    return switch (scheme) {
      case GITHUB -> Map.of("X-Hub-Signature-256", "sha256=" + hmac(body));
      case SLACK ->
          Map.of(
              "X-Slack-Request-Timestamp",
              time,
              "X-Slack-Signature",
              "v0=" + hmac(slackBase(time, body)));
    };
  }

  /**
   * Whether one of these signed the body, compared in a time that tells nothing.
   *
   * @param signatures the secrets in force, such as the new and the old one
   * @param headers of the request; names in lower case
   * @param now for signatures that hold a time
   */
  public static boolean verify(
      List<WebhookSignature> signatures, Map<String, String> headers, byte[] body, Instant now) {
    var verified = false;
    for (var signature : signatures) {
      verified |= signature.verifies(headers, body, now);
    }
    return verified;
  }

  private boolean verifies(Map<String, String> headers, byte[] body, Instant now) {
    return switch (scheme) {
      case GITHUB -> same(headers.getOrDefault("x-hub-signature-256", ""), "sha256=" + hmac(body));
      case SLACK -> {
        var time = headers.getOrDefault("x-slack-request-timestamp", "");
        yield fresh(time, now)
            && same(
                headers.getOrDefault("x-slack-signature", ""), "v0=" + hmac(slackBase(time, body)));
      }
    };
  }

  private static boolean fresh(String time, Instant now) {
    return time.matches("\\d{1,12}")
        && Duration.between(Instant.ofEpochSecond(Long.parseLong(time)), now)
                .abs()
                .compareTo(MAX_AGE)
            <= 0;
  }

  private static boolean same(String given, String expected) {
    return MessageDigest.isEqual(
        given.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] slackBase(String time, byte[] body) {
    var prefix = ("v0:" + time + ":").getBytes(StandardCharsets.UTF_8);
    var base = new byte[prefix.length + body.length];
    System.arraycopy(prefix, 0, base, 0, prefix.length);
    System.arraycopy(body, 0, base, prefix.length, body.length);
    return base;
  }

  private String hmac(byte[] message) {
    return secret.use(
        key -> {
          try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(message));
          } catch (GeneralSecurityException everyJvmHasIt) {
            throw new BellwetherException("this JVM has no HmacSHA256", everyJvmHasIt);
          }
        });
  }

  /** Which scheme; never the secret. */
  @Override
  public String toString() {
    return "webhook signature (" + scheme + ")";
  }
}
