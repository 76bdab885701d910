package io.bellwether.examples.quickstart.delivery;

import io.bellwether.examples.quickstart.chat.ChatService;
import io.bellwether.pipeline.stage.SmokeTests;
import io.bellwether.release.Version;
import io.bellwether.strategy.Slots;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Staging's two slots: a host each, of which the users' router points to one. */
final class PromptSlots implements Slots, AutoCloseable {
  private final Place place;
  private final Map<String, Version> versions = new ConcurrentHashMap<>();
  private final Map<String, ChatService> hosts = new ConcurrentHashMap<>();

  PromptSlots(Place place) {
    this.place = place;
    versions.put("blue", Prompts.V1);
  }

  @Override
  public String active(Version stable) {
    return versions.getOrDefault("blue", stable).equals(stable) ? "blue" : "green";
  }

  @Override
  public void deploy(String slot, Version version) {
    try {
      stop(slot);
      hosts.put(slot, place.slot(slot, version));
      versions.put(slot, version);
    } catch (IOException e) {
      throw new UncheckedIOException("slot " + slot + " has no port", e);
    }
  }

  @Override
  public boolean isReady(String slot) {
    return hosts.containsKey(slot);
  }

  /** Asks the slot that has no users yet; a model fails now and then, so up to three times. */
  void tryOut(String slot) throws InterruptedException {
    var findings = smokeTests(slot).run();
    for (var again = 0; again < 2 && !passed(findings); again++) {
      findings = smokeTests(slot).run();
    }
    if (!passed(findings)) {
      throw new IllegalStateException(findings.toString());
    }
  }

  private static boolean passed(List<SmokeTests.Finding> findings) {
    return findings.stream().allMatch(SmokeTests.Finding::passed);
  }

  private SmokeTests smokeTests(String slot) {
    var host = hosts.get(slot);
    if (host == null) {
      throw new IllegalStateException("nothing was deployed to slot " + slot);
    }
    return ChatPipeline.smokeTests(place.http(), host.uri());
  }

  private void stop(String slot) {
    var old = hosts.remove(slot);
    if (old != null) {
      old.close();
    }
  }

  @Override
  public void close() {
    hosts.keySet().forEach(this::stop);
  }
}
