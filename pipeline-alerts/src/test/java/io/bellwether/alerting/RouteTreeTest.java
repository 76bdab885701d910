package io.bellwether.alerting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.BellwetherException;
import io.bellwether.alerting.route.Labels;
import io.bellwether.alerting.route.Matcher;
import io.bellwether.alerting.route.Route;
import io.bellwether.alerting.route.RouteNode;
import io.bellwether.alerting.route.RouteTree;
import io.bellwether.testing.Cases;
import io.bellwether.testing.Gen;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class RouteTreeTest {
  /** Every sibling is tried in order, as it is defined. */
  private static List<RouteNode> oneByOne(RouteNode node, Labels labels) {
    var found = new ArrayList<RouteNode>();
    for (var child : node.children()) {
      if (child.route().matchers().stream().allMatch(matcher -> matcher.matches(labels))) {
        found.addAll(oneByOne(child, labels));
        if (!child.route().continues()) {
          break;
        }
      }
    }
    return found.isEmpty() ? List.of(node) : found;
  }

  private static Route route(Gen gen, int depth) {
    var route = Route.toNamed("r").when(gen.list(0, 3, () -> matcher(gen)).toArray(Matcher[]::new));
    if (gen.chance(0.4)) {
      route = route.andContinue();
    }
    for (var i = depth == 0 ? 0 : gen.between(0, 30 / (3 - depth)); i > 0; i--) {
      route = route.with(route(gen, depth - 1));
    }
    return route;
  }

  private static Matcher matcher(Gen gen) {
    return Matcher.of(
        gen.pick("a", "b", "c", "d"),
        gen.pick(Matcher.Op.values()),
        gen.pick("", "x", "y", "x|y", ".+"));
  }

  @Test
  void looking_up_finds_what_trying_one_by_one_finds() {
    Cases.forAll(
        "the index is the definition",
        100,
        gen -> {
          var tree = RouteTree.of(route(gen, 2), RouteTree.Defaults.ALERTMANAGER);
          for (var i = 0; i < 20; i++) {
            var labels = new TreeMap<String, String>();
            for (var name : gen.subset(List.of("a", "b", "c", "d"))) {
              labels.put(name, gen.pick("", "x", "y", "z"));
            }
            var given = Labels.of(labels);
            assertThat(tree.match(given)).isEqualTo(oneByOne(tree.nodes().get(0), given));
          }
        });
  }

  @Test
  void nodes_have_keys_of_their_own() {
    Cases.forAll(
        "keys",
        50,
        gen -> {
          var nodes = RouteTree.of(route(gen, 2), RouteTree.Defaults.ALERTMANAGER).nodes();
          assertThat(nodes).extracting(RouteNode::key).doesNotHaveDuplicates();
        });
  }

  @Test
  void a_list_of_words_matches_as_the_expression_does() {
    Cases.forAll(
        "words",
        200,
        gen -> {
          var regex = String.join("|", gen.list(1, 4, () -> gen.pick("", "a", "ab", "b-c", "d_e")));
          var value = gen.pick("", "a", "ab", "b-c", "d_e", "abc");
          assertThat(Matcher.matching("l", regex).accepts(value))
              .isEqualTo(Pattern.matches(regex, value));
        });
  }

  @Test
  void an_expression_that_would_backtrack_for_ever_does_not_match() {
    var matcher = Matcher.matching("l", "(a+)+b");

    assertThat(matcher.matches(Labels.of(Map.of("l", "a".repeat(5_000))))).isFalse();
    assertThat(matcher.matches(Labels.of(Map.of("l", "aab")))).isTrue();
  }

  @Test
  void matchers_that_are_none_are_refused() {
    for (var text : List.of("a", "=b", "a=\"b")) {
      assertThatThrownBy(() -> Matcher.parse(text)).isInstanceOf(BellwetherException.class);
    }
    assertThat(Matcher.parse(" a != \"b \\\"c\\\" \\\\ d\" ").value()).isEqualTo("b \"c\" \\ d");
  }

  @Test
  void an_expression_that_is_no_good_has_a_problem_and_matches_nothing() {
    assertThat(Matcher.matching("l", "(").problem())
        .hasValueSatisfying(
            problem ->
                assertThat(problem).startsWith("matcher on 'l': invalid regular expression '('"));
    assertThat(Matcher.matching("l", "(").accepts("(")).isFalse();
    assertThat(Matcher.matching("l", "x".repeat(5_000)).problem())
        .hasValueSatisfying(problem -> assertThat(problem).contains("5000", "4096"));
    for (var endless : List.of("(a+)+b", "([a-z]+)*1", "(.*x){20}", ".*a.*a.*a.*b")) {
      assertThat(Matcher.matching("l", endless).problem())
          .as(endless)
          .hasValueSatisfying(problem -> assertThat(problem).contains("backtracks", endless));
    }
    var fine =
        List.of(
            "",
            ".*",
            ".+",
            "a|b",
            "prod(uction)?",
            "web-[0-9]+",
            "([a-z]+-)*prod",
            "(a|b)*",
            "^(?:10\\.){3}\\d{1,3}$",
            "[^:]+:[^:]+",
            ".*(error|fail).*",
            "(?i)CRIT.*");
    for (var regex : fine) {
      assertThat(Matcher.matching("l", regex).problem()).as(regex).isEmpty();
    }
  }

  @Test
  void a_matcher_reads_back_as_it_was_written() {
    Cases.forAll(
        "matcher texts",
        200,
        gen -> {
          var matcher = Matcher.of("label", Matcher.Op.EQUAL, gen.string(30));
          assertThat(Matcher.parse(matcher.toString())).isEqualTo(matcher);
        });
  }
}
