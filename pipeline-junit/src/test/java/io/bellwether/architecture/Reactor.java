package io.bellwether.architecture;

import static java.util.stream.Collectors.toCollection;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.NodeList;

/** The modules of this build, as their POMs tell. */
final class Reactor {
  private static final String DEPENDENCIES =
      "//dependency[not(ancestor::dependencyManagement)][groupId='io.bellwether']";

  /** What kind of module something is. */
  enum Layer {
    BOM,
    SUPPORT,
    CORE,
    TEST_KIT,
    LIBRARY,
    JUNIT,
    INTEGRATION,
    STARTER,
    EXAMPLE,
    BENCHMARK,
    PEERS;

    static Layer of(String artifactId) {
      return switch (artifactId) {
        case "pipeline-bom" -> BOM;
        case "test-support" -> SUPPORT;
        case "pipeline-core" -> CORE;
        case "pipeline-test" -> TEST_KIT;
        case "pipeline-strategies", "pipeline-config", "pipeline-alerts" -> LIBRARY;
        case "pipeline-junit" -> JUNIT;
        case "pipeline-spring-boot" -> STARTER;
        case "benchmarks" -> BENCHMARK;
        case "peers" -> PEERS;
        default -> artifactId.startsWith("pipeline-") ? INTEGRATION : EXAMPLE;
      };
    }
  }

  /**
   * A module.
   *
   * @param folder from the root of the repository
   * @param mainUses layers its main code depends on
   * @param testsUse layers its tests alone depend on
   */
  record Module(Path folder, Set<Layer> mainUses, Set<Layer> testsUse) {
    Layer layer() {
      return Layer.of(folder.getFileName().toString());
    }

    @Override
    public String toString() {
      return folder.toString();
    }
  }

  private Reactor() {}

  /** The root of the repository: tests run in their module's folder. */
  static Path root() {
    return Path.of("").toAbsolutePath().getParent();
  }

  static List<Module> modules() {
    var root = root();
    try (var poms = Files.find(root, 4, (path, file) -> path.endsWith("pom.xml"))) {
      return poms.map(pom -> root.relativize(pom.getParent()))
          .filter(folder -> !folder.toString().isEmpty())
          .filter(folder -> !folder.toString().matches("(.*/)?(target|\\.).*"))
          .sorted()
          .map(folder -> read(root, folder))
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Module read(Path root, Path folder) {
    var pom = root.resolve(folder).resolve("pom.xml");
    return new Module(
        folder,
        layers(pom, DEPENDENCIES + "[not(scope='test')]/artifactId"),
        layers(pom, DEPENDENCIES + "[scope='test']/artifactId"));
  }

  private static Set<Layer> layers(Path pom, String path) {
    try {
      var document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(pom.toFile());
      var found =
          (NodeList)
              XPathFactory.newInstance()
                  .newXPath()
                  .evaluate(path, document, XPathConstants.NODESET);
      return IntStream.range(0, found.getLength())
          .mapToObj(i -> Layer.of(found.item(i).getTextContent().strip()))
          .collect(toCollection(TreeSet::new));
    } catch (Exception unreadable) {
      throw new IllegalStateException("cannot read " + pom, unreadable);
    }
  }
}
