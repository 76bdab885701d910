package io.bellwether.architecture.offenders;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.Date;
import java.util.function.LongSupplier;

/** Reads every clock there is. */
public class ReadsClocks {
  Object instant() {
    return Instant.now();
  }

  Object date() {
    return LocalDate.now();
  }

  Object dateTime() {
    return LocalDateTime.now();
  }

  Object zoned() {
    return ZonedDateTime.now();
  }

  Object clock() {
    return Clock.systemUTC();
  }

  Object ticking() {
    return Clock.tickSeconds(java.time.ZoneOffset.UTC);
  }

  Object source() {
    return InstantSource.system();
  }

  long millis() {
    return System.currentTimeMillis();
  }

  LongSupplier byReference() {
    return System::nanoTime;
  }

  Object oldDate() {
    return new Date();
  }

  Object calendar() {
    return Calendar.getInstance();
  }
}
