/**
 * Masking for {@code java.util.logging}; for Logback there is {@code pipeline-logback}.
 *
 * <pre>{@code
 * LogMasking.install(Logger.getLogger(""), masker);
 * }</pre>
 */
@NullMarked
package io.bellwether.secret.logging;

import org.jspecify.annotations.NullMarked;
