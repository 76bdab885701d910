package io.bellwether.plans;

import io.bellwether.release.Version;
import io.bellwether.strategy.InstanceGroup;
import io.bellwether.strategy.Slots;
import java.util.List;

/** Environments that do not exist and are always well. */
final class Imagined {
  static final Slots SLOTS =
      new Slots() {
        @Override
        public String active(Version stable) {
          return "blue";
        }

        @Override
        public void deploy(String slot, Version version) {}

        @Override
        public boolean isReady(String slot) {
          return true;
        }
      };

  static final InstanceGroup GROUP =
      new InstanceGroup() {
        @Override
        public List<String> instances() {
          return List.of("1", "2", "3", "4");
        }

        @Override
        public void replace(String instance, Version version) {}

        @Override
        public boolean isReady(String instance, Version version) {
          return true;
        }

        @Override
        public void add(String instance, Version version) {}
      };

  private Imagined() {}
}
