package io.bellwether.benchmarks.fleet;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import javax.sql.DataSource;

/** Counts the statements that are prepared on a data source's connections. */
final class CountingSource {
  private final DataSource source;
  private final AtomicLong statements = new AtomicLong();
  private final ThreadLocal<Boolean> silent = ThreadLocal.withInitial(() -> false);

  CountingSource(DataSource source) {
    this.source = source;
  }

  long statements() {
    return statements.get();
  }

  /** What the measurement itself asks. */
  <T> T uncounted(Supplier<T> work) {
    silent.set(true);
    try {
      return work.get();
    } finally {
      silent.set(false);
    }
  }

  DataSource asDataSource() {
    return proxy(
        DataSource.class,
        (method, arguments) -> {
          var made = call(source, method, arguments);
          return made instanceof Connection connection ? counting(connection) : made;
        });
  }

  private Connection counting(Connection connection) {
    return proxy(
        Connection.class,
        (method, arguments) -> {
          if (method.getName().equals("prepareStatement") && !silent.get()) {
            statements.incrementAndGet();
          }
          return call(connection, method, arguments);
        });
  }

  private interface Call {
    Object call(Method method, Object[] arguments) throws Throwable;
  }

  private static <T> T proxy(Class<T> type, Call call) {
    return type.cast(
        Proxy.newProxyInstance(
            CountingSource.class.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> call.call(method, arguments)));
  }

  private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
