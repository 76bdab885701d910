package io.bellwether.email;

import io.bellwether.alert.Severity;
import io.bellwether.alerting.notice.Keys;
import io.bellwether.alerting.notice.Notification;
import io.bellwether.alerting.receiver.MessageText;
import io.bellwether.alerting.receiver.OneLine;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.util.Date;
import java.util.Locale;

/** A notification as a mail. */
final class AlertMail extends MimeMessage {
  private final String id;

  private AlertMail(Session session, String id) {
    super(session);
    this.id = id;
  }

  static AlertMail of(EmailSettings settings, Session session, Notification notification)
      throws MessagingException {
    var thread = Keys.hash(notification.groupKey()).substring(0, 32);
    var domain = settings.from().substring(settings.from().indexOf('@') + 1);
    var mail =
        new AlertMail(session, "<" + thread + "." + notification.sequence() + "@" + domain + ">");
    mail.setFrom(new InternetAddress(settings.from(), true));
    for (var to : settings.to()) {
      mail.addRecipient(Message.RecipientType.TO, new InternetAddress(to, true));
    }
    mail.setSubject(
        MessageText.cut(MessageText.title(notification, settings.subject()), 200), "UTF-8");
    mail.setSentDate(Date.from(notification.at()));
    mail.label(settings, notification, "<" + thread + "@" + domain + ">");
    mail.setContent(body(notification));
    mail.saveChanges();
    return mail;
  }

  private void label(EmailSettings settings, Notification notification, String root)
      throws MessagingException {
    setHeader("References", root);
    setHeader("In-Reply-To", root);
    setHeader("Auto-Submitted", "auto-generated");
    setHeader("X-Auto-Response-Suppress", "All");
    var list = settings.name().replaceAll("[^A-Za-z0-9-]", "-");
    setHeader("List-Id", "<" + list + ".alerts.bellwether>");
    setHeader("X-Alert-Status", notification.resolved() ? "resolved" : "firing");
    setHeader("X-Alert-Severity", notification.severity().name().toLowerCase(Locale.ROOT));
    if (notification.severity() == Severity.CRITICAL && !notification.resolved()) {
      setHeader("Importance", "high");
    }
  }

  private static MimeMultipart body(Notification notification) throws MessagingException {
    var text = new MimeBodyPart();
    text.setText(MailBody.text(notification), "UTF-8");
    var html = new MimeBodyPart();
    html.setText(MailBody.html(notification), "UTF-8", "html");
    return new MimeMultipart("alternative", text, html);
  }

  /** The same for every attempt, so that a mail that came twice is seen to be one. */
  @Override
  protected void updateMessageID() throws MessagingException {
    setHeader("Message-ID", OneLine.of(id));
  }
}
