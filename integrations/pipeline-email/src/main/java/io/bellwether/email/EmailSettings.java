package io.bellwether.email;

import io.bellwether.alerting.notice.Pace;
import io.bellwether.alerting.receiver.Template;
import io.bellwether.secret.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** Where mails go and how. Not thread-safe while it is being set up. */
public final class EmailSettings {
  private final String name;
  private String host = "";
  private int port = 587;
  private String from = "";
  private final List<String> to = new ArrayList<>();
  private String user = "";
  private @Nullable Secret password;
  private boolean passwordMissing;
  private Optional<Template> subject = Optional.empty();
  private @Nullable SSLSocketFactory sockets;
  private Pace pace =
      Pace.DEFAULT.every(Duration.ofSeconds(1), 5).parallel(2).timeout(Duration.ofSeconds(30));

  private EmailSettings(String name) {
    this.name = name;
  }

  static EmailSettings named(String name) {
    return new EmailSettings(name);
  }

  /** The mail server; on port 465 TLS from the start, on others STARTTLS. */
  public EmailSettings server(String host, int port) {
    this.host = host;
    this.port = port;
    return this;
  }

  /** The sender's address, ASCII only. */
  public EmailSettings from(String address) {
    from = address;
    return this;
  }

  /** Adds recipients' addresses, ASCII only. */
  public EmailSettings to(String... addresses) {
    to.addAll(List.of(addresses));
    return this;
  }

  /** Who logs in to the server; nobody does unless said. */
  public EmailSettings login(String user, Secret password) {
    return login(user, Optional.of(password));
  }

  /** Who logs in to the server; a router is not built without the password. */
  public EmailSettings login(String user, Optional<Secret> password) {
    this.user = user;
    this.password = password.orElse(null);
    passwordMissing = password.isEmpty();
    return this;
  }

  /** The subject, in place of the built-in one. */
  public EmailSettings subject(Template subject) {
    this.subject = Optional.of(subject);
    return this;
  }

  /** Makes encrypted connections, in place of the JDK's defaults, for authorities of your own. */
  public EmailSettings sockets(SSLSocketFactory sockets) {
    this.sockets = sockets;
    return this;
  }

  /** How fast it takes mails. */
  public EmailSettings pace(Pace pace) {
    this.pace = pace;
    return this;
  }

  String name() {
    return name;
  }

  String host() {
    return host;
  }

  int port() {
    return port;
  }

  String from() {
    return from;
  }

  List<String> to() {
    return to;
  }

  String user() {
    return user;
  }

  Optional<Secret> password() {
    return Optional.ofNullable(password);
  }

  Optional<Template> subject() {
    return subject;
  }

  Optional<SSLSocketFactory> sockets() {
    return Optional.ofNullable(sockets);
  }

  Pace pace() {
    return pace;
  }

  List<String> problems() {
    var problems = new ArrayList<String>();
    require(problems, host.matches("[A-Za-z0-9.:-]+"), "host '" + host + "' is no host name");
    require(problems, port > 0 && port < 65_536, "port " + port + ", expected 1 to 65535");
    require(problems, isAddress(from), "from '" + from + "' is no plain ASCII address");
    require(problems, !to.isEmpty(), "no recipient; say to(\"on-call@example.com\")");
    for (var address : to) {
      require(
          problems, isAddress(address), "recipient '" + address + "' is no plain ASCII address");
    }
    require(problems, !passwordMissing, "no password for '" + user + "'; its secret is missing");
    return problems;
  }

  private void require(List<String> problems, boolean holds, String problem) {
    if (!holds) {
      problems.add((this + ": " + problem).replaceAll("\\p{Cntrl}", "?"));
    }
  }

  /** Narrow on purpose: an address goes into an SMTP command. */
  private static boolean isAddress(String address) {
    return address.length() <= 254
        && address.matches("[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9.-]+");
  }

  /** For example {@code e-mail receiver 'on-call' at mail.example.com:587}. */
  @Override
  public String toString() {
    return "e-mail receiver '" + name + "' at " + host + ":" + port;
  }
}
