/**
 * Masks secrets in everything Logback writes.
 *
 * <pre>{@code
 * MaskingEncoder.install((LoggerContext) LoggerFactory.getILoggerFactory(), masker);
 * }</pre>
 *
 * <p>Call it after Logback was configured, and before the first secret is read.
 */
@NullMarked
package io.bellwether.logback;

import org.jspecify.annotations.NullMarked;
