package org.chartkeeper.patient.domain;

import java.util.List;
import java.util.Optional;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.PatientId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Gives MRNs and the names of unidentified patients, per facility. */
@Repository
class Numbering {

    /** The first MRN of a facility is 0040-0010 or so: never so short that it is taken for something else. */
    private static final long FIRST = 40_001;

    private static final List<String> FIRST_WORDS = List.of(
            "Amber", "Birch", "Cedar", "Delta", "Ember", "Flint", "Granite", "Hazel", "Indigo", "Juniper", "Kestrel",
            "Laurel", "Maple", "Nickel", "Ochre", "Pepper", "Quartz", "Russet", "Saffron", "Topaz", "Umber", "Violet",
            "Willow", "Yarrow", "Zinc");
    private static final List<String> SECOND_WORDS = List.of(
            "Anchor", "Bridge", "Comet", "Dune", "Engine", "Falcon", "Garden", "Harbor", "Island", "Jacket", "Kettle",
            "Lantern", "Meadow", "Needle", "Orbit", "Paddle", "Quarry", "River", "Saddle", "Tunnel", "Upland", "Valley",
            "Window", "Yonder", "Zephyr", "Thistle", "Marble", "Button", "Carpet");

    private final JdbcClient database;

    Numbering(JdbcClient database) {
        this.database = database;
    }

    /** The facility's next MRN that nobody has. Locks the facility's sequence until the transaction ends. */
    String nextMrn(FacilityId facility) {
        String mrn;
        do {
            mrn = Numbers.mrn(database.sql("""
                            insert into mrn_sequence (facility_id, next_value) values (?, ?)
                            on conflict (facility_id) do update set next_value = mrn_sequence.next_value + 1
                            returning next_value
                            """)
                    .params(facility.value(), FIRST)
                    .query(Long.class)
                    .single());
        } while (taken(facility, mrn));
        return mrn;
    }

    private boolean taken(FacilityId facility, String mrn) {
        return database.sql("select exists (select from mrn where facility_id = ? and normalised = ?)")
                .params(facility.value(), Numbers.plain(mrn))
                .query(Boolean.class)
                .single();
    }

    /**
     * The next name of the facility's list that nobody had, else a made one. The caller has taken an MRN first, whose lock
     * makes this one at a time until {@link #useAlias} in the same transaction.
     */
    String reserveAlias(FacilityId facility) {
        Optional<String> listed =
                database.sql("""
                        select name from patient_alias where facility_id = ? and patient_id is null
                         order by number limit 1
                        """).param(facility.value()).query(String.class).optional();
        return listed.orElseGet(() -> addAlias(facility));
    }

    void useAlias(FacilityId facility, String name, PatientId patient) {
        database.sql("update patient_alias set patient_id = ? where facility_id = ? and name = ?")
                .params(patient.value(), facility.value(), name)
                .update();
    }

    private String addAlias(FacilityId facility) {
        int number = database.sql("select coalesce(max(number), 0) + 1 from patient_alias where facility_id = ?")
                .param(facility.value())
                .query(Integer.class)
                .single();
        database.sql("insert into patient_alias (facility_id, number, name) values (?, ?, ?)")
                .params(facility.value(), number, alias(number))
                .update();
        return alias(number);
    }

    /** 25 by 29 words: neighbors in time differ in both; a third part keeps later rounds apart. */
    static String alias(int number) {
        int index = number - 1;
        int first = index % FIRST_WORDS.size();
        int second = index % SECOND_WORDS.size();
        int round = index / (FIRST_WORDS.size() * SECOND_WORDS.size());
        return FIRST_WORDS.get(first) + " " + SECOND_WORDS.get(second) + (round == 0 ? "" : " " + (round + 1));
    }
}
