package io.bellwether.jdbc;

class LeaseOnH2Test extends LeaseRules {
  @Override
  TestDatabase open() {
    return TestDatabase.h2();
  }
}
