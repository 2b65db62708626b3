package org.chartkeeper.chart.domain;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
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

    private static final Duration KEPT = Duration.ofSeconds(30);
    private static final int MOST = 20_000;

    private final Directory directory;
    private final ActorNames actors;
    private final Memory practitioners = new Memory();
    private final Memory users = new Memory();

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
                case "staff" -> who == null ? "records department" : who;
                case "patient" -> who == null ? "patient" : "patient (" + who + ")";
                default -> who == null ? "outside source" : who;
            };
        }
    }

    Found find(Wanted wanted) {
        return new Found(practitioners(wanted.practitioners), users(wanted.users));
    }

    private Map<UUID, String> practitioners(Collection<PractitionerId> ids) {
        return practitioners.find(
                ids.stream().map(PractitionerId::value).toList(),
                unknown -> directory
                        .practitioners(unknown.stream().map(PractitionerId::new).toList())
                        .values()
                        .stream()
                        .collect(Collectors.toMap(found -> found.id().value(), Directory.Practitioner::name)));
    }

    private Map<UUID, String> users(Collection<UserId> ids) {
        return users.find(
                ids.stream().map(UserId::value).toList(),
                unknown -> actors.names(unknown.stream().map(UserId::new).toList()).entrySet().stream()
                        .collect(Collectors.toMap(name -> name.getKey().value(), Map.Entry::getValue)));
    }

    /**
     * Names as they were read a little while ago. They change rarely and are no patient data; without this every page
     * would ask for the same few people twice. A new name shows on all nodes within {@link #KEPT}.
     */
    private static final class Memory {
        private final Map<UUID, Kept> known = new ConcurrentHashMap<>();

        Map<UUID, String> find(Collection<UUID> ids, Function<List<UUID>, Map<UUID, String>> read) {
            long now = System.nanoTime();
            Map<UUID, String> found = new HashMap<>();
            List<UUID> unknown = new ArrayList<>();
            for (UUID id : ids) {
                Kept kept = known.get(id);
                if (kept == null || now - kept.at > KEPT.toNanos()) {
                    unknown.add(id);
                } else {
                    found.put(id, kept.name);
                }
            }
            if (!unknown.isEmpty()) {
                if (known.size() > MOST) {
                    known.clear();
                }
                read.apply(unknown).forEach((id, name) -> {
                    known.put(id, new Kept(name, now));
                    found.put(id, name);
                });
            }
            return found;
        }

        private record Kept(String name, long at) {}
    }
}
