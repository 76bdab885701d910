package io.bellwether.logback;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import io.bellwether.secret.Secret;
import io.bellwether.secret.SecretMasker;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class MaskingEncoderTest {
  private final LoggerContext context = new LoggerContext();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final SecretMasker masker = SecretMasker.create();

  MaskingEncoderTest() {
    context.setMDCAdapter(MDC.getMDCAdapter());
  }

  private OutputStreamAppender<ILoggingEvent> appender() {
    var encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern("%level %mdc{key} %msg%n%ex");
    encoder.start();
    var appender = new OutputStreamAppender<ILoggingEvent>();
    appender.setContext(context);
    appender.setEncoder(encoder);
    appender.setOutputStream(bytes);
    appender.start();
    return appender;
  }

  @AfterEach
  void stop() {
    MDC.clear();
    context.stop();
  }

  @Test
  void message_arguments_context_and_every_cause_are_masked() {
    masker.add(Secret.of("canary-1234"));
    var logger = context.getLogger("test");
    logger.setLevel(Level.TRACE);
    logger.addAppender(appender());
    assertThat(MaskingEncoder.install(context, masker)).isEqualTo(1);
    assertThat(MaskingEncoder.install(context, masker)).as("repeated").isEqualTo(1);
    MDC.put("key", "canary-1234");
    logger.trace(
        "key {} refused",
        "canary-1234",
        new IllegalStateException("x", new IllegalArgumentException("Y2FuYXJ5LTEyMzQ=")));
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .startsWith("TRACE *** key *** refused\n")
        .contains("IllegalArgumentException: ***")
        .doesNotContain("canary")
        .doesNotContain("Y2FuYXJ5");
  }

  @Test
  void appenders_behind_others_are_found() {
    masker.add(Secret.of("canary-1234"));
    var async = new AsyncAppender();
    async.setContext(context);
    async.addAppender(appender());
    async.start();
    var logger = context.getLogger("test");
    logger.addAppender(async);
    assertThat(MaskingEncoder.install(context, masker)).isEqualTo(1);
    logger.info("canary-1234");
    async.stop(); // writes what waits
    assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("***").doesNotContain("canary");
  }
}
