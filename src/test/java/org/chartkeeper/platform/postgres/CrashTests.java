package org.chartkeeper.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.chartkeeper.testing.ChildProcess;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Killed without warning, at any moment: nothing that was acknowledged is lost, and the next start works. */
class CrashTests {

    private static final int ROUNDS = 20;

    @TempDir
    Path dataDir;

    @Test
    void killed_once_during_set_up_the_next_start_works() throws Exception {
        killDuringSetUp(1);
    }

    @Test
    @Tag("fault")
    void killed_again_and_again_during_set_up_the_next_start_works() throws Exception {
        killDuringSetUp(ROUNDS);
    }

    @Test
    void killed_once_while_it_confirms_rows_the_process_loses_none() throws Exception {
        killProcessWhileItInserts(1);
    }

    @Test
    @Tag("fault")
    void killed_again_and_again_while_it_confirms_rows_the_process_loses_none() throws Exception {
        killProcessWhileItInserts(ROUNDS);
    }

    @Test
    void with_postgresql_killed_once_no_confirmed_row_is_lost_and_the_work_goes_on() throws Exception {
        killServerWhileItConfirms(1);
    }

    @Test
    @Tag("fault")
    void with_postgresql_killed_again_and_again_no_confirmed_row_is_lost_and_the_work_goes_on() throws Exception {
        killServerWhileItConfirms(ROUNDS);
    }

    /** The control: the same kill must show a loss where the server confirms before it writes, or it proves nothing. */
    @Test
    void without_synchronous_commit_the_same_kill_loses_confirmed_rows() throws Exception {
        try (EmbeddedServer server = EmbeddedServer.use(dataDir)) {
            Victim.migrate(server);
            // What is confirmed is written long after the kill, however late that comes.
            try (Connection connection = server.superuser("postgres");
                    Statement statement = connection.createStatement()) {
                statement.execute("alter system set wal_writer_delay = '10s'");
                statement.execute("select pg_reload_conf()");
            }
            Set<String> lost = Set.of();
            for (int round = 0; round < 10 && lost.isEmpty(); round++) {
                Set<String> confirmed = new HashSet<>();
                Connection connection = Victim.connect(server);
                try (Statement statement = connection.createStatement()) {
                    statement.execute("set synchronous_commit = off");
                }
                for (int number = 0; number < 2_000; number++) {
                    String key = "control-" + round + "-" + number;
                    Victim.insert(connection, key);
                    confirmed.add(key);
                }
                killServer(server);
                lost = missing(server, confirmed);
            }
            assertThat(lost).isNotEmpty();
        }
    }

    private void killDuringSetUp(int rounds) throws Exception {
        Random random = new Random(20261123);
        for (int round = 0; round < rounds; round++) {
            Path folder = dataDir.resolve("round-" + round);
            try (ChildProcess child = ChildProcess.start(Victim.class, folder.toString(), "migrate")) {
                Thread.sleep(300 + random.nextInt(3_000));
                child.kill();
            }
            try (EmbeddedServer server = EmbeddedServer.use(folder)) {
                Victim.migrate(server);
                assertThat(missing(server, Set.of("none"))).containsExactly("none");
            }
            try {
                Folders.delete(folder);
            } catch (IOException busy) {
                // A set-up that outlived its killed process still writes there; the folder goes with the test.
            }
        }
    }

    private void killProcessWhileItInserts(int rounds) throws Exception {
        Random random = new Random(20261124);
        for (int round = 0; round < rounds; round++) {
            ChildProcess child = ChildProcess.start(Victim.class, dataDir.toString(), "insert");
            try (child) {
                child.await(line -> line.equals("5"), 120);
                Thread.sleep(random.nextInt(500));
                child.kill();
            }
            Set<String> confirmed = child.lines().stream()
                    .filter(line -> line.matches("\\d+"))
                    .map(line -> "row-" + line)
                    .collect(Collectors.toSet());
            try (EmbeddedServer server = EmbeddedServer.use(dataDir)) {
                assertThat(confirmed).hasSizeGreaterThan(5);
                assertThat(missing(server, confirmed)).isEmpty();
                try (Connection connection = server.superuser(Victim.DATABASE);
                        Statement statement = connection.createStatement()) {
                    statement.execute("delete from idempotency_key");
                }
            }
        }
    }

    private void killServerWhileItConfirms(int rounds) throws Exception {
        try (EmbeddedServer server = EmbeddedServer.use(dataDir)) {
            Victim.migrate(server);
            for (int round = 0; round < rounds; round++) {
                ConcurrentLinkedQueue<String> confirmed = new ConcurrentLinkedQueue<>();
                AtomicBoolean over = new AtomicBoolean();
                List<Thread> writers = new ArrayList<>();
                for (int writer = 0; writer < 4; writer++) {
                    String name = round + "-" + writer + "-";
                    Thread thread = new Thread(() -> write(server, name, confirmed, over));
                    thread.start();
                    writers.add(thread);
                }
                awaitSize(confirmed, 200);
                killServer(server);
                int before = confirmed.size();
                awaitSize(confirmed, before + 50);
                over.set(true);
                for (Thread writer : writers) {
                    writer.join();
                }
                assertThat(missing(server, new HashSet<>(confirmed))).isEmpty();
            }
        }
    }

    private static void write(
            EmbeddedServer server, String name, ConcurrentLinkedQueue<String> confirmed, AtomicBoolean over) {
        int number = 0;
        while (!over.get()) {
            try (Connection connection = Victim.connect(server)) {
                while (!over.get()) {
                    String key = name + number++;
                    Victim.insert(connection, key);
                    confirmed.add(key);
                }
            } catch (Exception gone) {
                try {
                    Thread.sleep(50);
                } catch (InterruptedException stopped) {
                    return;
                }
            }
        }
    }

    private static void awaitSize(ConcurrentLinkedQueue<String> confirmed, int size) throws InterruptedException {
        long limit = System.nanoTime() + 180_000_000_000L;
        while (confirmed.size() < size) {
            assertThat(System.nanoTime()).as("rows are confirmed again").isLessThan(limit);
            Thread.sleep(10);
        }
    }

    /** Kills the server and every process of it at once. */
    private static void killServer(EmbeddedServer server) {
        ProcessHandle postmaster = ProcessHandle.of(server.pid()).orElseThrow();
        List<ProcessHandle> children = postmaster.children().toList();
        postmaster.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
    }

    /** Which of the keys are not in the table, asked as soon as the server answers again. */
    private static Set<String> missing(EmbeddedServer server, Set<String> keys) throws Exception {
        long limit = System.nanoTime() + 180_000_000_000L;
        while (true) {
            try (Connection connection = server.superuser(Victim.DATABASE);
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("select key from idempotency_key")) {
                Set<String> missing = new HashSet<>(keys);
                while (rows.next()) {
                    missing.remove(rows.getString(1));
                }
                return missing;
            } catch (SQLException notYet) {
                if (System.nanoTime() > limit) {
                    throw notYet;
                }
                Thread.sleep(100);
            }
        }
    }
}
