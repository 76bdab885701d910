package io.bellwether.testing;

import static io.bellwether.testing.Contract.expect;

import io.bellwether.pipeline.Trigger;
import io.bellwether.pipeline.Vote;
import io.bellwether.pipeline.protection.ApprovalSource;
import io.bellwether.pipeline.protection.ProtectionRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The rules every {@link ApprovalSource} keeps: nobody has voted before somebody does, every vote
 * comes back as it was given and in order, and votes for one stage are no votes for another.
 *
 * <pre>{@code
 * ApprovalSourceTck.verify(source, (run, stage, vote) -> page.click(run, stage, vote));
 * }</pre>
 */
public final class ApprovalSourceTck {
  private static final Instant AT = MutableClock.START;

  /** How people vote with the source under test. */
  @FunctionalInterface
  public interface Voting {
    /**
     * Somebody votes; the vote's time may be the source's own.
     *
     * @throws Exception if it cannot be done
     */
    void cast(String run, String stage, Vote vote) throws Exception;
  }

  private final ApprovalSource source;
  private final Voting voting;

  private ApprovalSourceTck(ApprovalSource source, Voting voting) {
    this.source = source;
    this.voting = voting;
  }

  /**
   * Verifies a source that nobody has voted with yet.
   *
   * @throws AssertionError that tells every broken rule
   */
  public static void verify(ApprovalSource source, Voting voting) {
    var tck = new ApprovalSourceTck(source, voting);
    new Contract("ApprovalSource")
        .check("nobody has voted before somebody does", tck::beginsEmpty)
        .check("a vote comes back as it was given", tck::givesBack)
        .check("votes come in the order they were given", tck::keepsOrder)
        .check("votes for one stage are none for another", tck::tellsStagesApart)
        .check("names cannot reach into another stage", tck::keepsNamesInside)
        .check("asking people again changes nothing", tck::asksTwice)
        .check("votes at the same time are all counted", tck::countsAll)
        .throwIfBroken(source);
  }

  private void beginsEmpty() {
    expect(source.votes(request("run-1", "deploy")), List.of(), "votes");
  }

  private void givesBack() throws Exception {
    voting.cast("run-2", "deploy", vote("lead", Vote.Kind.APPROVE, 0));
    voting.cast("run-2", "deploy", vote("ops", Vote.Kind.OVERRIDE, 1));
    expect(actors("run-2", "deploy"), List.of("lead", "ops"), "who voted");
    expect(
        source.votes(request("run-2", "deploy")).stream().map(Vote::kind).toList(),
        List.of(Vote.Kind.APPROVE, Vote.Kind.OVERRIDE),
        "what they said");
    expect(source.votes(request("run-2", "deploy")).get(1).reason(), "because", "why they said so");
  }

  private void keepsOrder() throws Exception {
    var expected = new ArrayList<String>();
    for (var number = 0; number < 12; number++) {
      voting.cast("run-3", "deploy", vote("p" + (12 - number), Vote.Kind.APPROVE, number));
      expected.add("p" + (12 - number));
    }
    expect(actors("run-3", "deploy"), expected, "who voted");
  }

  private void tellsStagesApart() throws Exception {
    voting.cast("run-4", "deploy", vote("lead", Vote.Kind.APPROVE, 0));
    expect(actors("run-4", "migrate"), List.of(), "votes for another stage");
    expect(actors("run-5", "deploy"), List.of(), "votes for another run");
  }

  private void keepsNamesInside() throws Exception {
    voting.cast("run-6", "../run-7/deploy", vote("lead", Vote.Kind.APPROVE, 0));
    expect(actors("run-7", "deploy"), List.of(), "votes of a run nobody voted on");
  }

  private void asksTwice() throws Exception {
    voting.cast("run-8", "deploy", vote("lead", Vote.Kind.APPROVE, 0));
    source.ask(request("run-8", "deploy"));
    source.ask(request("run-8", "deploy"));
    expect(actors("run-8", "deploy"), List.of("lead"), "who voted");
  }

  private void countsAll() throws Exception {
    var works = new ArrayList<Contract.Check>();
    for (var number = 0; number < 8; number++) {
      var name = "q" + number;
      works.add(() -> voting.cast("run-9", "deploy", vote(name, Vote.Kind.APPROVE, 0)));
    }
    Contract.together(works);
    expect(actors("run-9", "deploy").size(), 8, "votes");
  }

  private List<String> actors(String run, String stage) {
    return source.votes(request(run, stage)).stream().map(Vote::actor).toList();
  }

  private static Vote vote(String actor, Vote.Kind kind, int second) {
    return new Vote(actor, kind, "because", AT.plusSeconds(second));
  }

  private static ProtectionRequest request(String run, String stage) {
    return new ProtectionRequest(
        run, stage, "production", Trigger.of("main", "4f2a9c1", "dev"), AT, List.of());
  }
}
