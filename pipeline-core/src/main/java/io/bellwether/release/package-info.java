/**
 * What is rolled out: a {@link io.bellwether.release.Release} is a thing users see (a prompt, a
 * model setting, a service) and a {@link io.bellwether.release.Version} one edition of it.
 *
 * <p>The store remembers which version is stable; a {@link io.bellwether.release.VersionCatalog}
 * turns a remembered version back into the artefact it names.
 */
@NullMarked
package io.bellwether.release;

import org.jspecify.annotations.NullMarked;
