package org.chartkeeper.platform.postgres;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import org.flywaydb.core.Flyway;

/** What the tests kill: sets up and migrates, then inserts rows and says each number after its commit. */
final class Victim {

    static final String DATABASE = EmbeddedServerInitializer.DATABASE;

    private Victim() {}

    /** {@code DATADIR migrate|insert|hold}. */
    public static void main(String[] args) throws Exception {
        EmbeddedServer server = EmbeddedServer.use(Path.of(args[0]));
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        migrate(server);
        System.out.println("ready " + server.pid());
        if (args[1].equals("insert")) {
            for (int number = 0; ; number++) {
                insert(server, number);
                System.out.println(number);
            }
        } else if (args[1].equals("hold")) {
            Thread.sleep(600_000);
        }
    }

    static void migrate(EmbeddedServer server) throws Exception {
        server.ensureDatabase(DATABASE);
        Flyway.configure()
                .dataSource(server.url(DATABASE), EmbeddedServer.OWNER, server.ownerPassword())
                .locations("classpath:db/migration")
                .load()
                .migrate();
    }

    static Connection connect(EmbeddedServer server) throws Exception {
        return DriverManager.getConnection(
                server.url(DATABASE), EmbeddedServer.APPLICATION, server.applicationPassword());
    }

    /** One row in a transaction and, as the application would, from a connection of its own now and then. */
    private static void insert(EmbeddedServer server, int number) throws Exception {
        if (connection == null || number % 100 == 0) {
            connection = connect(server);
        }
        insert(connection, "row-" + number);
    }

    static void insert(Connection connection, String key) throws Exception {
        try (PreparedStatement statement = connection.prepareStatement(
                "insert into idempotency_key (actor, key, answer, at) values (gen_random_uuid(), ?, 'x', now())")) {
            statement.setString(1, key);
            statement.executeUpdate();
        }
    }

    private static Connection connection;
}
