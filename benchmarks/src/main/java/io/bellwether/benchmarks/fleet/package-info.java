/** A fleet of many replicas on one PostgreSQL: what it costs, and how fast it decides. */
@NullMarked
package io.bellwether.benchmarks.fleet;

import org.jspecify.annotations.NullMarked;
