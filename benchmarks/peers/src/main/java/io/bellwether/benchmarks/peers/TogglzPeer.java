package io.bellwether.benchmarks.peers;

import io.bellwether.benchmarks.UserKeys;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.togglz.core.Feature;
import org.togglz.core.activation.GradualActivationStrategy;
import org.togglz.core.manager.FeatureManager;
import org.togglz.core.manager.FeatureManagerBuilder;
import org.togglz.core.repository.FeatureState;
import org.togglz.core.repository.mem.InMemoryStateRepository;
import org.togglz.core.user.FeatureUser;
import org.togglz.core.user.SimpleFeatureUser;

/** Togglz: gradual roll-out of a feature by user, the user in a thread-local. */
@State(Scope.Benchmark)
public class TogglzPeer {
  /** The features. */
  public enum Features implements Feature {
    /** The one that is rolled out. */
    SUPPORT_PROMPT
  }

  private static final ThreadLocal<FeatureUser> USER = new ThreadLocal<>();
  private final FeatureUser[] users =
      Arrays.stream(UserKeys.ALL).map(SimpleFeatureUser::new).toArray(FeatureUser[]::new);
  private final FeatureManager features =
      new FeatureManagerBuilder()
          .featureEnum(Features.class)
          .stateRepository(new InMemoryStateRepository())
          .userProvider(USER::get)
          .build();

  /** Rolls the feature out to a tenth. */
  @Setup
  public void rollOut() {
    features.setFeatureState(
        new FeatureState(Features.SUPPORT_PROMPT)
            .enable()
            .setStrategyId(GradualActivationStrategy.ID)
            .setParameter(GradualActivationStrategy.PARAM_PERCENTAGE, "10"));
    Share.requireTenth("Togglz", this::decide);
  }

  /** Whether the user of this index gets the feature. */
  public boolean decide(int index) {
    USER.set(users[index]);
    return features.isActive(Features.SUPPORT_PROMPT);
  }
}
