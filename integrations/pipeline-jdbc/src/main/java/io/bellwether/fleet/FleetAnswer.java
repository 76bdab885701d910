package io.bellwether.fleet;

/**
 * What the leader answered to a command.
 *
 * @param run the id of the rollout it concerned
 * @param words where that stood then, for people
 */
public record FleetAnswer(String run, String words) {}
