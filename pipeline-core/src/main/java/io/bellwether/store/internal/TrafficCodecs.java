package io.bellwether.store.internal;

import static io.bellwether.store.internal.Scalars.TEXT;
import static io.bellwether.store.internal.Scalars.VERSION;
import static io.bellwether.store.internal.Scalars.WEIGHT;

import io.bellwether.routing.Audience;
import io.bellwether.routing.TrafficSplit;
import java.util.List;
import java.util.Set;

/** How traffic was divided. */
final class TrafficCodecs {
  private static final Codec<Audience> AUDIENCE =
      new Family<>(
          "audience",
          List.of(
              new Family.Member<>(
                  "users",
                  Audience.Users.class,
                  ObjectCodec.of(
                      (users, out) ->
                          out.list("keys", TEXT, users.keys().stream().sorted().toList()),
                      in -> new Audience.Users(Set.copyOf(in.list("keys", TEXT))))),
              new Family.Member<>(
                  "cohort",
                  Audience.Cohort.class,
                  ObjectCodec.of(
                      (cohort, out) -> out.put("name", TEXT, cohort.name()),
                      in -> new Audience.Cohort(in.get("name", TEXT)))),
              new Family.Member<>(
                  "header",
                  Audience.Header.class,
                  ObjectCodec.of(
                      (header, out) ->
                          out.put("name", TEXT, header.name()).put("value", TEXT, header.value()),
                      in -> new Audience.Header(in.get("name", TEXT), in.get("value", TEXT))))));

  static final Codec<TrafficSplit> SPLIT =
      ObjectCodec.of(
          (split, out) ->
              out.put("release", TEXT, split.release())
                  .put("stable", VERSION, split.stable())
                  .put("candidate", VERSION, split.candidate())
                  .put("weight", WEIGHT, split.weight())
                  .put("mirror", WEIGHT, split.mirror())
                  .list("audiences", AUDIENCE, split.audiences()),
          in ->
              new TrafficSplit(
                  in.get("release", TEXT),
                  in.get("stable", VERSION),
                  in.get("candidate", VERSION),
                  in.get("weight", WEIGHT),
                  in.get("mirror", WEIGHT),
                  in.list("audiences", AUDIENCE)));

  private TrafficCodecs() {}
}
