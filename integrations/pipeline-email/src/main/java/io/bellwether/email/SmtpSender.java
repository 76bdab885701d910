package io.bellwether.email;

import io.bellwether.alerting.notice.Delivery;
import io.bellwether.alerting.notice.Failure;
import io.bellwether.alerting.notice.Notification;
import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends mails and reads what the server says of each recipient. */
final class SmtpSender {
  private static final Logger log = LoggerFactory.getLogger(SmtpSender.class);
  private static final int IMPLICIT_TLS = 465;

  private final EmailSettings settings;

  SmtpSender(EmailSettings settings) {
    this.settings = settings;
  }

  Delivery send(Notification notification) {
    var session = Session.getInstance(properties());
    try (var transport = session.getTransport("smtp")) {
      var mail = AlertMail.of(settings, session, notification);
      connect(transport);
      transport.sendMessage(mail, mail.getAllRecipients());
      return Delivery.delivered();
    } catch (AuthenticationFailedException refused) {
      return isForNow(refused)
          ? Delivery.retry(Failure.AUTH_ERROR, "the mail server cannot take a login now")
          : Delivery.disabled(Failure.AUTH_ERROR, "the mail server refused the login");
    } catch (SendFailedException failed) {
      return partly(failed);
    } catch (MessagingException failed) {
      return broken(failed);
    }
  }

  /** The reply stands in the message alone; 4xx is temporary (RFC 4954, 454). */
  private static boolean isForNow(AuthenticationFailedException refused) {
    return String.valueOf(refused.getMessage()).startsWith("4");
  }

  private void connect(Transport transport) throws MessagingException {
    var password = settings.password();
    if (password.isEmpty()) {
      transport.connect(settings.host(), settings.port(), null, null);
      return;
    }
    var failure = new ArrayList<MessagingException>(1);
    password
        .get()
        .use(
            text -> {
              try {
                transport.connect(settings.host(), settings.port(), settings.user(), text);
              } catch (MessagingException e) {
                failure.add(e);
              }
              return transport.isConnected();
            });
    if (!failure.isEmpty()) {
      throw failure.get(0);
    }
  }

  private Properties properties() {
    var millis = String.valueOf(settings.pace().timeout().toMillis());
    var properties = new Properties();
    properties.setProperty("mail.smtp.connectiontimeout", millis);
    properties.setProperty("mail.smtp.timeout", millis);
    properties.setProperty("mail.smtp.writetimeout", millis);
    properties.setProperty("mail.smtp.sendpartial", "true");
    properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
    properties.setProperty("mail.smtp.auth", String.valueOf(settings.password().isPresent()));
    if (settings.port() == IMPLICIT_TLS) {
      properties.setProperty("mail.smtp.ssl.enable", "true");
    } else {
      properties.setProperty("mail.smtp.starttls.enable", "true");
      properties.setProperty("mail.smtp.starttls.required", "true");
    }
    settings.sockets().ifPresent(own -> properties.put("mail.smtp.ssl.socketFactory", own));
    return properties;
  }

  /** Somebody was told: then the refused are reported and nobody is told twice. */
  private Delivery partly(SendFailedException failed) {
    var told = failed.getValidSentAddresses();
    if (told != null && told.length > 0) {
      var refused = new ArrayList<Address>();
      List.of(orNone(failed.getInvalidAddresses()), orNone(failed.getValidUnsentAddresses()))
          .forEach(some -> refused.addAll(Arrays.asList(some)));
      log.warn(
          "{}: the mail server refused recipients {}; the others were told", settings, refused);
      return Delivery.delivered();
    }
    var codes = codes(failed);
    return codes.stream()
        .filter(code -> code < 500)
        .findFirst()
        .or(() -> codes.stream().findFirst())
        .map(Delivery::smtp)
        .orElseGet(() -> Delivery.permanent(Failure.CLIENT_ERROR, "no recipient was accepted"));
  }

  private static Address[] orNone(Address[] addresses) {
    return addresses == null ? new Address[0] : addresses;
  }

  private static List<Integer> codes(MessagingException failed) {
    var codes = new ArrayList<Integer>();
    for (Exception next = failed;
        next instanceof MessagingException one;
        next = one.getNextException()) {
      if (next instanceof SMTPSendFailedException send) {
        codes.add(send.getReturnCode());
      } else if (next instanceof SMTPAddressFailedException address) {
        codes.add(address.getReturnCode());
      } else if (next instanceof SMTPSenderFailedException sender) {
        codes.add(sender.getReturnCode());
      }
    }
    return codes;
  }

  private static Delivery broken(MessagingException failed) {
    var codes = codes(failed);
    if (!codes.isEmpty()) {
      return Delivery.smtp(codes.get(0));
    }
    var message = String.valueOf(failed.getMessage());
    if (message.contains("STARTTLS is required")) {
      return Delivery.disabled(Failure.CLIENT_ERROR, "the mail server does not offer STARTTLS");
    }
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      if (cause instanceof SocketTimeoutException) {
        return Delivery.retry(Failure.TIMEOUT, "the mail server did not answer in time");
      }
    }
    return Delivery.retry(Failure.CONNECTION, "no connection to the mail server, or it broke");
  }
}
