package io.bellwether.benchmarks.peers;

import com.hankcs.algorithm.AhoCorasickDoubleArrayTrie;
import io.bellwether.benchmarks.MaskBenchmark;
import java.util.TreeMap;
import org.ahocorasick.trie.Trie;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Masking beside automata of other libraries, which look for the secrets alone. */
public class MaskPeersBenchmark extends MaskBenchmark {
  /** The automata. */
  @State(Scope.Benchmark)
  public static class Automata {
    final AhoCorasickDoubleArrayTrie<String> doubleArray = new AhoCorasickDoubleArrayTrie<>();
    Trie trie = Trie.builder().build();

    /** Builds them. */
    @Setup
    public void build(Lines lines) {
      var words = new TreeMap<String, String>();
      lines.texts.forEach(text -> words.put(text, text));
      doubleArray.build(words);
      trie = Trie.builder().addKeywords(words.keySet()).build();
    }
  }

  /** The double-array automaton of hankcs: finds, and masks what it found. */
  @Benchmark
  public String doubleArray(Lines lines, Automata automata) {
    return masked(lines.next(lines.some), automata);
  }

  /** The same on a text made to be slow. */
  @Benchmark
  public String doubleArrayHostile(Lines lines, Automata automata) {
    return masked(lines.next(lines.hostile), automata);
  }

  private static String masked(String line, Automata automata) {
    var found = automata.doubleArray.parseText(line);
    if (found.isEmpty()) {
      return line;
    }
    var out = new StringBuilder();
    var copied = 0;
    for (var hit : found) {
      out.append(line, copied, Math.max(copied, hit.begin)).append("***");
      copied = Math.max(copied, hit.end);
    }
    return out.append(line, copied, line.length()).toString();
  }

  /** The automaton of robert-bor: finds, and masks nothing. */
  @Benchmark
  public Object trie(Lines lines, Automata automata) {
    return automata.trie.parseText(lines.next(lines.some));
  }
}
