package io.bellwether.examples.strategies;

import static io.bellwether.release.Version.version;

import io.bellwether.fleet.Fleet;
import io.bellwether.jdbc.JdbcDatabase;
import io.bellwether.release.Release;
import io.bellwether.strategy.DeploymentStrategy;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

/** A replica of a fleet, with a database inside the process in place of PostgreSQL. */
public final class ReplicasExample {
  private ReplicasExample() {}

  /** Joins, routes a user, and leaves. */
  public static void main(String[] args) {
    var inside = new JdbcDataSource();
    inside.setURL("jdbc:h2:mem:replicas;DB_CLOSE_DELAY=-1");
    join(inside, "replica-1", CanaryExample.canary());
  }

  private static void join(DataSource dataSource, String podName, DeploymentStrategy canary) {
    // begin: fleet-join
    var release = Release.named("support-prompt").initial(version("v6"));
    var database = JdbcDatabase.of(dataSource).createSchema();
    var fleet = Fleet.join(database, f -> f.replica(podName).release(release).strategy(canary));
    var router = fleet.routers().router("support-prompt");
    System.out.println("ann gets " + router.route("ann"));
    // end
    fleet.close();
  }
}
