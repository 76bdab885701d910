package io.bellwether.spring;

import io.bellwether.secret.Secret;
import org.springframework.core.convert.converter.Converter;

/** Turns the value of a placeholder into a secret that prints as {@code ***}. */
final class SecretConverter implements Converter<String, Secret> {
  @Override
  public Secret convert(String text) {
    return Secret.of(text);
  }
}
