package io.bellwether.examples.fleet;

import io.bellwether.examples.fleet.Load.Failure;
import io.bellwether.rollout.Phase;
import io.bellwether.rollout.RolloutState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Rollouts one after the other, under load, while parts of the machine are broken by a script. */
final class Campaign {
  private static final Duration END = Duration.ofSeconds(120);

  private final long begun = System.nanoTime();
  private final Machine machine;
  private final Books books;
  private final Load load;
  private final SplittableRandom random;
  private final int wanted;
  private final Map<Fault, Integer> done = new EnumMap<>(Fault.class);
  private final List<Duration> takeovers = new ArrayList<>();
  private final Map<Phase, Integer> ends = new EnumMap<>(Phase.class);
  private final List<String> wrong = new ArrayList<>();
  private int faults;
  private int rollouts;
  private int notices;

  Campaign(Machine machine, Load load, long seed, int wanted) {
    this.machine = machine;
    this.books = new Books(machine.postgres().url());
    this.load = load;
    this.random = new SplittableRandom(seed);
    this.wanted = wanted;
  }

  void run() {
    while (faults < wanted) {
      var candidate = "v" + (rollouts + 2) + (random.nextInt(3) == 0 ? Model.BAD : "");
      rollOut(candidate);
    }
  }

  /** What did not go as it has to. */
  List<String> wrong() {
    return wrong;
  }

  private void rollOut(String candidate) {
    rollouts++;
    if (!start(candidate)) {
      wrong.add(candidate + " could not be started");
      faults++; // so that a fleet that is dead ends the campaign
      return;
    }
    while (faults < wanted && !hasEnded(candidate)) {
      pause(Duration.ofMillis(random.nextInt(300, 2_500)));
      strike(pick());
    }
    if (await(END, () -> hasEnded(candidate) && books.isNothingOpen())) {
      check(candidate, find(candidate).orElseThrow());
    } else {
      wrong.add(candidate + " did not end: " + find(candidate));
    }
  }

  private boolean start(String candidate) {
    return await(
        Duration.ofSeconds(40),
        () ->
            machine
                    .ask(random.nextInt(Machine.REPLICAS), "/start?version=" + candidate)
                    .filter(answer -> answer.statusCode() == 200)
                    .isPresent()
                || find(candidate).isPresent());
  }

  /** Each kind in turn first, then as it comes. */
  private Fault pick() {
    var all = Fault.values();
    return faults < all.length ? all[faults] : all[random.nextInt(all.length)];
  }

  private void strike(Fault fault) {
    faults++;
    log("fault " + faults + ": " + fault.words());
    done.merge(fault, 1, Integer::sum);
    load.during(fault.name());
    var any = random.nextInt(Machine.REPLICAS);
    switch (fault) {
      case KILL_LEADER -> killLeader();
      case KILL_FOLLOWER -> killFollower(any);
      case POSTGRES_RESTART -> {
        machine.postgres().kill();
        pause(Duration.ofMillis(random.nextInt(0, 1_500)));
        machine.postgres().startAgain();
      }
      case HAPROXY_RESTART -> {
        machine.killHaproxy();
        machine.startHaproxyAgain();
      }
      case SOCKET_HANG -> {
        machine.way(any).hang();
        pause(Duration.ofMillis(random.nextInt(1_000, 4_000)));
        machine.way(any).heal();
      }
      case CONNECTION_RESET -> machine.way(any).reset();
      case PARTITION -> cutOff(any);
      case CLOCK_JUMP -> machine.ask(any, "/jump?seconds=" + random.nextInt(-86_400, 86_400));
    }
    pause(Duration.ofMillis(600)); // HAProxy looks twice before it believes
    load.during("");
  }

  private void killLeader() {
    var leader = books.leader();
    if (leader.isEmpty()) {
      killFollower(0);
      return;
    }
    var begun = System.nanoTime();
    machine.kill(leader.get().replica());
    if (await(
        Duration.ofSeconds(15),
        () -> books.leader().filter(it -> it.fence() > leader.get().fence()).isPresent())) {
      takeovers.add(Duration.ofNanos(System.nanoTime() - begun));
    } else {
      wrong.add("nobody took over from " + leader.get());
    }
    machine.startAgain(leader.get().replica());
  }

  private void killFollower(int any) {
    var leads = books.leader().map(Books.Leader::replica).orElse(-1);
    var replica = any == leads ? (any + 1) % Machine.REPLICAS : any;
    machine.kill(replica);
    pause(Duration.ofMillis(random.nextInt(0, 1_000)));
    machine.startAgain(replica);
  }

  private void cutOff(int replica) {
    var time = Duration.ofMillis(random.nextInt(7_000, 10_000));
    var rule = Partition.of(machine.way(replica).port());
    if (rule.isPresent()) {
      rule.get().during(() -> pause(time));
    } else {
      machine.way(replica).hang();
      pause(time);
      machine.way(replica).heal();
    }
  }

  private void log(String text) {
    System.out.printf("%7.1f s  %s%n", (System.nanoTime() - begun) / 1e9, text);
  }

  private Optional<RolloutState> find(String candidate) {
    try {
      return books.rollouts().stream()
          .filter(state -> state.candidate().id().equals(candidate))
          .findFirst();
    } catch (RuntimeException databaseIsAway) {
      return Optional.empty();
    }
  }

  private boolean hasEnded(String candidate) {
    return find(candidate).filter(state -> state.phase().isTerminal()).isPresent();
  }

  private void check(String candidate, RolloutState end) {
    log(end.explain());
    ends.merge(end.phase(), 1, Integer::sum);
    var bad = candidate.endsWith(Model.BAD);
    if (bad ? end.phase() != Phase.ROLLED_BACK : !isAsPlannedOrBack(end.phase())) {
      wrong.add(candidate + " ended as " + end.explain());
    }
    var told = books.endsTold(end.id());
    notices += told.size();
    if (told.stream().distinct().count() != 1) {
      wrong.add(candidate + " has ended under " + told);
    }
    var stable = end.phase() == Phase.PROMOTED ? candidate : end.stable().id();
    for (var i = 0; i < Machine.REPLICAS; i++) {
      var replica = i;
      if (!await(Duration.ofSeconds(20), () -> serves(replica, stable))) {
        wrong.add(Machine.name(i) + " does not serve " + stable + " after " + end.explain());
      }
    }
  }

  private static boolean isAsPlannedOrBack(Phase phase) {
    return phase == Phase.PROMOTED || phase == Phase.ROLLED_BACK;
  }

  /** Twenty users get this version. */
  private boolean serves(int replica, String version) {
    for (var user = 0; user < 20; user++) {
      var answer = machine.ask(replica, "/chat?user=probe" + user);
      if (answer
          .flatMap(it -> it.headers().firstValue("X-Version"))
          .filter(version::equals)
          .isEmpty()) {
        return false;
      }
    }
    return true;
  }

  private static boolean await(Duration patience, BooleanSupplier condition) {
    var until = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > until) {
        return false;
      }
      pause(Duration.ofMillis(50));
    }
    return true;
  }

  private static void pause(Duration time) {
    var until = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < until) {
      LockSupport.parkNanos(Math.min(TimeUnit.MILLISECONDS.toNanos(50), time.toNanos()));
    }
  }

  /** Requests that failed though nothing that answers was killed. */
  List<Failure> unexcused() {
    return load.failures().stream()
        .filter(it -> it.fault().isEmpty() || !Fault.valueOf(it.fault()).killsWhatAnswers())
        .toList();
  }

  /** The figures, as a page has them. */
  String report() {
    var failed = new TreeMap<String, Long>();
    load.failures().forEach(it -> failed.merge(it.fault(), 1L, Long::sum));
    var text = new StringBuilder("| fault | times | requests failed |\n| --- | --- | --- |\n");
    for (var fault : Fault.values()) {
      text.append(
          "| %s | %d | %d |%n"
              .formatted(
                  fault.words(),
                  done.getOrDefault(fault, 0),
                  failed.getOrDefault(fault.name(), 0L)));
    }
    text.append("| nothing broken | | %d |%n%n".formatted(failed.getOrDefault("", 0L)));
    text.append(
        "%d faults, %d rollouts, ends %s; %d requests, %d asked again after a refused connection%n"
            .formatted(faults, rollouts, ends, load.requests(), load.retries()));
    var sorted = takeovers.stream().sorted().map(Duration::toMillis).toList();
    text.append("takeovers after kill -9 of the leader, ms: %s%n".formatted(sorted));
    text.append(
        "notices of ends: %d, for %d rollouts%n"
            .formatted(notices, ends.values().stream().mapToInt(it -> it).sum()));
    return text.toString();
  }
}
