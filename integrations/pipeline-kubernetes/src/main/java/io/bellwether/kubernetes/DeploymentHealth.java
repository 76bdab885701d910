package io.bellwether.kubernetes;

import io.bellwether.health.VersionHealth;
import io.bellwether.release.Version;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.function.BiFunction;

/**
 * A version is able to serve while its Deployment is available: Kubernetes has seen its latest
 * specification, and its condition {@code Available} is true, which is that as many replicas are
 * ready, and have been for {@code minReadySeconds}, as its strategy asks for. A Deployment that is
 * not there, or has no replicas, is not. Thread-safe; blocks as long as the client's request
 * timeout allows, and throws what the client throws.
 */
public final class DeploymentHealth implements VersionHealth {
  private final KubernetesClient client;
  private final String namespace;
  private final BiFunction<String, Version, String> deployments;

  private DeploymentHealth(
      KubernetesClient client, String namespace, BiFunction<String, Version, String> deployments) {
    this.client = client;
    this.namespace = namespace;
    this.deployments = deployments;
  }

  /**
   * Health by Deployments of this namespace.
   *
   * @param deployments the name of the Deployment of a release's version
   */
  public static DeploymentHealth of(
      KubernetesClient client, String namespace, BiFunction<String, Version, String> deployments) {
    return new DeploymentHealth(client, namespace, deployments);
  }

  @Override
  public boolean isHealthy(String release, Version version) {
    var deployment =
        client
            .apps()
            .deployments()
            .inNamespace(namespace)
            .withName(deployments.apply(release, version))
            .get();
    return deployment != null && isAvailable(deployment);
  }

  private static boolean isAvailable(Deployment deployment) {
    var status = deployment.getStatus();
    var seen = deployment.getMetadata().getGeneration();
    return status != null
        && (seen == null
            || status.getObservedGeneration() != null && status.getObservedGeneration() >= seen)
        && status.getAvailableReplicas() != null
        && status.getAvailableReplicas() > 0
        && status.getConditions().stream()
            .anyMatch(
                condition ->
                    "Available".equals(condition.getType())
                        && "True".equals(condition.getStatus()));
  }
}
