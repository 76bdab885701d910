package io.bellwether.report;

import io.bellwether.rollout.RolloutEvent;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Who asked for what, and how the report calls them. Not thread-safe. */
final class People {
  private static final int MOST = 200;

  private final List<RequestLine> requests = new ArrayList<>();
  private final Set<String> actors = new LinkedHashSet<>();
  private UnaryOperator<String> names = UnaryOperator.identity();

  void names(UnaryOperator<String> names) {
    this.names = names;
  }

  void take(RolloutEvent event) {
    if (event instanceof RolloutEvent.Requested asked) {
      add(new RequestLine(asked.at(), asked.actor(), asked.request(), false, asked.refusal()));
    } else if (event instanceof RolloutEvent.Approved approved) {
      if (saysAgain(event)) {
        var asked = requests.remove(requests.size() - 1);
        add(new RequestLine(asked.at(), asked.who(), asked.what(), true, ""));
      } else {
        var approval = approved.approval();
        add(
            new RequestLine(
                approved.at(), approval.actor(), "approve: " + approval.reason(), true, ""));
      }
    }
  }

  /** Whether this is the approval of the request just before, which says the same. */
  boolean saysAgain(RolloutEvent event) {
    if (!(event instanceof RolloutEvent.Approved approved) || requests.isEmpty()) {
      return false;
    }
    var last = requests.get(requests.size() - 1);
    return last.who().equals(approved.approval().actor())
        && last.at().equals(approved.at())
        && last.what().startsWith("approve: ");
  }

  private void add(RequestLine line) {
    actors.add(line.who());
    requests.add(line);
    if (requests.size() > MOST) {
      requests.remove(0);
    }
  }

  List<RequestLine> requests() {
    return requests.stream()
        .map(
            it ->
                new RequestLine(
                    it.at(), names.apply(it.who()), it.what(), it.approval(), rename(it.refusal())))
        .toList();
  }

  /** The engine's sentences name people at their beginning or in brackets. */
  String rename(String text) {
    var renamed = text;
    for (var actor : actors) {
      var name = names.apply(actor);
      if (!name.equals(actor)) {
        renamed = renamed.replace("(" + actor + ")", "(" + name + ")");
        renamed = renamed.replace("approved by " + actor + ":", "approved by " + name + ":");
        renamed = renamed.replace(actor + " is not one of", name + " is not one of");
        renamed = renamed.replace(actor + " has approved", name + " has approved");
        renamed =
            renamed.startsWith(actor + ":") ? name + renamed.substring(actor.length()) : renamed;
      }
    }
    return renamed;
  }
}
