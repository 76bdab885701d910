package io.bellwether.architecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import java.util.regex.Pattern;

/**
 * Leaves out compiled tests, in whatever folder a profile builds. ArchUnit's own option knows
 * {@code target/test-classes} alone, and would let {@code target/strict/test-classes} in.
 */
final class MainClasses implements ImportOption {
  private static final Pattern TESTS = Pattern.compile(".*(/test-classes/|-tests\\.jar!/).*");

  @Override
  public boolean includes(Location location) {
    return !location.matches(TESTS);
  }
}
