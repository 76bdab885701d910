package io.bellwether.benchmarks.peers;

import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.EvaluationContext;
import dev.openfeature.sdk.ImmutableContext;
import dev.openfeature.sdk.OpenFeatureAPI;
import dev.openfeature.sdk.providers.memory.Flag;
import dev.openfeature.sdk.providers.memory.InMemoryProvider;
import io.bellwether.benchmarks.UserKeys;
import io.bellwether.routing.UserHash;
import io.bellwether.routing.Weight;
import java.util.Arrays;
import java.util.Map;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** OpenFeature: its in-memory provider, deciding by our hash, so that only the SDK is measured. */
@State(Scope.Benchmark)
public class OpenFeaturePeer {
  private final EvaluationContext[] contexts =
      Arrays.stream(UserKeys.ALL).map(ImmutableContext::new).toArray(EvaluationContext[]::new);
  private final Client client = OpenFeatureAPI.getInstance().getClient();

  /** Registers the provider and refuses one that does not decide. */
  @Setup
  public void register() {
    var hash = UserHash.of("support-prompt");
    var weight = Weight.percent(10);
    var flag =
        Flag.<Boolean>builder()
            .variant("on", true)
            .variant("off", false)
            .defaultVariant("off")
            .contextEvaluator((ignored, user) -> hash.within(user.getTargetingKey(), weight))
            .build();
    OpenFeatureAPI.getInstance()
        .setProviderAndWait(new InMemoryProvider(Map.of("support-prompt", flag)));
    Share.requireTenth("OpenFeature", this::decide);
  }

  /** Whether the user of this index gets the feature. */
  public boolean decide(int index) {
    return client.getBooleanValue("support-prompt", false, contexts[index]);
  }

  /** The same with a context made for the request. */
  public boolean decide(String key) {
    return client.getBooleanValue("support-prompt", false, new ImmutableContext(key));
  }
}
