package io.bellwether.jdbc;

import org.junit.jupiter.api.Tag;

@Tag("it")
class StoresOnPostgresTest extends StoreRules {
  @Override
  TestDatabase open() {
    return TestDatabase.postgres();
  }
}
