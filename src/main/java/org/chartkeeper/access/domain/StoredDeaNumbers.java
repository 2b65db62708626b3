package org.chartkeeper.access.domain;

import java.sql.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.chartkeeper.access.DeaNumbers;
import org.chartkeeper.access.Directory;
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

@Service
class StoredDeaNumbers implements DeaNumbers {

    private final JdbcClient database;
    private final Directory directory;
    private final PractitionerVersions versions;

    StoredDeaNumbers(JdbcClient database, Directory directory, PractitionerVersions versions) {
        this.database = database;
        this.directory = directory;
        this.versions = versions;
    }

    @Override
    @Requires(Permission.FACILITY_MANAGE)
    @Transactional(readOnly = true)
    public List<Registered> registered(FacilityId facility) {
        return directory.practitionersAt(facility).stream()
                .map(one -> new Registered(
                        one.id(), one.name(), one.npi(), one.dea().get(facility)))
                .toList();
    }

    @Override
    @Requires(Permission.FACILITY_MANAGE)
    @Transactional
    public void register(FacilityId facility, List<Change> changes) {
        directory.facility(facility).orElseThrow(() -> new NotFound("facility " + facility));
        Map<PractitionerId, Registered> present =
                registered(facility).stream().collect(Collectors.toMap(Registered::practitioner, Function.identity()));
        List<Problem> problems = new ArrayList<>();
        Map<String, PractitionerId> typed = new HashMap<>();
        for (int at = 0; at < changes.size(); at++) {
            Change change = changes.get(at);
            Registered who = present.get(change.practitioner());
            String field = "numbers[" + at + "]";
            if (who == null) {
                problems.add(Problem.error(null, "Choose practitioners of this facility"));
                continue;
            }
            if (!Objects.requireNonNullElse(who.number(), "").equals(change.was())) {
                problems.add(Problem.error(
                        field,
                        "Somebody else changed the number of " + who.name() + " meanwhile: it is now "
                                + (who.number() == null ? "empty" : who.number())));
                continue;
            }
            String number = tidy(change.number());
            if (number == null) {
                continue;
            }
            wrong(number).ifPresent(why -> problems.add(Problem.error(field, who.name() + ": " + why)));
            PractitionerId twice = typed.put(number, who.practitioner());
            if (twice != null || another(number, who.practitioner())) {
                problems.add(Problem.error(field, who.name() + ": " + number + " is the number of somebody else"));
            }
        }
        if (!problems.isEmpty()) {
            throw new Rejected(problems);
        }
        for (Change change : changes) {
            String number = tidy(change.number());
            if (!Objects.equals(
                    Objects.requireNonNull(present.get(change.practitioner())).number(), number)) {
                store(facility, change.practitioner(), number);
            }
        }
    }

    /** In capitals and without blanks; null where nothing was typed. */
    private static @Nullable String tidy(String typed) {
        String plain = typed.replaceAll("\\s", "").toUpperCase(Locale.ROOT);
        return plain.isEmpty() ? null : plain;
    }

    private static Optional<String> wrong(String number) {
        if (!SHAPE.matcher(number).matches()) {
            return Optional.of(number + " is no DEA number: enter two letters and seven digits, such as AB1234563");
        }
        return DeaNumbers.checked(number.substring(2, 9))
                ? Optional.empty()
                : Optional.of(number + " is mistyped: its last digit does not fit the others");
    }

    private boolean another(String number, PractitionerId who) {
        return database.sql("""
                        select exists (select from practitioner_facility where dea = :number and practitioner_id <> :who)
                        """)
                .param("number", number)
                .param("who", who.value())
                .query(Boolean.class)
                .single();
    }

    private void store(FacilityId facility, PractitionerId who, @Nullable String number) {
        database.sql("""
                        update practitioner_facility set dea = :number
                        where facility_id = :facility and practitioner_id = :practitioner
                        """)
                .param("number", number, Types.VARCHAR)
                .param("facility", facility.value())
                .param("practitioner", who.value())
                .update();
        versions.add("practitioner.dea", who);
    }
}
