/**
 * Judges: is the candidate worse than the stable version, and is that known well enough to act?
 *
 * <p>A {@link io.bellwether.analysis.CanaryJudge} talks to nobody. It is given {@link
 * io.bellwether.analysis.PairedBlock}s, the counts of both versions over the same moments, one
 * after the other, and answers with a {@link io.bellwether.analysis.Judgement} after each:
 *
 * <pre>{@code
 * var judge = SequentialJudge.create(j -> j.alpha(percent(1)));
 * CanaryJudge.State state = judge.start(1);
 * state = state.next(block);
 * state.judgement();   // HOLD undecided: e-value 3.1 of 100 …
 * }</pre>
 *
 * <p>The {@link io.bellwether.analysis.SequentialJudge} is the default. It may be looked at after
 * every block without inflating its error: however often it is asked and whenever the rollout
 * stops, it rolls back a candidate that is no worse than stable within each block in at most {@code
 * alpha} of all launches, for independent outcomes. Absolute limits beside it (the gates) are not
 * part of that guarantee.
 *
 * <p>{@link io.bellwether.analysis.BlockPairing} makes the blocks out of the counts of both
 * versions' windows.
 *
 * <p>In a rollout none of this is called by hand: a canary is given its judge, {@code
 * canary("chat", c -> c.usualSteps().judge(CanaryJudge.sequential()))}, and the engine asks a
 * {@link io.bellwether.analysis.BlockSource} for the counts, {@link
 * io.bellwether.analysis.OutcomeBlocks} over the windows of this process if it is not given
 * another, and remembers the {@link io.bellwether.analysis.Trial} from check to check.
 *
 * <p>{@link io.bellwether.analysis.KayentaJudge} gives Spinnaker Kayenta's answers to Kayenta's
 * configurations.
 */
@NullMarked
package io.bellwether.analysis;

import org.jspecify.annotations.NullMarked;
