/**
 * Rollout plans that stand in files.
 *
 * <p>A {@link io.bellwether.plans.PlanFile} is a plan as YAML; {@code strategy()} makes of it what
 * a runtime runs and {@code simulate} tries. {@link io.bellwether.plans.ArgoRollouts} and {@link
 * io.bellwether.plans.Flagger} read the plans of those tools and write them as such files, {@link
 * io.bellwether.plans.KayentaFile} reads a configuration of Kayenta's judge. A conversion carries
 * over what means the same here, and says in notes what it left out and why: a plan that would
 * quietly watch less than before is worse than none.
 *
 * <p>Our own files are strict, as configurations are: everything unknown is refused, with its
 * place. Files of others are read leniently, since they say much that is not about the rollout.
 */
@NullMarked
package io.bellwether.plans;

import org.jspecify.annotations.NullMarked;
