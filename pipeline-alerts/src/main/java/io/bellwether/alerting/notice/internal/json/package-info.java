/** JSON, written and read by a library and never by joining strings. */
@NullMarked
package io.bellwether.alerting.notice.internal.json;

import org.jspecify.annotations.NullMarked;
