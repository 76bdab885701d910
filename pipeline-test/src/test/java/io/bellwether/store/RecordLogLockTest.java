package io.bellwether.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.BellwetherException;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RecordLogLockTest {
  @TempDir private Path directory;

  private RecordLog open(Path file) {
    return RecordLog.open(file, (position, record) -> {});
  }

  @Test
  void a_log_open_in_this_process_is_not_opened_twice_by_any_of_its_names() throws IOException {
    var file = directory.resolve("some.log");
    var alias = directory.resolve("alias");
    Files.createSymbolicLink(alias, directory);
    try (var log = open(file)) {
      for (var name : new Path[] {file, alias.resolve("some.log")}) {
        assertThatThrownBy(() -> open(name))
            .isInstanceOf(BellwetherException.class)
            .hasMessage(
                "record log "
                    + file.toRealPath()
                    + " is open in this process already; one writer at a time: close it there, or"
                    + " give each its own directory");
      }
      log.append(Records.of("still works"));
    }
    open(file).close();
  }

  @Test
  void a_log_open_in_another_process_is_refused_until_that_is_killed() throws Exception {
    var file = directory.resolve("some.log");
    try (var other = LogHolder.of(file)) {
      assertThat(other.answer()).isEqualTo("open");
      assertThatThrownBy(() -> open(file))
          .hasMessageContaining("is open in another process (" + other.pid() + ") already");
      other.kill();
      var found = new ArrayList<String>();
      RecordLog.open(file, (position, record) -> found.add(Records.text(record))).close();
      assertThat(found).containsExactly("from another process");
    }
  }

  @Test
  void a_refused_attempt_does_not_let_another_process_in() throws Exception {
    var file = directory.resolve("some.log");
    try (var log = open(file)) {
      assertThatThrownBy(() -> open(file)).hasMessageContaining("this process");
      assertThat(openInAnotherClassLoader(file)).contains("another class loader of this process");
      assertThat(openInAnotherClassLoader(file)).contains("another class loader of this process");
      try (var other = LogHolder.of(file)) {
        assertThat(other.answer())
            .contains("is open in another process (" + ProcessHandle.current().pid() + ")");
      }
      log.append(Records.of("mine alone"));
    }
    try (var other = LogHolder.of(file)) {
      assertThat(other.answer()).isEqualTo("open");
    }
  }

  /** As a second web application in the same server would. */
  private static String openInAnotherClassLoader(Path file) throws Exception {
    try (var loader = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
      var log = loader.loadClass(RecordLog.class.getName());
      var reader = loader.loadClass(RecordLog.Reader.class.getName());
      var none =
          Proxy.newProxyInstance(loader, new Class<?>[] {reader}, (self, call, args) -> null);
      log.getMethod("open", Path.class, reader).invoke(null, file, none);
      return "open";
    } catch (InvocationTargetException e) {
      return e.getCause().getMessage();
    }
  }

  private static URL[] classPath() throws MalformedURLException {
    var names = System.getProperty("java.class.path").split(File.pathSeparator);
    var urls = new URL[names.length];
    for (var i = 0; i < names.length; i++) {
      urls[i] = new File(names[i]).toURI().toURL();
    }
    return urls;
  }

  @Test
  void threads_that_append_at_once_lose_nothing() throws Exception {
    var file = directory.resolve("some.log");
    var threads = 8;
    var each = 50;
    var workers = Executors.newFixedThreadPool(threads);
    try (var log = RecordLog.open(file, RecordLog.Sync.LEFT_TO_SYSTEM, (position, record) -> {})) {
      var together = new CountDownLatch(threads);
      var futures = new ArrayList<Future<?>>();
      for (var thread = 0; thread < threads; thread++) {
        var mine = "thread " + thread + " record ";
        futures.add(
            workers.submit(
                () -> {
                  together.countDown();
                  together.await();
                  for (var i = 0; i < each; i++) {
                    var position = log.append(Records.of(mine + i));
                    assertThat(Records.text(log.read(position))).isEqualTo(mine + i);
                  }
                  return null;
                }));
      }
      for (var future : futures) {
        future.get(20, TimeUnit.SECONDS);
      }
    } finally {
      workers.shutdownNow();
    }
    var found = new ArrayList<String>();
    RecordLog.open(file, (position, record) -> found.add(Records.text(record))).close();
    assertThat(found).hasSize(threads * each).doesNotHaveDuplicates();
    for (var thread = 0; thread < threads; thread++) {
      var mine = "thread " + thread + " record ";
      assertThat(found.stream().filter(text -> text.startsWith(mine)))
          .as("in the order of appending")
          .isSortedAccordingTo(
              (a, b) -> Integer.parseInt(a.substring(16)) - Integer.parseInt(b.substring(16)));
    }
  }
}
