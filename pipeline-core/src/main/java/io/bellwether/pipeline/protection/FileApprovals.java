package io.bellwether.pipeline.protection;

import io.bellwether.BellwetherException;
import io.bellwether.internal.JsonObject;
import io.bellwether.internal.JsonWriting;
import io.bellwether.pipeline.Vote;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Approvals as files: people, or a script of theirs, put one file per vote into the directory of a
 * stage. Thread-safe.
 *
 * <pre>
 * approvals/RUN/STAGE/request.json      written when a stage begins to wait
 * approvals/RUN/STAGE/anything.json     {"actor":"lead","vote":"APPROVE","reason":"looks good",
 *                                        "at":"2026-01-01T00:00:00Z"}
 * </pre>
 *
 * <p>Whoever can write there can speak for anybody: the directory's rights are the rule.
 */
public final class FileApprovals implements ApprovalSource {
  private static final String REQUEST = "request.json";
  private static final Pattern OTHER = Pattern.compile("[^A-Za-z0-9._-]");

  private final Path directory;

  private FileApprovals(Path directory) {
    this.directory = directory;
  }

  /** Approvals in this directory, which is made when somebody is first asked. */
  public static FileApprovals in(Path directory) {
    return new FileApprovals(directory);
  }

  /**
   * Puts a vote where {@link #votes} finds it.
   *
   * @throws BellwetherException if it cannot be written
   */
  public void cast(String run, String stage, Vote vote) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("actor", vote.actor());
    fields.put("vote", vote.kind());
    fields.put("reason", vote.reason());
    fields.put("at", vote.at());
    var name = plain(vote.actor()) + "-" + vote.kind() + "-" + vote.at().toEpochMilli();
    write(folder(run, stage).resolve(name + ".json"), JsonWriting.line(fields));
  }

  @Override
  public void ask(ProtectionRequest request) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("environment", request.environment());
    fields.put("version", request.trigger().version());
    fields.put("branch", request.trigger().branch());
    fields.put("commit", request.trigger().commit());
    fields.put("author", request.trigger().actor());
    fields.put("requested_at", request.requestedAt());
    write(folder(request.run(), request.stage()).resolve(REQUEST), JsonWriting.line(fields));
  }

  /**
   * The votes in the stage's directory, by their time.
   *
   * @throws BellwetherException if a file cannot be read or is no vote; it names the file
   */
  @Override
  public List<Vote> votes(ProtectionRequest request) {
    var folder = folder(request.run(), request.stage());
    if (Files.notExists(folder)) {
      return List.of();
    }
    try (var files = Files.list(folder)) {
      var found =
          files
              .filter(file -> file.toString().endsWith(".json") && !file.endsWith(REQUEST))
              .sorted()
              .collect(Collectors.toCollection(ArrayList::new));
      var votes = new ArrayList<Vote>();
      for (var file : found) {
        votes.add(read(file));
      }
      votes.sort(Comparator.comparing(Vote::at));
      return List.copyOf(votes);
    } catch (IOException e) {
      throw new BellwetherException("approvals in " + folder + " cannot be read: " + e, e);
    }
  }

  private static Vote read(Path file) throws IOException {
    var fields = JsonObject.parse("approval " + file, Files.readString(file));
    return new Vote(
        fields.text("actor"),
        fields.read("vote", Vote.Kind::valueOf),
        fields.textIfAny("reason").orElse(""),
        fields.read("at", Instant::parse));
  }

  private Path folder(String run, String stage) {
    return directory.resolve(plain(run)).resolve(plain(stage));
  }

  /**
   * A name that stays inside its directory and is no other's: what is no letter, digit, line or dot
   * is written as its number, {@code deploy%20;eu}.
   */
  private static String plain(String name) {
    var escaped =
        OTHER
            .matcher(name)
            .replaceAll(m -> "%" + Integer.toHexString(m.group().codePointAt(0)) + ";");
    return escaped.startsWith(".") ? "%2e;" + escaped.substring(1) : escaped;
  }

  /** In one step, so that nobody reads half a vote. */
  private static void write(Path file, String text) {
    try {
      var folder = file.toAbsolutePath().getParent();
      Files.createDirectories(folder);
      var draft = Files.createTempFile(folder, "vote", ".draft");
      Files.writeString(draft, text);
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new BellwetherException("approval " + file + " cannot be written: " + e, e);
    }
  }
}
