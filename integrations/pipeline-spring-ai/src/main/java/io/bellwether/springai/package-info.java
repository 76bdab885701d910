/**
 * Releasing prompts to Spring AI chat clients, and what became of their answers.
 *
 * <pre>{@code
 * var prompt = PromptRepository.load(Path.of("prompts")).release("support");
 * var advisor = PromptAdvisor.of(prompt, LocalRouter.of(prompt.release()));
 * var chat = ChatClient.builder(model).defaultAdvisors(advisor).build();
 *
 * chat.prompt(question).advisors(a -> a.param(PromptAdvisor.USER, userId)).call().content();
 * }</pre>
 *
 * <p>A call counts once, as what the user saw: the retries of the model are part of it. A stream
 * counts when it ends; one that is cancelled counts as what had come by then, a success with text
 * and empty without. Hosts that route themselves use {@link
 * io.bellwether.springai.ChatOutcomes#classifier} with {@code router.call(..)}.
 */
@NullMarked
package io.bellwether.springai;

import org.jspecify.annotations.NullMarked;
