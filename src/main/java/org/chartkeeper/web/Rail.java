package org.chartkeeper.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.NavigationEntry;
import org.chartkeeper.platform.NavigationEntry.Count;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.UserId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What stands in the rail for a person, with counts and preferences. Kept per person for {@value #SECONDS} seconds, so
 * that a page pays for its own statements only, and dropped when that person changes something.
 */
@Component
class Rail {

    static final int SECONDS = 20;
    private static final int MOST = 2_000;
    private static final Logger LOG = LoggerFactory.getLogger(Rail.class);

    private final List<NavigationEntry> entries;
    private final PreferenceStore preferences;
    private final Clock clock;
    private final TransactionTemplate reading;
    private final Map<Key, Kept> kept = new ConcurrentHashMap<>();

    Rail(
            ObjectProvider<NavigationEntry> entries,
            PreferenceStore preferences,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.entries = entries.stream()
                .sorted(Comparator.comparingInt(NavigationEntry::order))
                .toList();
        this.preferences = preferences;
        this.clock = clock;
        this.reading = new TransactionTemplate(transactions);
        this.reading.setReadOnly(true);
    }

    /** The links that this actor may follow, in their order. */
    List<NavigationEntry> entries(Actor actor) {
        return entries.stream().filter(entry -> entry.opensFor(actor)).toList();
    }

    /** Counts by path and preferences. */
    Kept of(Actor actor) {
        Key key = new Key(actor.user(), actor.facility(), actor.permissions());
        Kept known = kept.get(key);
        Instant now = clock.instant();
        if (known != null && !now.isBefore(known.at) && now.isBefore(known.at.plusSeconds(SECONDS))) {
            return known;
        }
        Kept fresh = read(actor, now);
        if (kept.size() >= MOST) {
            kept.values().removeIf(old -> Duration.between(old.at, now).toSeconds() >= SECONDS);
        }
        if (kept.size() < MOST) {
            kept.put(key, fresh);
        }
        return fresh;
    }

    /** Forgets what is kept of a person, who has just changed something. */
    void forget(UserId user) {
        kept.keySet().removeIf(key -> key.user.equals(user));
    }

    private Kept read(Actor actor, Instant now) {
        Map<String, Count> counts = new HashMap<>();
        Preferences wanted = Preferences.DEFAULT;
        try {
            wanted = preferences.of(actor.user());
            reading.executeWithoutResult(status -> {
                for (NavigationEntry entry : entries(actor)) {
                    if (entry.count() != null) {
                        counts.put(entry.path(), entry.count().apply(actor));
                    }
                }
            });
        } catch (RuntimeException failure) {
            // A page without counts beats no page; the page itself says so if the database is gone.
            LOG.warn(
                    "counts of the rail could not be read: {}",
                    failure.getClass().getSimpleName());
        }
        return new Kept(now, Map.copyOf(counts), wanted);
    }

    private record Key(UserId user, @Nullable FacilityId facility, Set<Permission> permissions) {}

    /** What is known of a person since {@code at}. */
    record Kept(Instant at, Map<String, Count> counts, Preferences preferences) {}
}
