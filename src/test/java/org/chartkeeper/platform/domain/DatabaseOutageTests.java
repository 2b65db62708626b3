package org.chartkeeper.platform.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.chartkeeper.platform.postgres.EmbeddedServer;
import org.chartkeeper.testing.ChartkeeperTest;
import org.chartkeeper.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

@ChartkeeperTest
class DatabaseOutageTests {

    @Autowired
    JdbcClient database;

    @Test
    void the_application_goes_on_by_itself_after_the_database_died() throws InterruptedException {
        assumeTrue(TestDatabase.embeddedServer().isPresent(), "the tests run on a server that is not ours to kill");
        EmbeddedServer server = TestDatabase.embeddedServer().orElseThrow();
        long before = server.pid();
        ProcessHandle.of(before).orElseThrow().destroyForcibly();

        long limit = System.nanoTime() + 180_000_000_000L;
        Integer answer = null;
        while (server.pid() == before || answer == null) {
            assertThat(System.nanoTime()).isLessThan(limit);
            Thread.sleep(100);
            try {
                answer = database.sql("select 1").query(Integer.class).single();
            } catch (DataAccessException gone) {
                answer = null;
            }
        }
        assertThat(answer).isEqualTo(1);
    }
}
