/** What it costs to route alerts and to take them in. */
package io.bellwether.benchmarks.alerts;
