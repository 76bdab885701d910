package io.bellwether.jdbc;

import org.junit.jupiter.api.Tag;

@Tag("it")
class LeaseOnPostgresTest extends LeaseRules {
  @Override
  TestDatabase open() {
    return TestDatabase.postgres();
  }
}
