import io.bellwether.*
import io.bellwether.analysis.*
import io.bellwether.gate.*
import io.bellwether.metrics.*
import io.bellwether.release.*
import io.bellwether.rollout.*
import io.bellwether.routing.*
import io.bellwether.routing.local.*
import io.bellwether.runtime.*
import io.bellwether.strategy.*
import static io.bellwether.Ratio.percent
import static io.bellwether.gate.Conditions.*
import static io.bellwether.release.Version.version
import static io.bellwether.strategy.DeploymentStrategy.*
import static io.bellwether.strategy.Traffic.traffic
import static java.time.Duration.*
