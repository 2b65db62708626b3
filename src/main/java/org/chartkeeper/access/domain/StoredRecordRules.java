package org.chartkeeper.access.domain;

import java.sql.Types;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.chartkeeper.access.Directory;
import org.chartkeeper.access.RecordRules;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.NotFound;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.PractitionerId;
import org.chartkeeper.platform.Problem;
import org.chartkeeper.platform.Rejected;
import org.chartkeeper.platform.Requires;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Late limits and codes are kept for a few seconds, for an import asks for each entry; who co-signs is asked each time. */
@Service
class StoredRecordRules implements RecordRules {

    private static final long KEPT = Duration.ofSeconds(5).toNanos();
    private static final Duration DAY = Duration.ofHours(24);

    private final JdbcClient database;
    private final Directory directory;
    private final PractitionerVersions versions;

    private volatile @Nullable Known known;

    StoredRecordRules(JdbcClient database, Directory directory, PractitionerVersions versions) {
        this.database = database;
        this.directory = directory;
        this.versions = versions;
    }

    @Override
    public Duration lateAfter(FacilityId facility) {
        return known().limits.getOrDefault(facility, DAY);
    }

    @Override
    public Set<String> labels(String system, String code) {
        List<Rule> rules = known().codes.get(system);
        if (rules == null) {
            return Set.of();
        }
        Set<String> labels = Set.of();
        for (Rule rule : rules) {
            if (rule.exact ? code.equals(rule.code) : code.startsWith(rule.code)) {
                labels = labels.isEmpty() ? new TreeSet<>() : labels;
                labels.add(rule.label);
            }
        }
        return labels;
    }

    @Override
    public Optional<PractitionerId> cosigner(PractitionerId practitioner, FacilityId facility) {
        return database.sql("""
                        select cosigner from practitioner_facility
                        where facility_id = ? and practitioner_id = ? and cosigner is not null
                        """)
                .params(facility.value(), practitioner.value())
                .query((row, number) -> new PractitionerId(row.getObject("cosigner", UUID.class)))
                .optional();
    }

    @Override
    @Requires(Permission.FACILITY_MANAGE)
    @Transactional(readOnly = true)
    public List<Cosigned> cosignatures(FacilityId facility) {
        Map<UUID, @Nullable UUID> cosigners = new HashMap<>();
        database.sql("select practitioner_id, cosigner from practitioner_facility where facility_id = ?")
                .param(facility.value())
                .query(row -> {
                    cosigners.put(row.getObject("practitioner_id", UUID.class), row.getObject("cosigner", UUID.class));
                });
        return directory.practitionersAt(facility).stream()
                .map(practitioner -> {
                    UUID cosigner = cosigners.get(practitioner.id().value());
                    return new Cosigned(
                            practitioner.id(),
                            practitioner.name(),
                            cosigner == null ? null : new PractitionerId(cosigner));
                })
                .toList();
    }

    @Override
    @Requires(Permission.FACILITY_MANAGE)
    @Transactional
    public void cosign(FacilityId facility, Map<PractitionerId, @Nullable PractitionerId> wanted) {
        directory.facility(facility).orElseThrow(() -> new NotFound("facility " + facility));
        Map<PractitionerId, Cosigned> present = cosignatures(facility).stream()
                .collect(Collectors.toMap(
                        Cosigned::practitioner, Function.identity(), (one, other) -> one, LinkedHashMap::new));
        Map<PractitionerId, @Nullable PractitionerId> after = new LinkedHashMap<>();
        present.values().forEach(one -> after.put(one.practitioner(), one.cosigner()));
        List<Problem> problems = new ArrayList<>();
        wanted.forEach((who, cosigner) -> {
            if (!present.containsKey(who) || cosigner != null && !present.containsKey(cosigner)) {
                problems.add(Problem.error(null, "Choose practitioners of this facility"));
            } else {
                after.put(who, cosigner);
            }
        });
        after.forEach((who, cosigner) -> {
            String name = Objects.requireNonNull(present.get(who)).name();
            if (who.equals(cosigner)) {
                problems.add(Problem.error(null, name + " cannot co-sign for himself or herself"));
            } else if (cosigner != null && after.get(cosigner) != null) {
                problems.add(Problem.error(
                        null,
                        name + ": "
                                + Objects.requireNonNull(present.get(cosigner)).name()
                                + " needs a co-signature as well"));
            }
        });
        if (!problems.isEmpty()) {
            throw new Rejected(problems);
        }
        after.forEach((who, cosigner) -> {
            Cosigned was = Objects.requireNonNull(present.get(who));
            if (!Objects.equals(was.cosigner(), cosigner)) {
                store(facility, who, cosigner);
            }
        });
    }

    private void store(FacilityId facility, PractitionerId who, @Nullable PractitionerId cosigner) {
        database.sql("""
                        update practitioner_facility set cosigner = :cosigner
                        where facility_id = :facility and practitioner_id = :practitioner
                        """)
                .param("cosigner", cosigner == null ? null : cosigner.value(), Types.OTHER)
                .param("facility", facility.value())
                .param("practitioner", who.value())
                .update();
        versions.add("practitioner.cosigner", who);
    }

    private Known known() {
        Known kept = known;
        if (kept == null || System.nanoTime() - kept.at > KEPT) {
            kept = read();
            known = kept;
        }
        return kept;
    }

    private Known read() {
        Map<FacilityId, Duration> limits = new HashMap<>();
        database.sql("select id, late_entry_hours from facility").query(row -> {
            limits.put(
                    new FacilityId(row.getObject("id", UUID.class)), Duration.ofHours(row.getInt("late_entry_hours")));
        });
        Map<String, List<Rule>> codes = new HashMap<>();
        database.sql("select label, system, code, exact from sensitivity_code").query(row -> {
            codes.computeIfAbsent(row.getString("system"), system -> new ArrayList<>())
                    .add(new Rule(row.getString("code"), row.getBoolean("exact"), row.getString("label")));
        });
        return new Known(System.nanoTime(), limits, codes);
    }

    /** Drops what is kept after a change of a facility. */
    void changed() {
        known = null;
    }

    private record Rule(String code, boolean exact, String label) {}

    private record Known(long at, Map<FacilityId, Duration> limits, Map<String, List<Rule>> codes) {}
}
