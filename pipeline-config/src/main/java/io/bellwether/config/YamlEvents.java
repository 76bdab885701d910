package io.bellwether.config;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.IOContext;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.bellwether.config.ConfigProblem.Kind;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.DocumentEndEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * Jackson's YAML tokens together with the event each was made of, which alone knows whether a value
 * was quoted, its tag, its anchor and where it stood.
 *
 * <p>Every scalar is a text here: Jackson's own types are those of YAML 1.1. Syntax errors come out
 * as a {@link Refusal}: the parser's own words, and Jackson's around them, quote the document.
 */
final class YamlEvents extends YAMLParser {
  private static final YAMLFactory FACTORY = factory();

  private String source = "";
  private String text = "";

  private YamlEvents(
      IOContext context, int parserFeatures, int yamlFeatures, LoaderOptions limits, Reader text) {
    super(context, parserFeatures, yamlFeatures, limits, null, text);
  }

  static YamlEvents of(String source, String text) {
    try {
      var events = (YamlEvents) FACTORY.createParser(new StringReader(text));
      events.source = source;
      events.text = text;
      return events;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static YAMLFactory factory() {
    var limits = new LoaderOptions();
    limits.setCodePointLimit(Integer.MAX_VALUE); // the loader has its own, and says so
    return new YAMLFactory(YAMLFactory.builder().loaderOptions(limits)) {
      private static final long serialVersionUID = 1L;

      @Override
      protected YAMLParser _createParser(Reader text, IOContext context) {
        return new YamlEvents(context, _parserFeatures, _yamlParserFeatures, limits, text);
      }
    };
  }

  @Override
  protected Event getEvent() {
    try {
      return _yamlParser.getEvent();
    } catch (MarkedYAMLException e) {
      var mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
      var another = _lastEvent instanceof DocumentEndEvent end && end.getExplicit();
      throw another
          ? new Refusal(Kind.MULTIPLE_DOCUMENTS, origin(mark), "a text after the document's end")
          : new Refusal(Kind.YAML_SYNTAX, origin(mark), YamlSyntax.words(e));
    } catch (ReaderException e) {
      throw new Refusal(
          Kind.YAML_SYNTAX,
          YamlSyntax.origin(source, text, e.getPosition()),
          "a character that YAML does not allow; write it as an escape in double quotes");
    } catch (YAMLException | NumberFormatException e) {
      throw new Refusal(Kind.YAML_SYNTAX, origin(), "not well-formed YAML");
    }
  }

  @Override
  protected JsonToken _decodeScalar(ScalarEvent scalar) {
    _textValue = scalar.getValue();
    return JsonToken.VALUE_STRING;
  }

  /** What the current token was made of. */
  Event event() {
    return _lastEvent;
  }

  /** Where the current token stands. */
  Origin origin() {
    return origin(_lastEvent == null ? null : _lastEvent.getStartMark());
  }

  private Origin origin(@Nullable Mark mark) {
    return mark == null
        ? new Origin(source, 1, 1)
        : new Origin(source, mark.getLine() + 1, mark.getColumn() + 1);
  }
}
