package org.chartkeeper.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chartkeeper.platform.postgres.EmbeddedServer;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.MapPropertySource;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * The one place that chooses the PostgreSQL of the tests: a container where a Docker engine answers, otherwise the
 * embedded server under {@code target/}. All tests of this process share one fresh database on it.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
public class TestDatabase implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final Path DATA_DIR = Path.of("target/test-data").toAbsolutePath();
    private static final String PREFIX = "chartkeeper_test_";
    private static @Nullable TestDatabase shared;
    private static @Nullable EmbeddedServer embeddedServer;

    private final String url;
    private final String ownerPassword;
    private final String applicationPassword;

    /** Made by Spring, once per context. */
    public TestDatabase() {
        TestDatabase database = shared();
        this.url = database.url;
        this.ownerPassword = database.ownerPassword;
        this.applicationPassword = database.applicationPassword;
    }

    private TestDatabase(String url, String ownerPassword, String applicationPassword) {
        this.url = url;
        this.ownerPassword = ownerPassword;
        this.applicationPassword = applicationPassword;
    }

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "testDatabase",
                        Map.of(
                                "spring.datasource.url", url,
                                "spring.datasource.username", EmbeddedServer.APPLICATION,
                                "spring.datasource.password", applicationPassword,
                                "spring.flyway.url", url,
                                "spring.flyway.user", EmbeddedServer.OWNER,
                                "spring.flyway.password", ownerPassword,
                                "chartkeeper.data-dir", DATA_DIR.toString())));
    }

    /** A connection as the role that owns the tables, for what the application itself may not do. */
    public static Connection owner() throws SQLException {
        return DriverManager.getConnection(shared().url, EmbeddedServer.OWNER, shared().ownerPassword);
    }

    /** A connection as the role of the application, for showing what it may not do. */
    public static Connection application() throws SQLException {
        return DriverManager.getConnection(shared().url, EmbeddedServer.APPLICATION, shared().applicationPassword);
    }

    /** The embedded server, where the tests run on one. */
    public static Optional<EmbeddedServer> embeddedServer() {
        shared();
        return Optional.ofNullable(embeddedServer);
    }

    private static synchronized TestDatabase shared() {
        TestDatabase known = shared;
        if (known == null) {
            try {
                known = dockerAnswers() ? container() : embedded();
            } catch (SQLException fault) {
                throw new IllegalStateException(fault);
            }
            shared = known;
        }
        return known;
    }

    private static boolean dockerAnswers() {
        boolean mayAnswer = System.getenv("DOCKER_HOST") != null || Files.exists(Path.of("/var/run/docker.sock"));
        return mayAnswer && DockerClientFactory.instance().isDockerAvailable();
    }

    private static TestDatabase container() throws SQLException {
        // The container's own command switches fsync off; the application refuses such a database.
        PostgreSQLContainer container = new PostgreSQLContainer("postgres:18").withCommand("postgres");
        container.start();
        String url = container.getJdbcUrl();
        try (Connection connection =
                        DriverManager.getConnection(url, container.getUsername(), container.getPassword());
                Statement statement = connection.createStatement()) {
            for (String role : List.of(EmbeddedServer.OWNER, EmbeddedServer.APPLICATION)) {
                statement.execute("create role " + role + " login password 'test'");
            }
            statement.execute("alter database " + container.getDatabaseName() + " owner to " + EmbeddedServer.OWNER);
            for (String extension : EmbeddedServer.EXTENSIONS) {
                statement.execute("create extension if not exists " + extension);
            }
        }
        return new TestDatabase(url, "test", "test");
    }

    private static TestDatabase embedded() throws SQLException {
        EmbeddedServer server = EmbeddedServer.use(DATA_DIR);
        embeddedServer = server;
        dropLeftOvers(server);
        String name = PREFIX + ProcessHandle.current().pid();
        server.ensureDatabase(name);
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        return new TestDatabase(server.url(name), server.ownerPassword(), server.applicationPassword());
    }

    /** Databases of earlier runs; one that a run beside this one still uses stays. */
    private static void dropLeftOvers(EmbeddedServer server) throws SQLException {
        try (Connection connection = server.superuser("postgres");
                Statement statement = connection.createStatement()) {
            List<String> names = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery(
                    "select datname from pg_database where starts_with(datname, '" + PREFIX + "')")) {
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
            }
            for (String name : names) {
                long pid = Long.parseLong(name.substring(PREFIX.length()));
                boolean inUse = pid != ProcessHandle.current().pid()
                        && ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
                if (!inUse) {
                    statement.execute("drop database " + name + " with (force)");
                }
            }
        }
    }
}
