package io.bellwether.secret.logging;

import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.secret.Secret;
import io.bellwether.secret.SecretMasker;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.logging.StreamHandler;
import java.util.logging.XMLFormatter;
import org.junit.jupiter.api.Test;

class LogMaskingTest {
  private final SecretMasker masker = SecretMasker.create();

  LogMaskingTest() {
    masker.add(Secret.of("canary<1234>"));
  }

  private static LogRecord record() {
    var record = new LogRecord(Level.FINEST, "key {0} refused");
    record.setParameters(new Object[] {"canary<1234>"});
    record.setThrown(new IllegalStateException("x", new IllegalArgumentException("canary<1234>")));
    return record;
  }

  @Test
  void the_message_its_arguments_and_every_cause_are_masked() {
    var formatter = LogMasking.formatter(new SimpleFormatter(), masker);
    assertThat(formatter.format(record()))
        .contains("key *** refused")
        .contains("Caused by: java.lang.IllegalArgumentException: ***")
        .doesNotContain("canary");
    assertThat(formatter.formatMessage(record())).isEqualTo("key *** refused");
  }

  @Test
  void every_handler_of_a_logger_masks() {
    var bytes = new ByteArrayOutputStream();
    var logger = Logger.getAnonymousLogger();
    logger.setUseParentHandlers(false);
    logger.addHandler(new StreamHandler(bytes, new SimpleFormatter()));
    LogMasking.install(logger, masker);
    var formatter = logger.getHandlers()[0].getFormatter();
    LogMasking.install(logger, masker);
    assertThat(logger.getHandlers()[0].getFormatter()).isSameAs(formatter);
    logger.info("canary<1234>");
    logger.getHandlers()[0].flush();
    assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("***").doesNotContain("canary");
  }

  @Test
  void a_document_keeps_its_head_and_its_tail() {
    var formatter = LogMasking.formatter(new XMLFormatter(), masker);
    var handler = new StreamHandler();
    assertThat(formatter.getHead(handler)).startsWith("<?xml");
    assertThat(formatter.getTail(handler)).contains("</log>");
    assertThat(formatter.format(record())).contains("***").doesNotContain("canary");
  }
}
