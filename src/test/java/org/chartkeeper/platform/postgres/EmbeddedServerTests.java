package org.chartkeeper.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.chartkeeper.testing.ChildProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedServerTests {

    @TempDir
    Path dataDir;

    @Test
    void is_durable_listens_on_loopback_only_and_asks_everybody_for_a_scram_password() throws Exception {
        try (EmbeddedServer server = EmbeddedServer.use(dataDir)) {
            for (String setting : List.of("fsync", "full_page_writes", "synchronous_commit", "data_checksums")) {
                assertThat(show(server, setting)).as(setting).isEqualTo("on");
            }
            assertThat(show(server, "listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(show(server, "unix_socket_directories")).isEmpty();
            assertThat(ask(server, "select string_agg(distinct auth_method, ',') from pg_hba_file_rules"))
                    .isEqualTo("scram-sha-256");
            for (String role : List.of("postgres", EmbeddedServer.OWNER, EmbeddedServer.APPLICATION)) {
                assertThatThrownBy(() -> DriverManager.getConnection(server.url("postgres"), role, "wrong"))
                        .isInstanceOf(SQLException.class);
            }
            for (String file : List.of("postgres.pgpass", "roles.pgpass")) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dataDir.resolve(file))))
                        .isEqualTo("rw-------");
            }
            assertThat(Files.readString(dataDir.resolve("postgres.pgpass")))
                    .matches("127\\.0\\.0\\.1:" + server.port() + ":\\*:postgres:[0-9a-f]{48}\n");
        }
    }

    @Test
    void neither_role_of_the_application_has_powers_over_the_server() throws Exception {
        try (EmbeddedServer server = EmbeddedServer.use(dataDir)) {
            assertThat(ask(
                            server,
                            "select count(*) from pg_roles where rolname like 'chartkeeper%'"
                                    + " and (rolsuper or rolcreatedb or rolcreaterole or rolbypassrls)"))
                    .isEqualTo("0");
        }
    }

    @Test
    void refuses_to_start_where_durability_was_switched_off_and_leaves_nothing_running() throws Exception {
        try (EmbeddedServer server = EmbeddedServer.use(dataDir);
                Connection connection = server.superuser("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("alter system set synchronous_commit = off");
        }

        assertThatThrownBy(() -> EmbeddedServer.use(dataDir))
                .isInstanceOf(ServerUnavailable.class)
                .hasMessageContaining("synchronous_commit=off");
        assertThat(dataDir.resolve("postgres/postmaster.pid")).doesNotExist();
    }

    @Test
    void a_second_process_shares_the_server_and_the_last_one_out_stops_it() throws Exception {
        EmbeddedServer server = EmbeddedServer.use(dataDir);
        long pid = server.pid();
        try (ChildProcess other = ChildProcess.start(Victim.class, dataDir.toString(), "hold")) {
            other.await(line -> line.equals("ready " + pid), 180);
            server.close();
            assertThat(dataDir.resolve("postgres/postmaster.pid")).exists();
            other.terminate();
            assertThat(dataDir.resolve("postgres/postmaster.pid")).doesNotExist();
        }
    }

    @Test
    void an_orphan_of_a_killed_process_is_adopted() throws Exception {
        try (ChildProcess other = ChildProcess.start(Victim.class, dataDir.toString(), "hold")) {
            other.await(line -> line.startsWith("ready"), 180);
            other.kill();
            try (EmbeddedServer server = EmbeddedServer.use(dataDir)) {
                assertThat(other.lines()).contains("ready " + server.pid());
                assertThat(ask(server, "select 1")).isEqualTo("1");
            }
        }
        assertThat(dataDir.resolve("postgres/postmaster.pid")).doesNotExist();
    }

    @Test
    void what_a_killed_set_up_left_behind_is_no_obstacle() throws Exception {
        Files.createDirectories(dataDir.resolve("set-up-1/postgres/base"));
        Files.writeString(dataDir.resolve("set-up-1/postgres/postgresql.conf"), "half");
        Files.createDirectories(dataDir.resolve("programs-00000000.new/bin"));

        try (EmbeddedServer server = EmbeddedServer.use(dataDir)) {
            assertThat(ask(server, "select 1")).isEqualTo("1");
            assertThat(dataDir.resolve("set-up-1")).doesNotExist();
        }
    }

    @Test
    void a_lock_file_whose_number_another_program_has_now_is_no_obstacle() throws Exception {
        EmbeddedServer.use(dataDir).close();
        Files.writeString(
                dataDir.resolve("postgres/postmaster.pid"),
                ProcessHandle.current().pid() + "\n" + dataDir.resolve("postgres") + "\n0\n1\n\n127.0.0.1\n\nready\n");

        try (EmbeddedServer server = EmbeddedServer.use(dataDir)) {
            assertThat(ask(server, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void a_server_that_died_is_started_again_on_the_same_port() throws Exception {
        try (EmbeddedServer server = EmbeddedServer.use(dataDir)) {
            int port = server.port();
            long pid = server.pid();
            assertThat(ProcessHandle.of(pid).map(ProcessHandle::destroyForcibly))
                    .contains(true);
            long limit = System.nanoTime() + 180_000_000_000L;
            while (server.pid() == pid && System.nanoTime() < limit) {
                Thread.sleep(100);
            }
            assertThat(server.pid()).isNotEqualTo(pid);
            assertThat(server.port()).isEqualTo(port);
            assertThat(ask(server, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void root_may_use_the_data_of_an_ordinary_user() throws Exception {
        assumeTrue(
                "root".equals(System.getProperty("user.name")) && Files.isExecutable(Path.of("/usr/bin/setpriv")),
                "only root can change users");
        Path open = Files.createTempDirectory(Path.of("/tmp"), "chartkeeper-other-user");
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
        try {
            EmbeddedServer.use(open).close();
            try (var files = Files.walk(open.resolve("postgres"))) {
                for (Path file : files.toList()) {
                    new SystemUser(List.of(), 65534, 65534).own(file);
                }
            }
            try (EmbeddedServer server = EmbeddedServer.use(open)) {
                assertThat(ask(server, "select 1")).isEqualTo("1");
            }
        } finally {
            Folders.delete(open);
        }
    }

    private static String show(EmbeddedServer server, String setting) throws SQLException {
        return ask(server, "show " + setting);
    }

    private static String ask(EmbeddedServer server, String sql) throws SQLException {
        try (Connection connection = server.superuser("postgres");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
