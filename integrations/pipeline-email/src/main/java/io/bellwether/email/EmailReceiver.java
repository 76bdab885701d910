package io.bellwether.email;

import io.bellwether.alerting.notice.Delivery;
import io.bellwether.alerting.notice.Notification;
import io.bellwether.alerting.notice.Pace;
import io.bellwether.alerting.notice.Receiver;
import io.bellwether.alerting.receiver.LambdaReceiver;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;

/**
 * Sends notifications by e-mail over SMTP, one thread of mails for each group. Immutable and
 * thread-safe.
 *
 * <p>Mails are encrypted: STARTTLS is required, or TLS from the start on port 465; a server that
 * offers neither gets nothing. They say that they were made by a machine, so that nobody's absence
 * notice answers. A recipient that is refused, for good or for now, keeps nobody else from being
 * told: once one was, the refused are logged and not tried again, as a notification that is tried
 * again holds back reminders and escalation for all; a reminder goes to everybody. No text can add
 * a header. The password is a secret and stands in no log, exception or {@code toString()}.
 *
 * <p>Sending blocks, so it happens on an executor of the host.
 */
public final class EmailReceiver implements Receiver {
  private final EmailSettings settings;
  private final Receiver blocking;

  private EmailReceiver(EmailSettings settings, Executor executor) {
    this.settings = settings;
    blocking = LambdaReceiver.calling(settings.name(), executor, new SmtpSender(settings)::send);
  }

  /**
   * A receiver built in one expression; a router that is built with it says everything that is
   * wrong.
   *
   * @param executor on whose threads mails are sent
   */
  public static EmailReceiver create(
      String name, Executor executor, UnaryOperator<EmailSettings> settings) {
    return new EmailReceiver(settings.apply(EmailSettings.named(name)), executor);
  }

  @Override
  public String name() {
    return settings.name();
  }

  @Override
  public Pace pace() {
    return settings.pace();
  }

  @Override
  public List<String> problems() {
    return settings.problems();
  }

  @Override
  public CompletionStage<Delivery> deliver(Notification notification) {
    return blocking.deliver(notification);
  }

  /** For example {@code e-mail receiver 'on-call' at mail.example.com:587}; never the password. */
  @Override
  public String toString() {
    return settings.toString();
  }
}
