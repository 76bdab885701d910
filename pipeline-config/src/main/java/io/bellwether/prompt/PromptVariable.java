package io.bellwether.prompt;

import java.util.Optional;

/**
 * A variable of a prompt.
 *
 * @param description what it stands for
 * @param defaultsTo its text when nobody gives one; without it the variable has to be given
 */
public record PromptVariable(Optional<String> description, Optional<String> defaultsTo) {}
