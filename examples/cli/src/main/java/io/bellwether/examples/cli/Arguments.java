package io.bellwether.examples.cli;

import io.bellwether.Ratio;
import io.bellwether.examples.cli.io.Refusal;
import io.bellwether.time.Durations;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/** What stood on the command line, and how a command says what may stand there. */
record Arguments(ParseResult parsed) {
  private static final ITypeConverter<Ratio> RATIO =
      text -> {
        if (!text.endsWith("%")) {
          throw new TypeConversionException("'" + text + "': expected a percentage such as 2.5%");
        }
        return Ratio.percent(Double.parseDouble(text.substring(0, text.length() - 1)));
      };

  private static final ITypeConverter<Instant> INSTANT =
      text -> {
        try {
          return Instant.parse(text);
        } catch (java.time.DateTimeException e) {
          throw new TypeConversionException(
              "'" + text + "': expected a moment such as 2026-03-01T05:00:00Z");
        }
      };

  /** A positional argument that has to be there. */
  static PositionalParamSpec required(int index, String label, String description) {
    return positional(index, label, description).arity("1").required(true).build();
  }

  /** A positional argument that may be missing. */
  static PositionalParamSpec optional(int index, String label, String description) {
    return positional(index, label, description).arity("0..1").required(false).build();
  }

  private static PositionalParamSpec.Builder positional(
      int index, String label, String description) {
    return PositionalParamSpec.builder()
        .index(String.valueOf(index))
        .paramLabel(label)
        .type(String.class)
        .description(description);
  }

  /** An option that is there or not. */
  static OptionSpec flag(String name, String description) {
    return OptionSpec.builder(name).arity("0").type(boolean.class).description(description).build();
  }

  /** An option with a value. */
  static <T> OptionSpec value(String name, Class<T> type, String label, String description) {
    return valued(name, label, description).type(type).converters(converters(type)).build();
  }

  /** An option with several values, after commas or by being repeated. */
  static <T> OptionSpec values(String name, Class<T> type, String label, String description) {
    return valued(name, label, description)
        .type(List.class)
        .auxiliaryTypes(type)
        .converters(converters(type))
        .splitRegex(",")
        .build();
  }

  private static OptionSpec.Builder valued(String name, String label, String description) {
    return OptionSpec.builder(name).arity("1").paramLabel(label).description(description);
  }

  private static ITypeConverter<?>[] converters(Class<?> type) {
    if (type == Ratio.class) {
      return new ITypeConverter<?>[] {RATIO};
    }
    if (type == Duration.class) {
      return new ITypeConverter<?>[] {(ITypeConverter<Duration>) Durations::parse};
    }
    return type == Instant.class ? new ITypeConverter<?>[] {INSTANT} : new ITypeConverter<?>[0];
  }

  /** Whether an option is there. */
  boolean has(String option) {
    return parsed.hasMatchedOption(option);
  }

  /** The value of an option. */
  <T> Optional<T> option(String name) {
    return Optional.ofNullable(parsed.<T>matchedOptionValue(name, null));
  }

  /** The values of an option. */
  <T> List<T> list(String option) {
    return parsed.matchedOptionValue(option, List.of());
  }

  /** What stands at a place. */
  String text(int index) {
    return positional(index)
        .orElseThrow(() -> new IllegalStateException("argument " + index + " is required"));
  }

  /** The path at a place. */
  Path path(int index) {
    return path(text(index));
  }

  /** The path at a place, if there is one. */
  Optional<Path> pathIfAny(int index) {
    return positional(index).map(Arguments::path);
  }

  /** Everything from a place on. */
  List<String> from(int index) {
    var all = parsed.matchedPositionals();
    return all.stream().skip(index).flatMap(p -> p.stringValues().stream()).toList();
  }

  private Optional<String> positional(int index) {
    return Optional.ofNullable(parsed.matchedPositional(index))
        .flatMap(found -> found.stringValues().stream().findFirst());
  }

  static Path path(String text) {
    try {
      return Path.of(text);
    } catch (java.nio.file.InvalidPathException e) {
      throw new Refusal("a path cannot have that character: " + e.getReason());
    }
  }

  /** What to throw when options do not go together. */
  ParameterException misuse(String message) {
    return new ParameterException(parsed.commandSpec().commandLine(), message);
  }
}
