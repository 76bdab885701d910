package io.bellwether.logback;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.EncoderBase;
import ch.qos.logback.core.spi.AppenderAttachable;
import io.bellwether.secret.SecretMasker;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.Set;

/**
 * Masks what another encoder writes: the message, its arguments, the exception with its causes, the
 * MDC. That encoder has to write UTF-8. As thread-safe as that encoder.
 */
public final class MaskingEncoder extends EncoderBase<ILoggingEvent> {
  private final Encoder<ILoggingEvent> encoder;
  private final SecretMasker masker;

  /** An encoder that masks what this one writes; started and stopped with it. */
  public MaskingEncoder(Encoder<ILoggingEvent> encoder, SecretMasker masker) {
    this.encoder = encoder;
    this.masker = masker;
  }

  /**
   * Puts a masking encoder around the encoder of every appender of this context that writes to a
   * stream, also of those behind other appenders. Harmless when repeated.
   *
   * @return how many appenders mask now
   */
  public static int install(LoggerContext context, SecretMasker masker) {
    Set<Appender<ILoggingEvent>> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    for (var logger : context.getLoggerList()) {
      install(logger.iteratorForAppenders(), masker, seen);
    }
    return (int) seen.stream().filter(MaskingEncoder::masks).count();
  }

  private static void install(
      Iterator<Appender<ILoggingEvent>> appenders,
      SecretMasker masker,
      Set<Appender<ILoggingEvent>> seen) {
    while (appenders.hasNext()) {
      var appender = appenders.next();
      if (!seen.add(appender)) {
        continue;
      }
      if (appender instanceof OutputStreamAppender<ILoggingEvent> stream && !masks(appender)) {
        stream.setEncoder(new MaskingEncoder(stream.getEncoder(), masker));
      }
      if (appender instanceof AppenderAttachable<?> holder) {
        @SuppressWarnings("unchecked") // a logger's appenders hold appenders of its events
        var inner = (AppenderAttachable<ILoggingEvent>) holder;
        install(inner.iteratorForAppenders(), masker, seen);
      }
    }
  }

  private static boolean masks(Appender<ILoggingEvent> appender) {
    return appender instanceof OutputStreamAppender<ILoggingEvent> stream
        && stream.getEncoder() instanceof MaskingEncoder;
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    return masked(encoder.encode(event));
  }

  @Override
  public byte[] headerBytes() {
    return masked(encoder.headerBytes());
  }

  @Override
  public byte[] footerBytes() {
    return masked(encoder.footerBytes());
  }

  @SuppressWarnings("NullAway") // Logback's encoders return null for no header
  private byte[] masked(byte[] bytes) {
    if (bytes == null) {
      return bytes;
    }
    var text = new String(bytes, StandardCharsets.UTF_8);
    var masked = masker.mask(text);
    return masked.equals(text) ? bytes : masked.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void start() {
    encoder.start();
    super.start();
  }

  @Override
  public void stop() {
    encoder.stop();
    super.stop();
  }
}
