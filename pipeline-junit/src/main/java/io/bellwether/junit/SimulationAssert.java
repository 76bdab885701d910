package io.bellwether.junit;

import io.bellwether.strategy.Simulation;

/** What can be said of a simulation or a replay. */
public final class SimulationAssert extends AbstractToldAssert<SimulationAssert, Simulation> {
  SimulationAssert(Simulation actual) {
    super(actual, SimulationAssert.class);
  }

  /**
   * The candidate served at most this many requests.
   *
   * <p>Fails on a replay, whose trace does not tell how many there were.
   */
  public SimulationAssert exposedAtMost(long requests) {
    isNotNull();
    var exposed = actual.exposed();
    return expect(
        exposed.isPresent() && exposed.getAsLong() <= requests,
        "at most " + requests + " requests to be served by the candidate",
        exposed.isPresent()
            ? "it served " + exposed.getAsLong()
            : "a replay does not know how many it served");
  }

  @Override
  Story read(Simulation actual) {
    return new Story(actual.end(), actual.journal(), actual.alerts());
  }
}
