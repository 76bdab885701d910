package io.bellwether.metrics.http;

import io.bellwether.metrics.MetricQuery;
import io.bellwether.metrics.MetricsDocument;
import io.bellwether.metrics.Reading;

/** What an endpoint's answer says to every question about its version and window. */
@FunctionalInterface
interface Answer {
  Reading to(MetricQuery query);

  static Answer document(MetricsDocument document, String source) {
    return query -> document.reading(query.metric(), source);
  }

  static Answer unknown(String source) {
    return query -> Reading.noData(source, "it knows nothing of version " + query.version());
  }

  static Answer error(String source, String why) {
    return query -> Reading.error(source, why);
  }
}
