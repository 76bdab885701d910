/**
 * The words every other package speaks: {@link io.bellwether.Ratio} for shares and percentages, and
 * {@link io.bellwether.BellwetherException}, the root of everything the library throws.
 *
 * <p>Only what is shared by several features belongs here; whatever a single feature owns lives in
 * that feature's package.
 */
@NullMarked
package io.bellwether;

import org.jspecify.annotations.NullMarked;
