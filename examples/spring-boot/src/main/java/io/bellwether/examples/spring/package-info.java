/**
 * A Spring Boot application that rolls out a new greeting to some of its users.
 *
 * <p>{@code GET /greeting?user=ann} answers with the user's version, {@code POST /rollout?version=v2}
 * starts a canary, {@code GET /actuator/bellwether} shows where it stands.
 */
package io.bellwether.examples.spring;
