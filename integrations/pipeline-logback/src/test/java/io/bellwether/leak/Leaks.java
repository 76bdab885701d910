package io.bellwether.leak;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import io.bellwether.secret.Secret;
import io.bellwether.secret.SecretMasker;
import io.bellwether.testing.VirtualTime;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * A canary goes in wherever a secret can, and is looked for, in every encoding, in everything that
 * comes out: texts, exceptions with their causes, JSON, files and every log line at TRACE. No
 * masker is installed: nothing may need one.
 */
abstract class Leaks {
  /** What stands where an exception showed it, so that a test sees the exception came through. */
  static final String WITHOUT_IT = "its message showed the secret and is left out";

  static final String MARK = "Zq81xW7";
  static final String CANARY = "cnry \"" + MARK + "<&>/+\u00e9'%?" + MARK;

  final Secret secret = Secret.of(CANARY);
  final SecretMasker finder = SecretMasker.create();
  final VirtualTime time = VirtualTime.create();
  @TempDir Path folder;

  private final List<String> seen = new ArrayList<>();
  private final ListAppender<ILoggingEvent> logs = new ListAppender<>();
  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private int failures;

  /** The canary as it may stand in the words of somebody else's exception. */
  static List<String> forms() {
    var bytes = CANARY.getBytes(StandardCharsets.UTF_8);
    var basic = ("robot:" + CANARY).getBytes(StandardCharsets.UTF_8);
    return List.of(
        CANARY,
        Base64.getEncoder().encodeToString(basic),
        Base64.getUrlEncoder().withoutPadding().encodeToString(bytes),
        Base64.getMimeEncoder(20, new byte[] {'\n'}).encodeToString(basic),
        HexFormat.of().formatHex(bytes),
        HexFormat.of().withUpperCase().formatHex(bytes),
        URLEncoder.encode(CANARY, StandardCharsets.UTF_8),
        URLEncoder.encode(CANARY, StandardCharsets.UTF_8).replace("+", "%20"),
        CANARY.replace("\"", "\\\""),
        CANARY
            .replace("&", "&amp;")
            .replace("<", "&lt;")
            .replace(">", "&gt;")
            .replace("\"", "&quot;")
            .replace("'", "&#39;"));
  }

  @BeforeEach
  void listen() {
    finder.add(secret);
    root.detachAndStopAllAppenders(); // the console
    root.setLevel(Level.TRACE);
    logs.setContext((LoggerContext) LoggerFactory.getILoggerFactory());
    logs.start();
    root.addAppender(logs);
  }

  @AfterEach
  void look() throws IOException {
    root.detachAppender(logs);
    for (var event : logs.list) {
      see(event.getFormattedMessage());
      see(event.getMDCPropertyMap());
      if (event.getThrowableProxy() != null) {
        see(ThrowableProxyUtil.asString(event.getThrowableProxy()));
      }
    }
    seeWhatWasWritten();
    assertThat(seen).as("nothing was looked at").isNotEmpty();
    assertThat(seen)
        .allSatisfy(
            text -> {
              assertThat(text).doesNotContain(MARK);
              assertThat(finder.mask(text)).isSameAs(text);
            });
  }

  /** Files the library wrote; those of a test that wrote the canary itself are its own. */
  private void seeWhatWasWritten() throws IOException {
    if (Files.exists(written())) {
      try (var files = Files.walk(written())) {
        for (var file : files.filter(Files::isRegularFile).toList()) {
          see(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
        }
      }
    }
  }

  /** Where a test lets the library write. */
  final Path written() {
    return folder.resolve("written");
  }

  final void see(Object shown) {
    seen.add(String.valueOf(shown));
  }

  interface Attempt {
    Object run() throws Exception;
  }

  /** Whatever comes of it: a value, or an exception with its whole trace. */
  final void attempt(Attempt attempt) {
    try {
      see(attempt.run());
    } catch (Exception failure) {
      see(trace(failure));
    }
  }

  static String trace(Throwable failure) {
    var trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    return trace.toString();
  }

  /** Fails as a client does that tells what it was called with, each time in another form. */
  final <T> T fail() {
    var form = forms().get(failures++ % forms().size());
    return secret.use(
        text -> {
          throw new IllegalStateException(
              "401 with " + form, new IllegalStateException("sent " + form));
        });
  }
}
