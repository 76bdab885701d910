/**
 * Releasing prompts to LangChain4j models, and what became of their answers.
 *
 * <pre>{@code
 * var prompt = PromptRepository.load(Path.of("prompts")).release("support");
 * var chat = PromptChat.of(prompt, LocalRouter.of(prompt.release()), model);
 * ChatResponse answer = chat.ask(userId, Map.of("customer", name), UserMessage.from(question));
 * }</pre>
 *
 * <p>A call counts once, as what the user saw: the retries of the client are part of it. A stream
 * counts when it ends; one that is cancelled counts as what had come by then, a success with text
 * and empty without. Hosts that route themselves use {@link
 * io.bellwether.langchain4j.ChatOutcomes#classifier} with {@code router.call(..)}, {@link
 * io.bellwether.langchain4j.RecordedStream} with {@code router.begin(..)}, or {@link
 * io.bellwether.langchain4j.OutcomeListener} where a model object belongs to one version.
 */
@NullMarked
package io.bellwether.langchain4j;

import org.jspecify.annotations.NullMarked;
