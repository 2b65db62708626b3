package org.chartkeeper.access.domain;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.UUID;
import org.chartkeeper.platform.ActorNames;
import org.chartkeeper.platform.UserId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

@Service
class StoredActorNames implements ActorNames {

    private final JdbcClient database;

    StoredActorNames(JdbcClient database) {
        this.database = database;
    }

    @Override
    public Map<UserId, String> names(Collection<UserId> users) {
        if (users.isEmpty()) {
            return Map.of();
        }
        Map<UserId, String> names = new HashMap<>();
        database.sql("select id, name from app_user where id = any (cast(:ids as uuid[]))")
                .param(
                        "ids",
                        new HashSet<>(users).stream().map(UserId::toString).toArray(String[]::new))
                .query(row -> {
                    names.put(new UserId(row.getObject("id", UUID.class)), row.getString("name"));
                });
        return names;
    }
}
