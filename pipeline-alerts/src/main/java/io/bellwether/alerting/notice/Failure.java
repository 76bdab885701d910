package io.bellwether.alerting.notice;

/** Why a delivery failed, as meters tell it. */
public enum Failure {
  /** It did not. */
  NONE("none"),
  /** The request was refused (4xx). */
  CLIENT_ERROR("clientError"),
  /** The server failed (5xx). */
  SERVER_ERROR("serverError"),
  /** The credentials were refused (401, 403). */
  AUTH_ERROR("authError"),
  /** Too many messages (429). */
  RATE_LIMITED("rateLimited"),
  /** No answer in time. */
  TIMEOUT("timeout"),
  /** No connection, or it broke. */
  CONNECTION("connection"),
  /** The receiver failed so often that it is left alone for a while. */
  CIRCUIT_OPEN("circuitOpen"),
  /** More messages wait than the receiver's queue holds. */
  QUEUE_FULL("queueFull"),
  /** The message could not be made. */
  RENDERING("rendering"),
  /** Anything else. */
  OTHER("other");

  private final String tag;

  Failure(String tag) {
    this.tag = tag;
  }

  /** The value of a meter's tag. */
  public String tag() {
    return tag;
  }
}
