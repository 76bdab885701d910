package io.bellwether.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.http.Buffer;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.util.HashMap;
import java.util.Optional;
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
  private volatile Optional<RecordedRequest> lastApply = Optional.empty();
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
            lastApply = Optional.of(request);
            if (others > 0) {
              var label = "{\"metadata\":{\"labels\":{\"at\":\"" + others-- + "\"}}}";
              super.handlePatch(asMerge(request, new Buffer(label.getBytes(UTF_8))));
            }
            return super.handlePatch(asMerge(request, request.getBody()));
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

  private static RecordedRequest asMerge(RecordedRequest apply, Buffer body) {
    var headers = apply.getHeaders().newBuilder();
    headers.setHeader("Content-Type", "application/merge-patch+json");
    return new RecordedRequest(
        apply.getHttpVersion(), apply.method(), apply.getPath(), headers.build(), body);
  }

  KubernetesClient client() {
    return client;
  }

  /** The last server-side apply. */
  RecordedRequest lastApply() {
    return lastApply.orElseThrow();
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
