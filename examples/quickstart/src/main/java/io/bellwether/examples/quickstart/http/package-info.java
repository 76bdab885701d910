/**
 * The few lines about HTTP and JSON that both servers of the program share.
 *
 * <p>Everything is the JDK's own server and client on 127.0.0.1; the settings that make them quick
 * stand in {@link io.bellwether.examples.quickstart.http.LocalHttp}.
 */
@NullMarked
package io.bellwether.examples.quickstart.http;

import org.jspecify.annotations.NullMarked;
