package io.bellwether.benchmarks.peers;

import com.launchdarkly.sdk.LDContext;
import com.launchdarkly.sdk.server.Components;
import com.launchdarkly.sdk.server.LDClient;
import com.launchdarkly.sdk.server.LDConfig;
import com.launchdarkly.sdk.server.integrations.FileData;
import io.bellwether.benchmarks.UserKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** LaunchDarkly: a percentage roll-out from a file, nothing sent anywhere. */
@State(Scope.Benchmark)
public class LaunchDarklyPeer {
  private static final String FLAGS =
      """
      {"flags": {"support-prompt": {
        "key": "support-prompt", "version": 1, "on": true, "salt": "salt", "targets": [],
        "rules": [], "variations": [false, true], "offVariation": 0,
        "fallthrough": {"rollout": {"variations": [
          {"variation": 0, "weight": 90000}, {"variation": 1, "weight": 10000}]}}}}}
      """;

  private final LDContext[] contexts =
      Arrays.stream(UserKeys.ALL).map(LDContext::create).toArray(LDContext[]::new);
  private final LDClient client = client();

  /** Refuses a client that has no flags. */
  @Setup
  public void check() {
    Share.requireTenth("LaunchDarkly", this::decide);
  }

  /** Whether the user of this index gets the variation. */
  public boolean decide(int index) {
    return client.boolVariation("support-prompt", contexts[index], false);
  }

  /** The same with a context made for the request. */
  public boolean decide(String key) {
    return client.boolVariation("support-prompt", LDContext.create(key), false);
  }

  /** Stops the client's threads. */
  @TearDown
  public void close() throws IOException {
    client.close();
  }

  private static LDClient client() {
    try {
      var file = Files.createTempFile("flags", ".json");
      file.toFile().deleteOnExit();
      Files.writeString(file, FLAGS);
      return new LDClient(
          "no-key",
          new LDConfig.Builder()
              .dataSource(FileData.dataSource().filePaths(file))
              .events(Components.noEvents())
              .diagnosticOptOut(true)
              .build());
    } catch (IOException failure) {
      throw new IllegalStateException("the flags could not be written", failure);
    }
  }
}
