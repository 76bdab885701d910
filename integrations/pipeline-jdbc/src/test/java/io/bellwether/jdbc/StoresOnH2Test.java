package io.bellwether.jdbc;

class StoresOnH2Test extends StoreRules {
  @Override
  TestDatabase open() {
    return TestDatabase.h2();
  }
}
