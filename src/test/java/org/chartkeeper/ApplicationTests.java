package org.chartkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import org.chartkeeper.testing.ChartkeeperTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@ChartkeeperTest
class ApplicationTests {

    @Autowired
    JdbcClient database;

    @Test
    void the_application_starts_and_works_as_the_role_that_owns_nothing() {
        assertThat(database.sql("select current_user").query(String.class).single())
                .isEqualTo("chartkeeper_app");
        assertThat(database.sql("select count(*) from pg_class c join pg_roles r on r.oid = c.relowner"
                                + " where r.rolname = 'chartkeeper_app'")
                        .query(Long.class)
                        .single())
                .isZero();
    }
}
