/**
 * The settings the library knows, as records, and what they are for: thresholds for gates, alert
 * rules and the health monitor, and a limiter for requests to a provider.
 *
 * <pre>{@code
 * var settings = DeliverySettings.from(config);
 * var thresholds = settings.thresholds();
 * var gate = Gates.canary(thresholds);                 // and AlertRules, and the monitor
 * var limiter = settings.limiter();                    // rate_limits.requests_per_minute
 * }</pre>
 */
@NullMarked
package io.bellwether.config.settings;

import org.jspecify.annotations.NullMarked;
