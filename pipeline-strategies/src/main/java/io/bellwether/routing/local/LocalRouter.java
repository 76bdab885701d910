package io.bellwether.routing.local;

import static java.util.Objects.requireNonNull;

import io.bellwether.metrics.OutcomeWindows;
import io.bellwether.release.Release;
import io.bellwether.release.Version;
import io.bellwether.routing.Audience;
import io.bellwether.routing.TrafficRouter;
import io.bellwether.routing.TrafficSplit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Divides the users of one release between its stable version and a candidate, inside the process
 * that serves them.
 *
 * <p>A request without a user key, or with a blank one, gets the stable version at every weight,
 * even at 100 %. A key is blank if it has nothing but Unicode's white space, no-break spaces among
 * it, and zero-width characters. Then come the audiences (named users, cohorts, headers), then the
 * weight: the user's place by {@link io.bellwether.routing.UserHash} is compared with it, so that a
 * user keeps the version across restarts, a growing weight takes nobody's candidate away, and 0 %
 * and 100 % are exact.
 *
 * <p><b>Mirroring.</b> Of the requests that stable answers, a split's mirrored share is copied to
 * the candidate: when stable has answered, the same {@link RoutedCall} is made once more with the
 * candidate's version, on the executor the host gave with {@link Builder#mirrorOn}, and recorded in
 * the candidate's window like any other request. The caller has its answer by then and waits for
 * nothing; what the copy returns or throws reaches nobody. It sees the executor's thread-locals,
 * not the caller's (an executor that carries them over sees the caller's thread in {@code
 * execute}), and what the call holds on to must still work when the caller's request is over. A
 * copy is dropped, and counted in {@link #mirrored}, rather than that anything waits: when too many
 * are under way, when the executor refuses or would have the caller run it, when it has waited too
 * long, and when the split no longer mirrors to its version. Copies are chosen by request, not by
 * user: the copy's answer is shown to nobody, so nobody can notice a change of version, every
 * request is as likely as any other, with a user key or without, and the share is exact after a
 * few.
 *
 * <p>Thread-safe. A new split is one volatile write: no request waits or fails because of it, and a
 * request finishes under the version it was routed to. Routing allocates nothing.
 */
public final class LocalRouter implements TrafficRouter {
  private final Release release;
  private final Map<String, Predicate<? super String>> cohorts;
  private final OutcomeWindows windows;
  private final Faults faults;
  private final Recorder recorder;
  private final @Nullable JudgedOnce once;
  private final @Nullable Mirror mirror;
  private final SplitRules rules;
  private volatile RoutingPlan plan;

  LocalRouter(
      Release release,
      Map<String, Predicate<? super String>> cohorts,
      OutcomeWindows windows,
      @Nullable JudgedSettings judged,
      @Nullable MirrorSettings mirror) {
    this.release = release;
    this.cohorts = cohorts;
    this.windows = windows;
    this.faults = new Faults(release.name());
    this.once = judged == null ? null : new JudgedOnce(judged);
    this.recorder = new Recorder(windows, once, faults);
    this.rules = new SplitRules(release.name(), cohorts, mirror != null);
    this.plan = planOf(TrafficSplit.stable(release.name(), release.initial()));
    this.mirror = mirror == null ? null : mirrorOf(mirror);
  }

  /** A router that sends everybody to the release's initial version until it is told otherwise. */
  public static LocalRouter of(Release release) {
    return builder(release).build();
  }

  /**
   * A router with these settings: {@code of(release, r -> r.cohort("beta", betaUsers::contains))}.
   */
  public static LocalRouter of(Release release, Consumer<Builder> settings) {
    var builder = builder(release);
    settings.accept(builder);
    return builder.build();
  }

  /** Starts from a router that knows no cohort and keeps windows of its own. */
  public static Builder builder(Release release) {
    return new Builder(release);
  }

  /** The version this user gets now. */
  public Version route(@Nullable String key) {
    return route(key, RequestHeaders.none());
  }

  /** The version this user gets now on a request with these headers. */
  public Version route(@Nullable String key, RequestHeaders headers) {
    return plan.arm(key, headers).version();
  }

  /** The version this user gets now, and why. */
  public RoutingDecision explain(@Nullable String key) {
    return explain(key, RequestHeaders.none());
  }

  /** The version this user gets now on a request with these headers, and why. */
  public RoutingDecision explain(@Nullable String key, RequestHeaders headers) {
    return plan.explain(key, headers);
  }

  /** Answers a request with the version its user gets, judged by {@link Classifier#standard}. */
  public <T extends @Nullable Object, X extends Throwable> T call(
      @Nullable String key, RoutedCall<T, X> call) throws X {
    return call(key, RequestHeaders.none(), Classifier.standard(), call);
  }

  /** Answers a request with the version its user gets, judged by this classifier. */
  public <T extends @Nullable Object, X extends Throwable> T call(
      @Nullable String key, Classifier<? super T> classifier, RoutedCall<T, X> call) throws X {
    return call(key, RequestHeaders.none(), classifier, call);
  }

  /**
   * Answers a request with the version its user gets, and records how long it took and how it
   * ended.
   *
   * <p>The call is made exactly once, on the caller's thread; a mirrored request is made once more
   * with the candidate, on a thread of the mirroring executor. Its answer or its exception, the
   * very same instance, reaches the caller whatever the classifier or the recording does.
   *
   * @param key who asks
   * @param headers of the request
   * @param classifier judges the answer or the exception, for the version's window
   * @param call what to do with the version
   * @throws X what the call throws
   */
  public <T extends @Nullable Object, X extends Throwable> T call(
      @Nullable String key,
      RequestHeaders headers,
      Classifier<? super T> classifier,
      RoutedCall<T, X> call)
      throws X {
    return call(key, headers, classifier, null, call);
  }

  <T extends @Nullable Object, X extends Throwable> T call(
      @Nullable String key,
      RequestHeaders headers,
      Classifier<? super T> classifier,
      @Nullable MirrorComparator<? super T> comparator,
      RoutedCall<T, X> call)
      throws X {
    requireNonNull(call, "call is missing: expected what to do with the version");
    var now = plan;
    var arm = now.arm(key, headers);
    return mirror == null || !now.mirrorsSomeOf(arm)
        ? recorder.call(arm, key, classifier, call)
        : mirror.call(now, key, classifier, comparator, call);
  }

  /**
   * Routes a request whose answer does not come on this thread, such as a stream; the host tells
   * its end. Such a request is not mirrored.
   */
  public RoutedRequest begin(@Nullable String key) {
    return begin(key, RequestHeaders.none());
  }

  /** Routes a request with these headers whose answer does not come on this thread. */
  public RoutedRequest begin(@Nullable String key, RequestHeaders headers) {
    return recorder.begin(plan.arm(key, headers), key);
  }

  /** This router for calls that are all judged alike. */
  public <T extends @Nullable Object> ClassifiedRouter<T> classifying(Classifier<T> classifier) {
    return new ClassifiedRouter<>(this, classifier, null);
  }

  /** This router for calls whose mirrored answers are compared with stable's like this. */
  public <T extends @Nullable Object> ClassifiedRouter<T> comparing(
      MirrorComparator<? super T> comparator) {
    return new ClassifiedRouter<>(this, Classifier.standard(), comparator);
  }

  /**
   * Divides the traffic like this from now on, and ends the windows' current block, so that no
   * block spans two weights.
   *
   * @throws io.bellwether.InvalidConfigurationException if the split is one of another release,
   *     names a cohort this router does not know, or mirrors requests without an executor to do it
   *     on; nothing changes then
   */
  @Override
  public void apply(TrafficSplit split) {
    rules.check(split).throwIfAny("traffic split of '" + split.release() + "'");
    if (!split.equals(plan.split())) {
      plan = planOf(split);
      var now = windows.ticker().nanos();
      windows.cutBlocks(release.name(), now);
      if (once != null) {
        once.cutBlocks(release.name(), now);
      }
    }
  }

  @Override
  public List<String> problems(TrafficSplit split) {
    return rules.check(split).list();
  }

  /**
   * The split that was applied last.
   *
   * @throws IllegalArgumentException if this is not the router of that release
   */
  @Override
  public TrafficSplit read(String release) {
    if (!release.equals(this.release.name())) {
      throw new IllegalArgumentException(
          "release '" + release + "': this router divides '" + this.release.name() + "'");
    }
    return plan.split();
  }

  /** Routing inside the process starts anew with it. */
  @Override
  public boolean remembers() {
    return false;
  }

  /** The release whose users this router divides. */
  public Release release() {
    return release;
  }

  /** The windows this router records into: give them to the runtime as its metric source. */
  public OutcomeWindows windows() {
    return windows;
  }

  /** What became of the requests that were to be mirrored, since the router was made. */
  public MirrorCounts mirrored() {
    return mirror == null ? MirrorCounts.NONE : mirror.counts();
  }

  /** How often a cohort, a header look-up, a classifier or a comparator of the host has failed. */
  public long faults() {
    return faults.count();
  }

  /** For example {@code router of support-prompt: v7 10%, v6 90%}. */
  @Override
  public String toString() {
    return "router of " + plan.split();
  }

  private RoutingPlan planOf(TrafficSplit split) {
    return new RoutingPlan(
        split,
        arm(split.stable()),
        arm(split.candidate()),
        Target.any(split.audiences().stream().map(this::target).toList()));
  }

  private Target target(Audience audience) {
    if (audience instanceof Audience.Users users) {
      return new Target.Named(new HashSet<>(users.keys())); // faster to ask than an immutable set
    }
    if (audience instanceof Audience.Cohort cohort) {
      var members = requireNonNull(cohorts.get(cohort.name()), "checked before");
      return new Target.Members(cohort.name(), members, faults);
    }
    var header = (Audience.Header) audience;
    return new Target.Carriers(header.name(), header.value(), faults);
  }

  private Mirror mirrorOf(MirrorSettings settings) {
    var queue = new MirrorQueue(settings, windows.ticker(), faults, () -> this.plan);
    return new Mirror(release.name(), recorder, windows, faults, queue);
  }

  private Arm arm(Version version) {
    return new Arm(
        version,
        windows.of(release.name(), version),
        once == null ? null : once.window(release.name(), version));
  }

  /** Collects the settings of a router. Not thread-safe. */
  public static final class Builder extends RoutingBuilder<Builder> {
    private final Release release;

    private Builder(Release release) {
      this.release = requireNonNull(release, "release is missing: expected what is routed");
    }

    @Override
    Builder self() {
      return this;
    }

    /**
     * The router.
     *
     * @throws io.bellwether.InvalidConfigurationException if the ticker is not the windows' one
     */
    public LocalRouter build() {
      var windows = windows("router of '" + release.name() + "'");
      return new LocalRouter(release, cohorts(), windows, judged(), mirror());
    }
  }
}
