package org.chartkeeper.chart.domain;

import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.chartkeeper.access.Directory;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.ActorNames;
import org.chartkeeper.platform.PractitionerId;
import org.chartkeeper.platform.UserId;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Names of those who stated, entered and signed, gathered for a whole page: one statement each for people and users. */
@Component
class Names {

    private final Directory directory;
    private final ActorNames actors;

    Names(Directory directory, ActorNames actors) {
        this.directory = directory;
        this.actors = actors;
    }

    /** What a page needs names of. */
    static final class Wanted {
        final Set<PractitionerId> practitioners = new HashSet<>();
        final Set<UserId> users = new HashSet<>();

        void practitioner(@Nullable UUID id) {
            if (id != null) {
                practitioners.add(new PractitionerId(id));
            }
        }

        void user(@Nullable UUID id) {
            if (id != null) {
                users.add(new UserId(id));
            }
        }
    }

    /** Names that were found. */
    record Found(Map<UUID, String> practitioners, Map<UUID, String> users) {

        @Nullable
        String practitioner(@Nullable UUID id) {
            return id == null ? null : practitioners.get(id);
        }

        String user(UUID id) {
            String name = users.get(id);
            if (name != null) {
                return name;
            }
            return id.equals(Actor.SYSTEM_USER.value()) ? "the system" : "unknown user";
        }

        /** As shown: "Dr. A. Okafor", "nurse K. Bell", "patient". */
        String stated(String by, @Nullable UUID practitioner, @Nullable String name) {
            String who = name == null ? practitioner(practitioner) : name;
            return switch (by) {
                case "practitioner" -> who == null ? "practitioner" : who;
                case "nurse" -> who == null ? "nurse" : "nurse " + who;
                case "patient" -> who == null ? "patient" : "patient (" + who + ")";
                default -> who == null ? "outside source" : who;
            };
        }
    }

    Found find(Wanted wanted) {
        return new Found(practitioners(wanted.practitioners), users(wanted.users));
    }

    private Map<UUID, String> practitioners(Collection<PractitionerId> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        return directory.practitioners(ids).values().stream()
                .collect(Collectors.toMap(found -> found.id().value(), Directory.Practitioner::name));
    }

    private Map<UUID, String> users(Collection<UserId> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        return actors.names(ids).entrySet().stream()
                .collect(Collectors.toMap(name -> name.getKey().value(), Map.Entry::getValue));
    }
}
