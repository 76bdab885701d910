package io.bellwether.examples.cli;

import io.bellwether.Ratio;
import io.bellwether.analysis.ArmCounts;
import io.bellwether.analysis.CanaryJudge;
import io.bellwether.analysis.JudgeDecision;
import io.bellwether.analysis.JudgedStream;
import io.bellwether.analysis.Judgement;
import io.bellwether.analysis.PairedBlock;
import io.bellwether.analysis.SequentialJudge;
import io.bellwether.analysis.SequentialJudgeBuilder;
import io.bellwether.analysis.StreamEvidence;
import io.bellwether.analysis.Tally;
import io.bellwether.examples.cli.io.Csv;
import io.bellwether.examples.cli.io.Exit;
import io.bellwether.examples.cli.io.Json;
import io.bellwether.examples.cli.io.Output;
import io.bellwether.examples.cli.io.Refusal;
import io.bellwether.routing.Weight;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The sequential judge on two tables of counts, a row per block of time. */
record CountsVerdict(Arguments given, Output out) {
  /** Nobody says how traffic was split, so the judge is told to expect nothing of it. */
  private static final Weight UNKNOWN = Weight.percent(50);

  Exit judge(Csv baseline, Csv canary) {
    var stable = blocks(baseline);
    var candidate = blocks(canary);
    if (!stable.keySet().equals(candidate.keySet())) {
      var alone = new TreeMap<>(stable.size() >= candidate.size() ? stable : candidate);
      alone.keySet().removeAll((stable.size() >= candidate.size() ? candidate : stable).keySet());
      out.note(
          alone.size()
              + " blocks are in one table alone, and are compared with nothing there;"
              + " the first is "
              + alone.firstEntry().getKey());
    }
    var all = new TreeMap<>(stable);
    all.putAll(candidate);
    CanaryJudge.State state = judge(baseline, canary, given).start(launch());
    for (var block : all.keySet()) {
      state =
          state.next(
              new PairedBlock(
                  block,
                  UNKNOWN,
                  candidate.getOrDefault(block, ArmCounts.NONE),
                  stable.getOrDefault(block, ArmCounts.NONE)));
    }
    var judgement = state.judgement();
    var exit = exit(judgement.decision());
    if (given.has("--json")) {
      out.json(json(judgement));
    } else {
      out.say(exit, judgement);
    }
    return exit;
  }

  private int launch() {
    return given.<Integer>option("--launch").orElse(1);
  }

  private static SequentialJudge judge(Csv baseline, Csv canary, Arguments given) {
    var streams = new ArrayList<>(List.of(JudgedStream.errors().stake(5)));
    if (baseline.has("empties") && canary.has("empties")) {
      streams.add(JudgedStream.empties().stake(4));
    }
    if (baseline.has("slow") && canary.has("slow")) {
      streams.add(JudgedStream.slow(0).stake(3));
    }
    return CanaryJudge.sequential(
        j -> settings(j.streams(streams.toArray(JudgedStream[]::new)), given));
  }

  private static SequentialJudgeBuilder settings(SequentialJudgeBuilder judge, Arguments given) {
    judge.freshness(Ratio.ZERO);
    given.<Ratio>option("--alpha").ifPresent(judge::alpha);
    given.<Ratio>option("--beta").ifPresent(judge::beta);
    given.<Long>option("--min-requests").ifPresent(judge::minimumSample);
    given.<Long>option("--promote-after").ifPresent(judge::promoteAfter);
    return judge;
  }

  private static Map<Long, ArmCounts> blocks(Csv table) {
    var blocks = new TreeMap<Long, ArmCounts>();
    for (var row : table.rows()) {
      var block = row.count("block");
      if (block < 1) {
        throw new Refusal(row.place() + ": block is 0, expected numbers from 1");
      }
      if (blocks.put(block, counts(table, row)) != null) {
        throw new Refusal(row.place() + ": there is a block " + block + " already");
      }
    }
    return blocks;
  }

  private static ArmCounts counts(Csv table, Csv.Row row) {
    var requests = row.count("requests");
    var slow =
        table.has("slow") ? List.of(new Tally(requests, row.count("slow"))) : List.<Tally>of();
    try {
      return new ArmCounts(
          requests,
          row.count("errors"),
          table.has("empties") ? row.count("empties") : 0,
          slow,
          List.of());
    } catch (IllegalArgumentException e) {
      throw new Refusal(row.place() + ": " + e.getMessage() + "; no more than all can be bad");
    }
  }

  private static Exit exit(JudgeDecision decision) {
    return switch (decision) {
      case PROMOTE -> Exit.FINE;
      case ROLLBACK -> Exit.FOUND;
      case HOLD -> Exit.UNDECIDED;
    };
  }

  private static Json json(Judgement judgement) {
    var json =
        Json.object()
            .put("judge", judgement.judge())
            .put("verdict", judgement.decision())
            .put("reason", judgement.reason())
            .put("culprits", judgement.culprits())
            .put("candidate_requests", judgement.exposed())
            .put("detail", judgement.detail());
    judgement
        .alarm()
        .ifPresent(
            alarm ->
                json.put("e_value", alarm.eValue())
                    .put("limit", alarm.limit())
                    .put("alpha_spent", alarm.alphaSpent()));
    return json.put("streams", judgement.streams().stream().map(CountsVerdict::json).toList());
  }

  private static Json json(StreamEvidence stream) {
    return Json.object()
        .put("name", stream.stream())
        .put("e_value", stream.eValue())
        .put("safety", stream.safety())
        .put("candidate_rate", stream.candidate().rate())
        .put("stable_rate", stream.stable().rate());
  }
}
