/** The strategies of the guide, each as a program that prints how a rollout goes. */
@NullMarked
package io.bellwether.examples.strategies;

import org.jspecify.annotations.NullMarked;
