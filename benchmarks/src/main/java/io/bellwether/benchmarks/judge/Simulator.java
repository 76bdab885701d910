package io.bellwether.benchmarks.judge;

/** Draws runs of a row; the same number and run give the same counts whatever else is drawn. */
final class Simulator {
  private final Row row;
  private final long number;

  Simulator(Row row, long number) {
    this.row = row;
    this.number = number;
  }

  /** A run at the weights of the protocol. */
  Run run(int index) {
    var world = world(index);
    for (var tick = 0; tick < row.ticks(); tick++) {
      world.next(row.shareAt(tick));
    }
    return world.run();
  }

  /** The same run from its beginning, at whatever weights it is given. */
  World world(int index) {
    return new World(row, part -> new Draws(number, row.id().hashCode(), index, part));
  }
}
