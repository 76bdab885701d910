package io.bellwether.openfeature;

import dev.openfeature.sdk.EvaluationContext;
import io.bellwether.routing.local.RequestHeaders;
import java.util.Locale;

/** The attributes of a context as headers: by name in any case, by value as text. */
record ContextHeaders(EvaluationContext context) implements RequestHeaders {
  @Override
  public boolean carry(String name, String value) {
    return context.asUnmodifiableMap().entrySet().stream()
        .filter(attribute -> attribute.getKey().toLowerCase(Locale.ROOT).equals(name))
        .anyMatch(
            attribute ->
                attribute.getValue() != null
                    && value.equals(String.valueOf(attribute.getValue().asObject())));
  }
}
