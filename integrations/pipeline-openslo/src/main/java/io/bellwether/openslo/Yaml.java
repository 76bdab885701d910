package io.bellwether.openslo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.DuplicateKeyException;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * YAML in which every plain scalar stays the text it was, so that no number is rounded and no time
 * shifted; only true, false and null are what they say.
 */
final class Yaml {
  /** Knows flags and nulls, and takes the rest for texts. */
  private static final class TextResolver extends Resolver {
    @Override
    protected void addImplicitResolvers() {
      addImplicitResolver(Tag.BOOL, BOOL, "yYnNtTfFoO");
      addImplicitResolver(Tag.NULL, NULL, "~nN\0");
      addImplicitResolver(Tag.NULL, EMPTY, null);
    }
  }

  private Yaml() {}

  static List<Object> read(String text) {
    try {
      var documents = new ArrayList<>();
      yaml()
          .loadAll(text)
          .forEach(
              document -> {
                if (document != null) {
                  documents.add(document);
                }
              });
      return documents;
    } catch (YAMLException e) {
      throw new OpenSloException(List.of("text: " + wrong(e))); // its words quote the text
    }
  }

  private static String wrong(YAMLException e) {
    var mark = e instanceof MarkedYAMLException marked ? marked.getProblemMark() : null;
    var at =
        mark == null
            ? ""
            : " at line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1);
    return (e instanceof DuplicateKeyException ? "has a key twice" : "is no YAML") + at;
  }

  static String write(List<Map<String, Object>> documents) {
    return yaml().dumpAll(documents.iterator());
  }

  private static org.yaml.snakeyaml.Yaml yaml() {
    var loader = new LoaderOptions();
    loader.setAllowDuplicateKeys(false);
    loader.setAllowRecursiveKeys(false);
    var dumper = new DumperOptions();
    dumper.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    dumper.setExplicitStart(true);
    dumper.setIndicatorIndent(2);
    dumper.setIndentWithIndicator(true);
    dumper.setSplitLines(false);
    return new org.yaml.snakeyaml.Yaml(
        new SafeConstructor(loader), new Representer(dumper), dumper, loader, new TextResolver());
  }
}
