/** Classes that break one rule each, every method in its own way. */
package io.bellwether.architecture.offenders;
