package io.bellwether.springai;

import static java.util.Objects.requireNonNull;

import io.bellwether.metrics.Outcome;
import io.bellwether.prompt.PromptRelease;
import io.bellwether.release.Version;
import io.bellwether.routing.local.Classifier;
import io.bellwether.routing.local.LocalRouter;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.api.CallAdvisor;
import org.springframework.ai.chat.client.advisor.api.CallAdvisorChain;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisor;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisorChain;
import org.springframework.core.Ordered;
import reactor.core.publisher.Flux;

/**
 * Puts the version of a released prompt that the user gets before what the client says, as its
 * system message, and records what came of the call. Thread-safe.
 *
 * <p>The user is the advisor parameter {@link #USER}; without one, stable answers. The prompt's
 * variables are the parameter {@link #VARIABLES}, a map of texts. It runs before other advisors, so
 * that what they do is part of what the user sees.
 */
public final class PromptAdvisor implements CallAdvisor, StreamAdvisor {
  /** The parameter that says who asks. */
  public static final String USER = "bellwether.user";

  /** The parameter with the values of the prompt's variables. */
  public static final String VARIABLES = "bellwether.variables";

  private static final Classifier<ChatClientResponse> JUDGE = new OfClient();

  private final PromptRelease prompt;
  private final LocalRouter router;

  private PromptAdvisor(PromptRelease prompt, LocalRouter router) {
    this.prompt = requireNonNull(prompt, "prompt: say what is released");
    this.router = requireNonNull(router, "router: say who gets which version");
    if (!router.release().name().equals(prompt.release().name())) {
      throw new IllegalArgumentException(
          "the router divides '"
              + router.release().name()
              + "', and the prompt is '"
              + prompt.release().name()
              + "'");
    }
  }

  /** An advisor for a client's {@code defaultAdvisors}. */
  public static PromptAdvisor of(PromptRelease prompt, LocalRouter router) {
    return new PromptAdvisor(prompt, router);
  }

  @Override
  public String getName() {
    return "bellwether " + prompt.release().name();
  }

  @Override
  public int getOrder() {
    return Ordered.HIGHEST_PRECEDENCE + 100;
  }

  @Override
  public ChatClientResponse adviseCall(ChatClientRequest request, CallAdvisorChain chain) {
    return router.call(
        user(request),
        JUDGE,
        version -> chain.copy(this).nextCall(with(version, request))); // a mirrored call goes again
  }

  @Override
  public Flux<ChatClientResponse> adviseStream(
      ChatClientRequest request, StreamAdvisorChain chain) {
    return Flux.defer(
        () -> {
          var begun = router.begin(user(request));
          var heard = new Heard();
          return Flux.defer(() -> chain.copy(this).nextStream(with(begun.version(), request)))
              .doOnNext(heard::take)
              .doOnError(failure -> begun.end(ChatOutcomes.classifier().failure(failure), 0))
              .doOnComplete(() -> begun.end(heard.outcome(), heard.tokens()))
              .doOnCancel(() -> begun.end(heard.cancelled(), heard.tokens()));
        });
  }

  private ChatClientRequest with(Version version, ChatClientRequest request) {
    var text = prompt.prompt(version).render(variables(request));
    return request
        .mutate()
        .prompt(
            request
                .prompt()
                .augmentSystemMessage(
                    said -> {
                      var own = said.getText();
                      return said.mutate()
                          .text(own == null || own.isBlank() ? text : text + "\n" + own)
                          .build();
                    }))
        .build();
  }

  private static @Nullable String user(ChatClientRequest request) {
    var user = request.context().get(USER);
    return user == null ? null : user.toString();
  }

  private static Map<String, String> variables(ChatClientRequest request) {
    var values = new TreeMap<String, String>();
    if (request.context().get(VARIABLES) instanceof Map<?, ?> given) {
      given.forEach((name, value) -> values.put(String.valueOf(name), String.valueOf(value)));
    }
    return values;
  }

  /** The judgement of the answer inside the client's. */
  private static final class OfClient implements Classifier<ChatClientResponse> {
    @Override
    public Outcome outcome(@Nullable ChatClientResponse answer) {
      return ChatOutcomes.INSTANCE.outcome(answer == null ? null : answer.chatResponse());
    }

    @Override
    public Outcome failure(Throwable failure) {
      return ChatOutcomes.classifier().failure(failure);
    }

    @Override
    public long tokens(@Nullable ChatClientResponse answer) {
      return ChatOutcomes.INSTANCE.tokens(answer == null ? null : answer.chatResponse());
    }
  }
}
