/**
 * Who deployed what, when, on whose approval, and which checks had passed.
 *
 * <p>An {@link io.bellwether.pipeline.audit.AuditLog} is a chain: each entry carries the hash of
 * the one before, so that no entry can be changed, left out or moved without all after it being
 * wrong. It is verified whenever it is opened.
 *
 * <pre>{@code
 * try (var audit = AuditLog.open(Path.of("/var/lib/chat/audit.log"))) {
 *   audit.deployments();          // who, what, where, when, approved by whom, after which checks
 *   audit.overridesToReview();    // what an administrator let through and nobody has reviewed yet
 *   audit.toMarkdown();
 * }
 * }</pre>
 */
@NullMarked
package io.bellwether.pipeline.audit;

import org.jspecify.annotations.NullMarked;
