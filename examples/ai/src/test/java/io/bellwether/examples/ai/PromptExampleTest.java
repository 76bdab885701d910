package io.bellwether.examples.ai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.RateLimitException;
import io.bellwether.langchain4j.PromptChat;
import io.bellwether.prompt.PromptRepository;
import io.bellwether.rollout.Phase;
import io.bellwether.routing.local.LocalRouter;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PromptExampleTest {
  private final LocalModel server = LocalModel.start();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void a_good_prompt_reaches_everybody() {
    var end = PromptExample.rollOut(PromptExample.prompts("good"), PromptExample.model(server));
    assertThat(end.phase()).as(end.explain()).isEqualTo(Phase.PROMOTED);
  }

  @Test
  void a_prompt_that_makes_the_model_fall_silent_goes_back_at_the_first_step() {
    var end = PromptExample.rollOut(PromptExample.prompts("bad"), PromptExample.model(server));
    assertThat(end.phase()).as(end.explain()).isEqualTo(Phase.ROLLED_BACK);
    assertThat(end.step()).isZero();
    assertThat(end.explain()).contains("empty_rate");
  }

  @Test
  void a_call_that_the_client_retries_counts_as_what_the_user_saw() {
    var prompt = PromptRepository.load(PromptExample.prompts("good")).release("support");
    var router = LocalRouter.of(prompt.release());
    var chat = PromptChat.of(prompt, router, PromptExample.model(server));
    var customer = Map.of("customer", "Ann");
    var question = UserMessage.from("Where is my order?");

    server.fail(500, 1);
    assertThat(chat.ask("ann", customer, question).aiMessage().text()).contains("tomorrow");
    assertThat(server.requests()).isEqualTo(2);
    server.fail(429, 2);
    assertThatThrownBy(() -> chat.ask("ann", customer, question))
        .isInstanceOf(RateLimitException.class);

    var seen = router.windows().of("support", prompt.release().initial()).snapshot();
    assertThat(seen.requests()).isEqualTo(2);
    assertThat(seen.errors()).isZero();
    assertThat(seen.rateLimited()).isEqualTo(1);
    assertThat(seen.tokens()).isEqualTo(25);
  }
}
