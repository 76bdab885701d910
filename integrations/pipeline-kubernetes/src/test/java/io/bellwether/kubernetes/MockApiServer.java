package io.bellwether.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.http.Buffer;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * fabric8's CRUD mock of an API server, which does not know server-side apply: here it is taken as
 * a merge patch, which does the same to a list that is one field. Who owns which field, what a
 * Gateway makes of a route, and what controllers write to a status, this cannot show.
 */
final class MockApiServer implements AutoCloseable {
  private static final Logger REQUESTS = Logger.getLogger("io.fabric8.mockwebserver");

  private final KubernetesMockServer server;
  private final KubernetesClient client;
  private volatile String lastApply = "";
  private volatile String lastBody = "";
  private volatile int others;

  MockApiServer() {
    REQUESTS.setLevel(Level.WARNING);
    var dispatcher =
        new KubernetesCrudDispatcher() {
          @Override
          public MockResponse handlePatch(RecordedRequest request) {
            if (!isApply(request)) {
              return super.handlePatch(request);
            }
            lastApply = request.getPath();
            lastBody = request.getUtf8Body(); // can be read once
            if (others > 0) {
              super.handlePatch(patch(request, List.of(add("/metadata/labels/at", others--))));
            }
            return super.handlePatch(patch(request, apply(lastBody)));
          }
        };
    server =
        new KubernetesMockServer(
            new Context(), new MockWebServer(), new HashMap<>(), dispatcher, false);
    server.init();
    client = server.createClient();
  }

  private static boolean isApply(RecordedRequest request) {
    return request.getHeader("Content-Type").startsWith("application/apply-patch+yaml");
  }

  /** What a server-side apply of the router says, field by field. */
  private static List<Map<String, Object>> apply(String body) {
    var route = Serialization.unmarshal(body, HTTPRoute.class);
    var operations = new ArrayList<Map<String, Object>>();
    operations.add(add("/metadata/resourceVersion", route.getMetadata().getResourceVersion()));
    operations.add(add("/spec/rules", route.getSpec().getRules()));
    route
        .getMetadata()
        .getAnnotations()
        .forEach(
            (name, value) ->
                operations.add(add("/metadata/annotations/" + name.replace("/", "~1"), value)));
    return operations;
  }

  private static Map<String, Object> add(String path, Object value) {
    return Map.of("op", "add", "path", path, "value", value instanceof List ? value : "" + value);
  }

  private static RecordedRequest patch(
      RecordedRequest apply, List<Map<String, Object>> operations) {
    var headers = apply.getHeaders().newBuilder();
    headers.setHeader("Content-Type", "application/json-patch+json");
    return new RecordedRequest(
        apply.getHttpVersion(),
        apply.method(),
        apply.getPath(),
        headers.build(),
        new Buffer(Serialization.asJson(operations).getBytes(UTF_8)));
  }

  KubernetesClient client() {
    return client;
  }

  /** The path of the last server-side apply, with its parameters. */
  String lastApply() {
    return lastApply;
  }

  /** What it said. */
  String lastBody() {
    return lastBody;
  }

  /** Before each of so many applies to come, somebody else changes a label of the route. */
  void disturb(int applies) {
    others = applies;
  }

  @Override
  public void close() {
    client.close();
    server.destroy();
  }
}
