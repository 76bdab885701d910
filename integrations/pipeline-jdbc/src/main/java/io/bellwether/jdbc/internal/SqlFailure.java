package io.bellwether.jdbc.internal;

import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a database's exception means, and its words without a password. */
public final class SqlFailure {
  private static final Pattern USER_INFO = Pattern.compile("//[^/@\\s]*@");
  private static final Pattern PASSWORD =
      Pattern.compile("(?i)((?:password|pwd|passwd|secret)\\s*[=:]\\s*)[^&;\\s]*");

  private SqlFailure() {}

  /** The transaction was rolled back because of another; the next attempt may well succeed. */
  public static boolean isConflict(SQLException failure) {
    var state = state(failure);
    return state.equals("40001") || state.equals("40P01") || state.equals("90131");
  }

  /** The connection is gone, not what was asked; another one may do. */
  public static boolean isConnectionLost(SQLException failure) {
    var state = state(failure);
    return state.startsWith("08")
        || state.equals("57P01") // the server is shutting down
        || state.equals("57P02") // another process of the server has crashed
        || state.equals("25P03") // idle too long in a transaction
        || state.equals("90067") // H2: connection is broken
        || state.equals("90121"); // H2: database is closed
  }

  /** Nobody answered in time; to ask again would take as long again. */
  public static boolean isTimeout(SQLException failure) {
    return failure.getCause() instanceof SocketTimeoutException;
  }

  /** A row of this key is there already. */
  public static boolean isDuplicate(SQLException failure) {
    return state(failure).equals("23505");
  }

  /** The data can never be kept: a character no text holds, a value or a key too long. */
  public static boolean isUnfit(SQLException failure) {
    var state = state(failure);
    return state.startsWith("22") || state.startsWith("54");
  }

  /** A table is not there. */
  public static boolean isMissingTable(SQLException failure) {
    var state = state(failure);
    return state.equals("42P01") || state.equals("42S02") || state.equals("42S04");
  }

  /** The first line of what the database says, with its code. */
  public static String words(SQLException failure) {
    var message = Optional.ofNullable(failure.getMessage()).orElse("no message").strip();
    var line = message.lines().findFirst().orElse("no message");
    var state = state(failure);
    return masked(line) + (state.isEmpty() ? "" : " (SQLSTATE " + state + ")");
  }

  /** The failure as a cause: itself, or a copy without the password its message holds. */
  public static SQLException cause(SQLException failure) {
    var message = Optional.ofNullable(failure.getMessage()).orElse("");
    var masked = masked(message);
    if (masked.equals(message) && failure.getCause() == null) {
      return failure;
    }
    var copy = new SQLException(masked, failure.getSQLState(), failure.getErrorCode());
    copy.setStackTrace(failure.getStackTrace());
    return copy;
  }

  private static String masked(String text) {
    return PASSWORD.matcher(USER_INFO.matcher(text).replaceAll("//***@")).replaceAll("$1***");
  }

  private static String state(SQLException failure) {
    return Optional.ofNullable(failure.getSQLState()).orElse("");
  }
}
