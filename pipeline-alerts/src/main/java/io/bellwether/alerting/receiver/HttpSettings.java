package io.bellwether.alerting.receiver;

import io.bellwether.alerting.notice.Pace;
import io.bellwether.alerting.receiver.internal.http.HttpSender;
import io.bellwether.secret.Secret;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What receivers over HTTP have in common. */
final class HttpSettings {
  final String kind;
  final String name;
  Pace pace;
  boolean sendResolved = true;
  @Nullable Secret address;
  HttpSender sender = HttpSender.shared();
  Optional<Template> title = Optional.empty();

  HttpSettings(String kind, String name, Pace pace) {
    this.kind = kind;
    this.name = name;
    this.pace = pace;
  }

  void client(HttpClient client) {
    sender = HttpSender.through(client);
  }

  /** Everything that is wrong with the address, without showing it. */
  List<String> problems() {
    var problems = new ArrayList<String>();
    var known = address;
    if (known == null) {
      problems.add(this + ": no address; its secret is missing or was not given");
    } else if (!known.use(HttpSettings::isLink)) {
      problems.add(this + ": its address is no http or https link (it is not shown)");
    }
    return problems;
  }

  private static boolean isLink(String address) {
    try {
      var uri = URI.create(address.trim());
      var scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
      return uri.getHost() != null && (scheme.equals("https") || scheme.equals("http"));
    } catch (IllegalArgumentException noUri) {
      return false;
    }
  }

  Secret required() {
    var known = address;
    if (known == null) {
      throw new IllegalStateException(this + " has no address");
    }
    return known;
  }

  /** For example {@code Slack receiver 'ops'}; never the address. */
  @Override
  public String toString() {
    return kind + " receiver '" + name + "'";
  }
}
