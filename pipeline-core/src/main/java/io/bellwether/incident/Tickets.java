package io.bellwether.incident;

/** The port to a ticket system. May block and may throw. */
public interface Tickets {
  /** Opens a ticket and returns its id or address. */
  String open(Incident incident);

  /** Writes what is new into the ticket of an incident. */
  void update(String ticket, Incident incident);

  /** There is none. */
  static Tickets none() {
    return new Tickets() {
      @Override
      public String open(Incident incident) {
        return "";
      }

      @Override
      public void update(String ticket, Incident incident) {
        // Nobody reads it.
      }
    };
  }
}
