/**
 * Whether things work: {@link io.bellwether.health.VersionHealth} answers for the version of a
 * release, before it gets users and after they have come back to it.
 */
@NullMarked
package io.bellwether.health;

import org.jspecify.annotations.NullMarked;
