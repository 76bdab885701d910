package io.bellwether.examples.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that commands are tried on. */
final class Samples {
  static final String PLAN =
      """
      release: support-prompt
      steps:
        - {weight: 10, bake: 10m}
        - {weight: 50, bake: 15m}
        - {weight: 100, bake: 15m}
      gates:
        - preset: canary
      """;

  static final String TRACE =
      """
      time,version,metric,value,samples
      0,stable,error_rate,0.01,5400
      0,candidate,error_rate,0.09,600
      0,stable,latency_p95,800,5400
      0,candidate,latency_p95,800,600
      0,stable,success_rate,0.99,5400
      0,candidate,success_rate,0.91,600
      120,stable,error_rate,0.01,5400
      120,candidate,error_rate,0.09,600
      """;

  static final String ROUTES =
      """
      route:
        receiver: chat-team
        group_by: [alertname]
        routes:
          - matchers: ['severity="critical"']
            receiver: pager
          - matchers: ['severity="info"']
            receiver: chat-team
            mute_time_intervals: [nights]
      time_intervals:
        - name: nights
          time_intervals:
            - times: [{start_time: '22:00', end_time: '24:00'}]
      receivers:
        - name: chat-team
        - name: pager
      """;

  static final String SLOTH =
      """
      version: prometheus/v1
      service: chat
      slos:
        - name: requests
          objective: 99.9
          sli:
            events:
              error_query: sum(rate(errors[{{.window}}]))
              total_query: sum(rate(total[{{.window}}]))
          alerting:
            page_alert: {disable: true}
            ticket_alert: {disable: true}
      """;

  private Samples() {}

  static Path write(Path directory, String name, String text) {
    try {
      var file = directory.resolve(name);
      Files.createDirectories(file.getParent());
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Blocks of so many requests each, the last ones with one error more each. */
  static String counts(int blocks, int requests, int errors) {
    var table = new StringBuilder("block,requests,errors\n");
    for (var block = 1; block <= blocks; block++) {
      table.append(block).append(',').append(requests).append(',').append(errors).append('\n');
    }
    return table.toString();
  }

  /** A column that goes up and down around a mean. */
  static String samples(double mean) {
    var table = new StringBuilder("time,latency\n");
    for (var i = 0; i < 60; i++) {
      table.append(i).append(',').append(mean + i % 7).append('\n');
    }
    return table.toString();
  }
}
