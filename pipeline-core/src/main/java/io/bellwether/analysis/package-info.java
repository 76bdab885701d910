/**
 * Judges that compare a canary with its baseline.
 *
 * <p>{@link io.bellwether.analysis.KayentaJudge} gives Spinnaker Kayenta's answers to Kayenta's
 * configurations.
 */
@NullMarked
package io.bellwether.analysis;

import org.jspecify.annotations.NullMarked;
