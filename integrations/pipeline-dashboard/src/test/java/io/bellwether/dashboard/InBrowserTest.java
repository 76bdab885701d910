package io.bellwether.dashboard;

import static io.bellwether.release.Version.version;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import io.bellwether.parts.RealProgram;
import io.bellwether.rollout.Phase;
import io.bellwether.rollout.RolloutEvent;
import io.bellwether.rollout.RunInfo;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.ExpectedCondition;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The page in a real browser. */
@Tag("it")
class InBrowserTest {
  private static ChromeDriver browser;
  private World world;

  @BeforeAll
  static void open() {
    var chromium = RealProgram.find("chromium", "chromium");
    var driver = RealProgram.find("chromedriver", "chromium-driver");
    assumeTrue(chromium.isPresent() && driver.isPresent());
    var options = new ChromeOptions();
    options.setBinary(chromium.get().toString());
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--window-size=1280,1000",
        "--enable-precise-memory-info",
        "--js-flags=--expose-gc");
    var service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(new File(driver.get().toString()))
            .usingAnyFreePort()
            .build();
    browser = new ChromeDriver(service, options);
  }

  @AfterAll
  static void quit() {
    if (browser != null) {
      browser.quit();
    }
  }

  @BeforeEach
  void begin() {
    world = new World(d -> d, "chat");
    login();
  }

  @AfterEach
  void end() {
    world.close();
  }

  private void login() {
    browser.get(world.dashboard().uri() + "login");
    browser.findElement(By.id("token")).sendKeys(World.TOKEN, Keys.ENTER);
    until(page -> page.findElement(By.id("live")).getText().equals("live"));
  }

  private static <T> T until(ExpectedCondition<T> condition) {
    return until(ofSeconds(10), condition);
  }

  private static <T> T until(Duration patience, ExpectedCondition<T> condition) {
    return new WebDriverWait(browser, patience, Duration.ofMillis(20))
        .ignoring(org.openqa.selenium.StaleElementReferenceException.class)
        .until(condition);
  }

  private static String text(String id) {
    return browser.findElement(By.id(id)).getText();
  }

  private static WebElement button(String action) {
    return until(page -> page.findElement(By.cssSelector("[data-action=" + action + "]")));
  }

  @Test
  void what_is_new_is_seen_within_two_seconds() {
    until(page -> text("detail").contains("No rollout has begun yet"));
    world.runtime.start(World.canary("chat"), version("v2"));
    until(ofSeconds(2), page -> text("list").contains("BAKING"));
    until(page -> page.findElements(By.cssSelector(".charts canvas")).size() >= 3);
    world.users("chat", version("v2"), ofMinutes(3), 100, 100);
    until(ofSeconds(2), page -> text("detail").contains("candidate 1"));
  }

  @Test
  void an_address_that_names_an_earlier_rollout_or_none_shows_what_there_is() {
    var rollout = world.runtime.start(World.canary("chat"), version("v2"));
    var old =
        World.canary("chat")
            .plan()
            .run("chat-old", World.V1, version("v0"), RunInfo.Purpose.DEPLOY, Instant.EPOCH);
    world.store.append("chat-old", 0, List.of(new RolloutEvent.Accepted(Instant.EPOCH, old)));
    for (var address : List.of("#chat-old", "#nobody", "#%zz", "#" + rollout.id())) {
      var version = address.equals("#chat-old") ? "v0" : "v2";
      browser.get("about:blank");
      browser.get(world.dashboard().uri() + address);
      until(page -> page.findElement(By.cssSelector("#detail h2")).getText().endsWith(version));
      assertThat(text("detail")).doesNotContain("No rollout has begun yet");
    }
  }

  @Test
  void an_abort_brings_all_traffic_back() {
    var rollout = world.runtime.start(World.canary("chat"), version("v2"));
    world.users("chat", version("v2"), ofMinutes(2), 100, 100);
    button("abort").click();
    browser.findElement(By.id("reason")).sendKeys("it feels wrong", Keys.ENTER);
    until(page -> text("toast").startsWith("Done: abort"));
    world.time.advance(ofMinutes(1));
    assertThat(world.routers.read("chat").hasCandidate()).isFalse();
    assertThat(rollout.state().phase()).isEqualTo(Phase.ROLLED_BACK);
    until(page -> text("detail").contains("ROLLED BACK"));
    until(page -> page.findElements(By.cssSelector("[data-action]")).isEmpty());
  }

  @Test
  void an_answer_that_comes_too_late_is_explained_where_it_was_given() {
    var rollout = world.runtime.start(World.canary("chat"), version("v2"));
    button("abort").click();
    rollout.abort("somebody else", "first");
    world.time.advance(ofMinutes(5));
    browser.findElement(By.id("reason")).sendKeys("me too", Keys.ENTER);
    until(page -> text("askproblem").contains("it has ended"));
  }

  @Test
  void a_stranger_is_led_to_the_login_and_can_abort_nothing() {
    var rollout = world.runtime.start(World.canary("chat"), version("v2"));
    until(page -> text("list").contains("chat"));
    browser.manage().deleteAllCookies();
    browser.get(world.dashboard().uri().toString());
    until(page -> page.getCurrentUrl().endsWith("/login"));
    var status =
        browser.executeAsyncScript(
            "const done = arguments[arguments.length - 1];"
                + "fetch('/api/act', {method: 'POST', body: new URLSearchParams({rollout: '"
                + rollout.id()
                + "', action: 'abort', reason: 'x'})}).then(a => done(a.status));");
    assertThat(status).isEqualTo(401L);
    assertThat(rollout.state().isTerminal()).isFalse();
  }

  @Test
  void a_forged_form_of_another_site_changes_nothing() throws IOException {
    var rollout = world.runtime.start(World.canary("chat"), version("v2"));
    var page =
        "<form id=f method=post action='%sapi/act'><input name=rollout value='%s'>"
                .formatted(world.dashboard().uri(), rollout.id())
            + "<input name=action value=abort><input name=reason value=x></form>"
            + "<script>f.submit()</script>";
    var evil = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    evil.createContext(
        "/",
        exchange -> {
          var bytes = page.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "text/html");
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    evil.start();
    try {
      browser.get("http://localhost:" + evil.getAddress().getPort() + "/");
      until(it -> it.getPageSource().contains("another site"));
      assertThat(world.recorder.requests(rollout.id())).isEmpty();
      assertThat(rollout.state().isTerminal()).isFalse();
    } finally {
      evil.stop(0);
    }
  }

  @Test
  void a_hostile_version_is_shown_and_does_nothing() {
    var evil = version("<script>window.hacked=1</script><img src=x onerror=window.hacked=1>");
    var rollout = world.runtime.start(World.canary("chat"), evil);
    rollout.pause("<b onmouseover=window.hacked=1>me</b>", "<svg/onload=window.hacked=1>");
    until(page -> text("detail").contains("<svg/onload"));
    assertThat(text("list")).contains("<script>window.hacked=1</script>");
    assertThat(browser.executeScript("return window.hacked")).isNull();
    assertThat(browser.findElements(By.cssSelector("#detail img, #list script"))).isEmpty();
  }

  @Test
  void a_page_comes_back_by_itself_after_the_server_did() {
    var rollout = world.runtime.start(World.canary("chat"), version("v2"));
    until(page -> text("list").contains("BAKING"));
    world.restart(() -> until(page -> text("live").contains("no connection")));
    until(ofSeconds(20), page -> page.getCurrentUrl().endsWith("/login"));
    login();
    rollout.pause("somebody", "after the restart");
    until(ofSeconds(2), page -> text("list").contains("HELD"));
  }

  @Test
  void the_list_is_walked_by_keys_and_fits_a_phone() {
    world.close();
    var releases = new String[200];
    for (var i = 0; i < releases.length; i++) {
      releases[i] = "release-" + i;
    }
    world = new World(d -> d, releases);
    for (var release : releases) {
      world.runtime.start(World.canary(release), version("v2"));
    }
    login();
    until(page -> page.findElements(By.cssSelector("#list > li")).size() == 200);
    browser.findElement(By.id("filter")).sendKeys("release-77");
    until(page -> text("list").contains("release-77") && !text("list").contains("release-78"));
    browser.findElement(By.id("filter")).clear();
    browser.findElement(By.id("filter")).sendKeys("release-1", Keys.TAB);
    var first = browser.switchTo().activeElement();
    first.sendKeys(Keys.ARROW_DOWN);
    assertThat(browser.switchTo().activeElement()).isNotEqualTo(first);
    browser.switchTo().activeElement().sendKeys(Keys.ENTER);
    until(page -> browser.switchTo().activeElement().getAttribute("id").equals("detail"));
    var wide =
        browser.executeCdpCommand(
            "Emulation.setDeviceMetricsOverride",
            java.util.Map.of("width", 360, "height", 740, "deviceScaleFactor", 1, "mobile", true));
    assertThat(wide).isNotNull();
    try {
      until(
          page ->
              browser.executeScript("return document.documentElement.scrollWidth").equals(360L));
    } finally {
      browser.executeCdpCommand("Emulation.clearDeviceMetricsOverride", java.util.Map.of());
    }
  }

  @Test
  void memory_stays_flat_over_an_hour_of_updates() {
    world.runtime.start(World.approved("chat"), version("v2"));
    world.users("chat", version("v2"), ofMinutes(15), 100, 100);
    var before = heap();
    var server = serverHeap();
    for (var minute = 0; minute < 60; minute++) {
      world.users("chat", version("v2"), ofMinutes(1), 100, 100);
      var asOf = world.recorder.states().get(0).phase().name();
      assertThat(asOf).isEqualTo("AWAITING_APPROVAL");
      browser.executeAsyncScript("setTimeout(arguments[arguments.length - 1], 150)");
    }
    assertThat(heap() - before).as("bytes more in the page").isLessThan(4_000_000);
    assertThat(serverHeap() - server).as("bytes more in the host").isLessThan(8_000_000);
  }

  private static double heap() {
    browser.executeScript("gc(); gc();");
    return ((Number) browser.executeScript("return performance.memory.usedJSHeapSize"))
        .doubleValue();
  }

  private static long serverHeap() {
    System.gc();
    var runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
