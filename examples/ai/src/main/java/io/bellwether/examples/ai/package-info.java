/**
 * Prompts rolled out to a LangChain4j client of a local server that speaks OpenAI's protocol: a
 * good one reaches everybody, one that makes the model fall silent goes back by itself.
 */
@NullMarked
package io.bellwether.examples.ai;

import org.jspecify.annotations.NullMarked;
