package io.bellwether.config;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** Lets Jazzer look for a document that breaks the reader. */
class YamlJazzerTest {
  @FuzzTest(maxDuration = "30s")
  void a_document_loads_or_is_refused_in_words_of_ours(byte[] document) {
    YamlLaw.holdsFor(document);
    YamlLaw.holdsFor(new String(document, StandardCharsets.UTF_8));
  }
}
