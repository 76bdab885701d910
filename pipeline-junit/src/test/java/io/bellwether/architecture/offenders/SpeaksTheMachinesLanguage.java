package io.bellwether.architecture.offenders;

import java.time.ZoneId;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** Prints something else on another machine. */
public class SpeaksTheMachinesLanguage {
  String format(double value) {
    return String.format("%.1f", value);
  }

  String formatted(double value) {
    return "%.1f".formatted(value);
  }

  String lower(String text) {
    return text.toLowerCase();
  }

  UnaryOperator<String> upperByReference() {
    return String::toUpperCase;
  }

  Object locale() {
    return Locale.getDefault();
  }

  Object zone() {
    return ZoneId.systemDefault();
  }
}
