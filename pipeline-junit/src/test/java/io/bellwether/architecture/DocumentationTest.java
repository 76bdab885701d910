package io.bellwether.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/**
 * Whatever a host can reach has a comment. Javadoc's own check cannot ask for that without also
 * asking for a {@code @param} and a {@code @return} that repeat the sentence above them.
 */
class DocumentationTest {
  @Test
  void everything_hosts_can_reach_is_documented() throws IOException {
    assertThat(Undocumented.in(librarySources()))
        .as("declarations without a comment, as file:line: name")
        .isEmpty();
  }

  @Test
  void what_is_missing_is_found() throws IOException {
    var source =
        """
        package x;

        public class Bare {
          public static final int CONSTANT = 1;

          protected Bare() {}

          void hidden() {}

          public void method() {}

          @Override
          public String toString() {
            return "inherits its comment";
          }

          /**
           * Documented but for one component.
           *
           * @param a first
           */
          public record Pair(int a, int b) {}

          /** Documented. */
          public interface Port {
            void call();

            private void own() {}
          }

          /** Documented. */
          public enum Kind {
            ONE,
            /** Documented. */
            TWO
          }

          private static class Own {
            public void method() {}
          }
        }
        """;

    assertThat(Undocumented.in(List.of(inMemory("x/Bare.java", source))))
        .containsExactly(
            "x/Bare.java:3: Bare",
            "x/Bare.java:4: CONSTANT",
            "x/Bare.java:6: <init>",
            "x/Bare.java:10: method",
            "x/Bare.java:22: @param b of Pair",
            "x/Bare.java:26: call",
            "x/Bare.java:33: ONE");
  }

  private static Iterable<? extends JavaFileObject> librarySources() throws IOException {
    var files = ToolProvider.getSystemJavaCompiler().getStandardFileManager(null, null, null);
    try (var found = Files.find(Reactor.root(), 20, (path, file) -> isLibrarySource(path))) {
      return files.getJavaFileObjectsFromPaths(found.sorted().toList());
    }
  }

  private static boolean isLibrarySource(Path path) {
    var name = Reactor.root().relativize(path).toString().replace('\\', '/');
    return name.matches("(integrations/)?pipeline-[a-z0-9-]+/src/main/java/.*\\.java")
        && !name.contains("/internal/");
  }

  private static JavaFileObject inMemory(String name, String source) {
    return new SimpleJavaFileObject(URI.create("memory:///" + name), JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return source;
      }

      @Override
      public String getName() {
        return name;
      }
    };
  }
}
