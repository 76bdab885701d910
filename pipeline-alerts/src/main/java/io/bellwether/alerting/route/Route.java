package io.bellwether.alerting.route;

import io.bellwether.alerting.notice.Receiver;
import io.bellwether.time.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A node of the tree by which alerts find their receivers: which alerts it takes and how it tells
 * of them. Immutable; each method returns a changed copy.
 *
 * <p>An alert goes down the tree: of a node's children the first that takes it has it, and those
 * after it as well if it says {@link #andContinue}; if none takes it, the node itself has it.
 * Receivers, grouping and times that a node does not state are those of its parent; mute and active
 * intervals and escalations are its own.
 */
public final class Route {
  private final Settings settings;

  /** What can be stated; null is not stated. */
  private record Settings(
      @Nullable String name,
      List<Matcher> matchers,
      List<Receiver> receivers,
      List<String> receiverNames,
      @Nullable GroupBy groupBy,
      @Nullable Duration patience,
      @Nullable Duration interval,
      @Nullable Duration repeat,
      boolean continues,
      List<String> muteIntervals,
      List<String> activeIntervals,
      List<Escalation> escalations,
      List<Route> children) {}

  private Route(Settings settings) {
    this.settings = settings;
  }

  private static Route empty() {
    return new Route(
        new Settings(
            null, List.of(), List.of(), List.of(), null, null, null, null, false, List.of(),
            List.of(), List.of(), List.of()));
  }

  /** A route to these. */
  public static Route to(Receiver... receivers) {
    return empty()
        .edit(
            e -> {
              e.receivers.addAll(List.of(receivers));
              for (var receiver : receivers) {
                e.receiverNames.add(receiver.name());
              }
            });
  }

  /** A route to receivers the router knows by these names; none inherits the parent's. */
  public static Route toNamed(String... receivers) {
    return empty().edit(e -> e.receiverNames.addAll(List.of(receivers)));
  }

  /** Takes only alerts that satisfy these too. */
  public Route when(Matcher... matchers) {
    return edit(e -> e.matchers.addAll(List.of(matchers)));
  }

  /** Names the route, so that what was told is remembered when the tree changes. */
  public Route named(String name) {
    return edit(e -> e.name = name);
  }

  /** Tells alerts with the same values of these labels together; {@code ...} is every label. */
  public Route groupBy(String... labels) {
    return groupBy(GroupBy.of(labels));
  }

  /** Says which alerts are told together. */
  public Route groupBy(GroupBy groupBy) {
    return edit(e -> e.groupBy = groupBy);
  }

  /** How long a new group waits for more alerts. */
  public Route waiting(Duration duration) {
    return edit(e -> e.patience = Durations.bounded(duration));
  }

  /** How long a group that was told waits for news. */
  public Route every(Duration interval) {
    return edit(e -> e.interval = Durations.bounded(interval));
  }

  /** After how long people are reminded of what still lasts. */
  public Route repeatEvery(Duration duration) {
    return edit(e -> e.repeat = duration);
  }

  /** People are never reminded. */
  public Route neverRepeat() {
    return repeatEvery(RouteOptions.NEVER);
  }

  /** Alerts it takes go on to the routes after it. */
  public Route andContinue() {
    return edit(e -> e.continues = true);
  }

  /** Tells nobody during these intervals, except that something is over. */
  public Route muteDuring(String... intervals) {
    return edit(e -> e.muteIntervals.addAll(List.of(intervals)));
  }

  /** Tells nobody outside these intervals, except that something is over. */
  public Route activeDuring(String... intervals) {
    return edit(e -> e.activeIntervals.addAll(List.of(intervals)));
  }

  /** Tells these as well when nobody has acknowledged for this long. */
  public Route escalateAfter(Duration after, Receiver... receivers) {
    return edit(
        e -> {
          e.receivers.addAll(List.of(receivers));
          e.escalations.add(
              new Escalation(
                  Durations.bounded(after),
                  List.of(receivers).stream().map(Receiver::name).toList()));
        });
  }

  /** Adds a route for some of the alerts this one takes. */
  public Route with(Route child) {
    return edit(e -> e.children.add(child));
  }

  /** Its name, if it has one. */
  public Optional<String> name() {
    return Optional.ofNullable(settings.name);
  }

  /** What an alert has to satisfy. */
  public List<Matcher> matchers() {
    return settings.matchers;
  }

  /** The names of its receivers; its parent's where empty. */
  public List<String> receivers() {
    return settings.receiverNames;
  }

  /** The receivers it was built with, those of its children and of escalations included. */
  public List<Receiver> builtWith() {
    var all = new ArrayList<>(settings.receivers);
    settings.children.forEach(child -> all.addAll(child.builtWith()));
    return all;
  }

  /** Whether alerts it takes go on to the routes after it. */
  public boolean continues() {
    return settings.continues;
  }

  /** The routes below. */
  public List<Route> children() {
    return settings.children;
  }

  /** The names of intervals inside which nobody is told. */
  public List<String> muteIntervals() {
    return settings.muteIntervals;
  }

  /** The names of intervals outside which nobody is told. */
  public List<String> activeIntervals() {
    return settings.activeIntervals;
  }

  /** Who is told as well when nobody acknowledges. */
  public List<Escalation> escalations() {
    return settings.escalations;
  }

  /** What it states, and what its parent has where it does not. */
  RouteOptions optionsBelow(RouteOptions parent) {
    return new RouteOptions(
        settings.receiverNames.isEmpty() ? parent.receivers() : settings.receiverNames,
        settings.groupBy == null ? parent.groupBy() : settings.groupBy,
        settings.patience == null ? parent.ownWait() : Optional.of(settings.patience),
        settings.interval == null ? parent.interval() : settings.interval,
        settings.repeat == null ? parent.ownRepeat() : Optional.of(settings.repeat),
        settings.muteIntervals,
        settings.activeIntervals,
        settings.escalations);
  }

  private Route edit(Consumer<Edit> change) {
    var edit = new Edit(settings);
    change.accept(edit);
    return new Route(edit.done());
  }

  private static final class Edit {
    private @Nullable String name;
    private final List<Matcher> matchers;
    private final List<Receiver> receivers;
    private final List<String> receiverNames;
    private @Nullable GroupBy groupBy;
    private @Nullable Duration patience;
    private @Nullable Duration interval;
    private @Nullable Duration repeat;
    private boolean continues;
    private final List<String> muteIntervals;
    private final List<String> activeIntervals;
    private final List<Escalation> escalations;
    private final List<Route> children;

    private Edit(Settings from) {
      name = from.name;
      matchers = new ArrayList<>(from.matchers);
      receivers = new ArrayList<>(from.receivers);
      receiverNames = new ArrayList<>(from.receiverNames);
      groupBy = from.groupBy;
      patience = from.patience;
      interval = from.interval;
      repeat = from.repeat;
      continues = from.continues;
      muteIntervals = new ArrayList<>(from.muteIntervals);
      activeIntervals = new ArrayList<>(from.activeIntervals);
      escalations = new ArrayList<>(from.escalations);
      children = new ArrayList<>(from.children);
    }

    private Settings done() {
      return new Settings(
          name,
          List.copyOf(matchers),
          List.copyOf(receivers),
          List.copyOf(receiverNames),
          groupBy,
          patience,
          interval,
          repeat,
          continues,
          List.copyOf(muteIntervals),
          List.copyOf(activeIntervals),
          List.copyOf(escalations),
          List.copyOf(children));
    }
  }

  /** Its matchers in braces, such as <code>{severity="critical"}</code>. */
  @Override
  public String toString() {
    return settings.name != null
        ? settings.name
        : "{" + String.join(",", settings.matchers.stream().map(Matcher::toString).toList()) + "}";
  }
}
