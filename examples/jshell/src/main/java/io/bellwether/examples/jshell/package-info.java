/** The jshell tool of the JDK with the library in it, and with mistakes told by their message. */
@NullMarked
package io.bellwether.examples.jshell;

import org.jspecify.annotations.NullMarked;
