/**
 * SLOs and their alerts as OpenSLO v1 YAML, read and written.
 *
 * <p>{@link io.bellwether.openslo.OpenSlo#parse} reads the documents of a text: SLO, SLI,
 * AlertPolicy, AlertCondition and AlertNotificationTarget, inline or by reference. What it cannot
 * express in this library's terms it refuses with the path of the field; it never passes anything
 * over in silence. {@link io.bellwether.openslo.OpenSlo#write} is the way back: what was written is
 * read as what it was. What OpenSLO has no field for, such as a strict objective or a second window
 * of an alert, is kept in annotations whose names begin with {@code bellwether.io/}.
 *
 * <pre>{@code
 * var bundle = OpenSlo.parse(Files.readString(Path.of("chat.yaml")));
 * var slo = bundle.slos().get(0).slo();
 * SloCalculator.of(slo).report(measurements, now);
 * }</pre>
 *
 * <p>Format: OpenSLO specification v1, github.com/OpenSLO/OpenSLO.
 */
@NullMarked
package io.bellwether.openslo;

import org.jspecify.annotations.NullMarked;
