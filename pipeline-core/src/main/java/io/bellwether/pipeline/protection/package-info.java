/**
 * Who may deploy where, and when.
 *
 * <p>An {@link io.bellwether.pipeline.protection.Environment} has rules; each looks at a {@link
 * io.bellwether.pipeline.protection.ProtectionRequest} and says go, wait or no, with its reason.
 * All have to say go, unless an administrator overrides them, which is recorded and reviewed
 * afterwards.
 *
 * <pre>{@code
 * var production = Environment.named("production", e -> e
 *     .reviewers(r -> r.people("lead", "peer").team("sre", teams))   // one of them, never the author
 *     .waitTimer(ofMinutes(5))
 *     .branches("main")
 *     .window(DeploymentWindow.weekdays("09:00", "16:00", ZoneId.of("Europe/Berlin")))
 *     .administrators("ops"));
 * }</pre>
 *
 * <p>What people say comes through an {@link io.bellwether.pipeline.protection.ApprovalSource}.
 */
@NullMarked
package io.bellwether.pipeline.protection;

import org.jspecify.annotations.NullMarked;
