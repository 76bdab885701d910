/** The JSON of SLO reports, so that no type of Jackson shows. */
@NullMarked
package io.bellwether.slo.internal;

import org.jspecify.annotations.NullMarked;
