/**
 * Routes, inhibitions and time intervals of an Alertmanager file, for an alert router of the
 * library: {@link io.bellwether.alertmanager.AlertmanagerConfig}.
 */
@NullMarked
package io.bellwether.alertmanager;

import org.jspecify.annotations.NullMarked;
