/**
 * Masking for {@code java.util.logging}; for Logback there is {@code pipeline-logback}.
 *
 * <pre>{@code
 * for (var handler : Logger.getLogger("").getHandlers()) {
 *   handler.setFormatter(new MaskingFormatter(handler.getFormatter(), masker));
 * }
 * }</pre>
 */
@NullMarked
package io.bellwether.secret.logging;

import org.jspecify.annotations.NullMarked;
