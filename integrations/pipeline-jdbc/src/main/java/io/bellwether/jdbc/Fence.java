package io.bellwether.jdbc;

/**
 * The sign of one reign: who held a lease, and which number the database gave for it. Each change
 * of the holder makes the number larger, so that of two fences of a lease the larger is the later.
 *
 * @param lease the lease's name
 * @param holder who held it, unique to one process
 * @param number grows with each reign, from 1
 */
public record Fence(String lease, String holder, long number) {
  /** For example {@code fence 4 of lease chat, held by chat-7f9}. */
  @Override
  public String toString() {
    return "fence " + number + " of lease " + lease + ", held by " + holder;
  }
}
