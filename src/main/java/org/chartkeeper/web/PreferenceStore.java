package org.chartkeeper.web;

import org.chartkeeper.platform.UserId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Preferences by person; they follow the person to any desk, so they are in the database and not in the browser. */
@Repository
class PreferenceStore {

    private final JdbcClient jdbc;

    PreferenceStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Transactional(readOnly = true)
    Preferences of(UserId user) {
        return jdbc.sql("SELECT theme, density, shortcuts FROM user_preference WHERE user_id = ?")
                .param(user.value())
                .query((row, number) ->
                        new Preferences(row.getString("theme"), row.getString("density"), row.getBoolean("shortcuts")))
                .optional()
                .orElse(Preferences.DEFAULT);
    }

    @Transactional
    void save(UserId user, Preferences preferences) {
        jdbc.sql("""
                        INSERT INTO user_preference (user_id, theme, density, shortcuts, changed_at)
                        VALUES (?, ?, ?, ?, now())
                        ON CONFLICT (user_id) DO UPDATE
                        SET theme = excluded.theme, density = excluded.density, shortcuts = excluded.shortcuts,
                            changed_at = excluded.changed_at
                        """)
                .params(user.value(), preferences.theme(), preferences.density(), preferences.shortcuts())
                .update();
    }
}
