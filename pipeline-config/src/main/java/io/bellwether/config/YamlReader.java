package io.bellwether.config;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamReadException;
import io.bellwether.config.ConfigProblem.Kind;
import io.bellwether.config.MapNode.Entry;
import io.bellwether.config.Scalar.ScalarType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;

/**
 * Builds the tree of one document from its tokens and keeps where each key and value stood.
 *
 * <p>The first problem ends the document, except for duplicate keys, which are all told.
 */
final class YamlReader {
  private static final String MERGE = "<<";

  private final String source;
  private final Limits limits;
  private final ProblemList problems;
  private final YamlEvents events;
  private final Anchors anchors;
  private int depth;

  private YamlReader(String source, String text, Limits limits, ProblemList problems) {
    this.source = source;
    this.limits = limits;
    this.problems = problems;
    this.events = YamlEvents.of(source, text);
    this.anchors = new Anchors(limits);
  }

  /** The document's mapping, or null if a problem was told instead. */
  static @Nullable MapNode read(String source, String text, Limits limits, ProblemList problems) {
    var reader = new YamlReader(source, text, limits, problems);
    try {
      return reader.document();
    } catch (Refusal refusal) {
      problems.add(refusal.kind, "", refusal.at, refusal.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a text in memory cannot fail to be read
    }
    return null;
  }

  private @Nullable MapNode document() throws IOException {
    var known = problems.size();
    var root = root();
    var after = events.nextToken();
    if (after == null) {
      after = events.nextToken(); // the first null ends the document, the next one the file
    }
    if (after != null) {
      throw refusal(
          Kind.MULTIPLE_DOCUMENTS, "a second document; keep one per file and remove the '---'");
    }
    return problems.size() > known ? null : root;
  }

  private MapNode root() throws IOException {
    var first = events.nextToken();
    if (first == null) {
      return MapNode.empty(new Origin(source, 1, 1));
    }
    var value = value(first);
    if (value instanceof MapNode map) {
      return map;
    }
    if (value instanceof Scalar scalar && scalar.isNull()) {
      return MapNode.empty(value.origin());
    }
    throw new Refusal(
        Kind.ROOT_NOT_MAPPING,
        value.origin(),
        "the document is a "
            + (value instanceof ListNode ? "list" : "single value")
            + "; expected keys with values");
  }

  private Node value(JsonToken token) throws IOException {
    var event = events.event();
    if (event.is(Event.ID.Alias)) {
      return anchors.resolve(((NodeEvent) event).getAnchor(), depth, here());
    }
    var anchor = ((NodeEvent) event).getAnchor();
    if (anchor != null) {
      anchors.open(anchor);
    }
    var node =
        switch (token) {
          case START_OBJECT -> map((CollectionStartEvent) event);
          case START_ARRAY -> list((CollectionStartEvent) event);
          default -> scalar((ScalarEvent) event);
        };
    anchors.count();
    if (anchor != null) {
      anchors.close(anchor, node);
    }
    return node;
  }

  private Scalar scalar(ScalarEvent event) {
    var origin = here();
    var written = event.getValue();
    var plain = event.isPlain() && event.getTag() == null;
    var type =
        event.getTag() == null
            ? plain ? CoreSchema.typeOf(written) : ScalarType.TEXT
            : Tags.scalar(event.getTag(), written, origin);
    if ((type == ScalarType.DECIMAL || type == ScalarType.INTEGER)
        && !CoreSchema.isFinite(written)) {
      throw new Refusal(Kind.NON_FINITE_NUMBER, origin, CoreSchema.NO_NUMBER);
    }
    return Scalar.of(origin, type, written);
  }

  private ListNode list(CollectionStartEvent event) throws IOException {
    var origin = here();
    Tags.requireList(event.getTag(), origin);
    enter(origin);
    var items = new ArrayList<Node>();
    for (var token = next(); token != JsonToken.END_ARRAY; token = next()) {
      items.add(value(token));
    }
    depth--;
    return new ListNode(origin, items, null, null);
  }

  private MapNode map(CollectionStartEvent event) throws IOException {
    var origin = here();
    Tags.requireMap(event.getTag(), origin);
    enter(origin);
    var entries = new LinkedHashMap<String, Entry>();
    Set<String> borrowed = Set.of();
    var merged = false;
    while (nextKey() != JsonToken.END_OBJECT) {
      var at = here();
      var key = key();
      var merges = key.equals(MERGE) && ((ScalarEvent) events.event()).isPlain();
      var value = value(next());
      if (merges && !merged) {
        merged = true;
        borrowed = new HashSet<>();
        anchors.merge(value, entries, borrowed);
        continue;
      }
      var earlier = merges ? entries.get(key) : entries.put(key, new Entry(at, value));
      if (merges || earlier != null && (borrowed.isEmpty() || !borrowed.remove(key))) {
        problems.add(Kind.DUPLICATE_KEY, "", at, "the key '" + key + "' " + twice(earlier));
      }
    }
    depth--;
    return new MapNode(origin, entries, null);
  }

  private static String twice(@Nullable Entry earlier) {
    return "stands here twice" + (earlier == null ? "" : ", first in line " + earlier.key().line());
  }

  private String key() {
    if (events.event() instanceof ScalarEvent scalar) {
      Tags.requireKey(scalar.getTag(), here());
      return scalar.getValue();
    }
    throw refusal(Kind.UNSUPPORTED_KEY, "a key has to be a single value");
  }

  /** Jackson refuses a key that is no single value by itself, with words of its own. */
  private JsonToken nextKey() throws IOException {
    try {
      return next();
    } catch (StreamReadException e) {
      throw refusal(
          Kind.UNSUPPORTED_KEY, "a key has to be a single value; put a text with braces in quotes");
    }
  }

  private JsonToken next() throws IOException {
    var token = events.nextToken();
    if (token == null) {
      throw refusal(Kind.YAML_SYNTAX, "the document ends too early");
    }
    return token;
  }

  private void enter(Origin origin) {
    if (++depth > limits.depth()) {
      throw new Refusal(
          Kind.NESTING_LIMIT, origin, "nested more than " + limits.depth() + " levels deep");
    }
  }

  private Refusal refusal(Kind kind, String message) {
    return new Refusal(kind, here(), message);
  }

  private Origin here() {
    return events.origin();
  }
}
