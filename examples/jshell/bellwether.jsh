import io.bellwether.*
import io.bellwether.alert.*
import io.bellwether.alerting.*
import io.bellwether.alerting.receiver.*
import io.bellwether.alerting.route.*
import io.bellwether.analysis.*
import io.bellwether.config.*
import io.bellwether.config.settings.*
import io.bellwether.gate.*
import io.bellwether.health.*
import io.bellwether.incident.*
import io.bellwether.junit.*
import io.bellwether.metrics.*
import io.bellwether.pipeline.*
import io.bellwether.pipeline.protection.*
import io.bellwether.pipeline.run.*
import io.bellwether.pipeline.stage.*
import io.bellwether.prompt.*
import io.bellwether.release.*
import io.bellwether.rollout.*
import io.bellwether.routing.*
import io.bellwether.routing.local.*
import io.bellwether.runtime.*
import io.bellwether.secret.*
import io.bellwether.secret.source.*
import io.bellwether.slo.*
import io.bellwether.strategy.*
import io.bellwether.testing.*
import java.time.*
import static io.bellwether.Ratio.percent
import static io.bellwether.alert.Severity.*
import static io.bellwether.alerting.route.Matcher.severity
import static io.bellwether.alerting.route.Route.to
import static io.bellwether.gate.Conditions.*
import static io.bellwether.release.Version.version
import static io.bellwether.strategy.DeploymentStrategy.*
import static io.bellwether.strategy.Traffic.traffic
import static java.time.Duration.*
Path samples = Path.of(System.getProperty("bellwether.shell", "examples/jshell"))
MetricTrace trace(String name) { return MetricTrace.read(samples.resolve("traces").resolve(name + ".csv")); }
ConfigLoader configs() { return ConfigLoader.from(samples.resolve("configs")); }
Instant today = Instant.parse("2026-03-31T00:00:00Z")
