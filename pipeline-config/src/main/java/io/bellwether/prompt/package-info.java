/**
 * Prompts as artefacts: files with declared variables and limits, checked like code, versioned by
 * their content, released like a service.
 *
 * <pre>
 * ---
 * model: gpt-4
 * variables:
 *   customer: {description: who asks}
 *   tone: {defaults_to: friendly}
 * limits: {characters: 8000, tokens: 2000}
 * ---
 * Answer {{customer}} in a {{tone}} tone.
 * </pre>
 *
 * <pre>{@code
 * PromptReport report = PromptValidator.validate(Path.of("prompts"));      // file:line, JSON, SARIF
 * PromptRelease support = PromptRepository.load(Path.of("prompts")).release("support");
 * runtime.start(canary, support.candidate().orElseThrow());
 * }</pre>
 *
 * <p>{@code prompts/support/stable.md} and {@code prompts/support/candidate.md} are two versions of
 * one prompt; a prompt with one version may stand in {@code prompts/support.md}. The same in YAML
 * or JSON has the text under {@code template}.
 */
@NullMarked
package io.bellwether.prompt;

import org.jspecify.annotations.NullMarked;
