package io.bellwether.secret.logging;

import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.secret.Secret;
import io.bellwether.secret.SecretMasker;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import java.util.logging.StreamHandler;
import java.util.logging.XMLFormatter;
import org.junit.jupiter.api.Test;

class MaskingFormatterTest {
  private final SecretMasker masker = SecretMasker.create();

  MaskingFormatterTest() {
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
    var formatter = new MaskingFormatter(new SimpleFormatter(), masker);
    assertThat(formatter.format(record()))
        .contains("key *** refused")
        .contains("Caused by: java.lang.IllegalArgumentException: ***")
        .doesNotContain("canary");
    assertThat(formatter.formatMessage(record())).isEqualTo("key *** refused");
  }

  @Test
  void a_document_keeps_its_head_and_its_tail() {
    var formatter = new MaskingFormatter(new XMLFormatter(), masker);
    var handler = new StreamHandler();
    assertThat(formatter.getHead(handler)).startsWith("<?xml");
    assertThat(formatter.getTail(handler)).contains("</log>");
    assertThat(formatter.format(record())).contains("***").doesNotContain("canary");
  }
}
