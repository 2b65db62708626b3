package org.chartkeeper.platform.domain;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;
import java.util.stream.Collectors;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.FacilityId;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Sets {@code app.user} and {@code app.facilities} (ids, separated by commas) for the length of each transaction, for
 * the database's own rules such as {@code may_see(patient)}. Where nobody is signed in neither is set.
 */
class ActorTransactionManager extends JpaTransactionManager {

    private final transient ObjectProvider<CurrentActor> actors;
    private final transient ThreadLocal<Boolean> asking = ThreadLocal.withInitial(() -> false);

    ActorTransactionManager(ObjectProvider<CurrentActor> actors) {
        this.actors = actors;
    }

    @Override
    protected void doBegin(Object transaction, TransactionDefinition definition) {
        Optional<Actor> actor = actor();
        super.doBegin(transaction, definition);
        actor.ifPresent(this::tellDatabase);
    }

    /** Finding out who acts may itself read from the database; that transaction has no actor. */
    private Optional<Actor> actor() {
        if (asking.get()) {
            return Optional.empty();
        }
        asking.set(true);
        try {
            CurrentActor current = actors.getIfAvailable();
            return current == null ? Optional.empty() : current.find();
        } finally {
            asking.remove();
        }
    }

    private void tellDatabase(Actor actor) {
        if (getDataSource() == null
                || !(TransactionSynchronizationManager.getResource(getDataSource())
                        instanceof ConnectionHolder holder)) {
            throw new TransactionSystemException("no connection is bound to the transaction");
        }
        Connection connection = holder.getConnection();
        String facilities =
                actor.facilities().stream().map(FacilityId::toString).collect(Collectors.joining(","));
        try (PreparedStatement statement = connection.prepareStatement(
                "select set_config('app.user', ?, true), set_config('app.facilities', ?, true)")) {
            statement.setString(1, actor.user().toString());
            statement.setString(2, facilities);
            statement.execute();
        } catch (SQLException fault) {
            throw new TransactionSystemException("the database could not be told who acts", fault);
        }
    }
}
