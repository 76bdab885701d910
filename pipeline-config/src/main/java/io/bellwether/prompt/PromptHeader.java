package io.bellwether.prompt;

import java.util.Map;
import java.util.Optional;

/**
 * What stands in front of a prompt's text.
 *
 * @param name has to be the one its place says, if it is given
 * @param template the text itself, in YAML and JSON files
 */
record PromptHeader(
    Optional<String> name,
    Optional<String> description,
    Optional<String> model,
    Optional<Double> temperature,
    Optional<Integer> maxTokens,
    Map<String, PromptVariable> variables,
    PromptLimits limits,
    Map<String, Object> inputSchema,
    Map<String, Object> outputSchema,
    Optional<String> template) {}
