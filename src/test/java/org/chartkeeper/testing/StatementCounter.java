package org.chartkeeper.testing;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Counts the statements that the application sends, as the design counts them: without the session store, the job
 * queue, transaction control and the statement that names the actor; a batch counts as one.
 */
public class StatementCounter {

    private static final int ROUNDS = 4;

    static final Holder HOLDER = new Holder();

    /** What was sent while the work ran, by any thread, in order. */
    public List<String> during(Work work) throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        HOLDER.listeners.add(seen);
        try {
            work.run();
        } finally {
            HOLDER.listeners.removeIf(listener -> listener == seen);
        }
        return List.copyOf(seen);
    }

    /**
     * What a page sends at least, of some rounds: contexts share the process, whose jobs may send something in between,
     * and what is remembered for some seconds, such as names, is read again now and then.
     */
    public List<String> fewest(Work work) throws Exception {
        List<String> fewest = during(work);
        for (int round = 1; round < ROUNDS; round++) {
            List<String> these = during(work);
            fewest = these.size() < fewest.size() ? these : fewest;
        }
        return fewest;
    }

    /** Work that may throw. */
    @FunctionalInterface
    public interface Work {

        void run() throws Exception;
    }

    /** Everybody who listens at the moment; of the whole process, for contexts share the database. */
    static class Holder {

        private final List<List<String>> listeners = new CopyOnWriteArrayList<>();

        DataSource count(DataSource source) {
            return new DelegatingDataSource(source) {
                @Override
                public Connection getConnection() throws java.sql.SQLException {
                    return connection(super.getConnection());
                }

                @Override
                public <T> T unwrap(Class<T> type) throws java.sql.SQLException {
                    return type.isInstance(this) ? super.unwrap(type) : source.unwrap(type);
                }

                @Override
                public boolean isWrapperFor(Class<?> type) throws java.sql.SQLException {
                    return type.isInstance(this) || source.isWrapperFor(type);
                }
            };
        }

        private Connection connection(Connection target) {
            return proxy(Connection.class, (proxy, method, arguments) -> {
                Object result = call(target, method, arguments);
                String sql =
                        arguments != null && arguments.length > 0 && arguments[0] instanceof String text ? text : "";
                if (result instanceof CallableStatement made) {
                    return statement(CallableStatement.class, made, sql);
                }
                if (result instanceof PreparedStatement made) {
                    return statement(PreparedStatement.class, made, sql);
                }
                return result instanceof Statement made ? statement(Statement.class, made, sql) : result;
            });
        }

        private <T extends Statement> T statement(Class<T> type, T target, String prepared) {
            return proxy(type, (proxy, method, arguments) -> {
                if (method.getName().startsWith("execute")) {
                    heard(arguments != null && arguments.length > 0 ? String.valueOf(arguments[0]) : prepared);
                }
                return call(target, method, arguments);
            });
        }

        private void heard(String sql) {
            if (Thread.currentThread().getName().startsWith("db-scheduler")) {
                // A job that happens to run beside the page, such as the sealing of the audit trail.
                return;
            }
            String lower = sql.toLowerCase(Locale.ROOT).strip();
            if (!lower.contains("spring_session")
                    && !lower.contains("scheduled_tasks")
                    && !lower.startsWith("select set_config(")
                    && !lower.matches("(begin|commit|rollback|savepoint|set|release)\\b.*")) {
                listeners.forEach(listener -> listener.add(sql));
            }
        }

        private static Object call(Object target, java.lang.reflect.Method method, Object[] arguments)
                throws Throwable {
            try {
                return method.invoke(target, arguments);
            } catch (InvocationTargetException fault) {
                throw fault.getCause();
            }
        }

        private static <T> T proxy(Class<T> type, InvocationHandler handler) {
            return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
        }
    }
}
