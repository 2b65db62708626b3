package org.chartkeeper.platform.domain;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.EntityManager;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.testing.ChartkeeperTest;
import org.chartkeeper.testing.StatementCounter;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@ChartkeeperTest
class ActorTransactionTests {

    private static final String USER = "select coalesce(current_setting('app.user', true), '')";

    @Autowired
    CurrentActor actor;

    @Autowired
    PlatformTransactionManager transactions;

    @Autowired
    JdbcClient database;

    @Autowired
    EntityManager entities;

    @Autowired
    StatementCounter statements;

    @Test
    void a_transaction_tells_the_database_who_acts_whether_by_jdbc_or_by_jpa() {
        FacilityId facility = FacilityId.next();

        actor.asSystem(
                facility,
                () -> new TransactionTemplate(transactions).execute(status -> {
                    assertThat(database.sql(USER).query(String.class).single()).isEqualTo(Actor.SYSTEM_USER.toString());
                    assertThat(entities.createNativeQuery(USER, String.class).getSingleResult())
                            .isEqualTo(Actor.SYSTEM_USER.toString());
                    return status.isNewTransaction();
                }));
    }

    @Test
    void where_nobody_is_signed_in_the_database_is_told_nobody_and_nothing_is_left_over() {
        FacilityId facility = FacilityId.next();
        for (int time = 0; time < 20; time++) {
            actor.asSystem(
                    facility,
                    () -> new TransactionTemplate(transactions)
                            .execute(status ->
                                    database.sql(USER).query(String.class).single()));
        }

        String user = new TransactionTemplate(transactions)
                .execute(status -> database.sql(USER).query(String.class).single());

        assertThat(user).isEmpty();
    }

    @Test
    void statements_are_counted_without_the_one_that_names_the_actor() throws Exception {
        FacilityId facility = FacilityId.next();

        assertThat(statements.during(() -> actor.asSystem(
                        facility,
                        () -> new TransactionTemplate(transactions)
                                .execute(status -> database.sql("select 42")
                                        .query(Integer.class)
                                        .single()))))
                .filteredOn(sql -> sql.contains("42") || sql.contains("set_config"))
                .containsExactly("select 42");
    }
}
