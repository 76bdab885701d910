package io.bellwether.dashboard;

/** A request that is answered by a problem. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;

  Refusal(int status, String problem) {
    super(problem, null, false, false);
    this.status = status;
  }

  Answer answer() {
    return Answer.problem(status, String.valueOf(getMessage()));
  }
}
