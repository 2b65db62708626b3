package org.chartkeeper.patient;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.PatientId;
import org.jspecify.annotations.Nullable;

/**
 * What identifies a patient on every page.
 *
 * @param family surname of the name in use; for an unidentified patient the alias
 * @param preferred preferred given name, null where it is the same
 * @param birthDate as ISO text of its precision: {@code 1948-03-11}, {@code 1948-03}, {@code 1948}; null where unknown
 * @param birthTime of a newborn, null where not recorded
 * @param sex registered sex as a word: Female, Male, Unknown …
 * @param deceased moment or day of death, null where living
 * @param probableChart of an unidentified patient: the chart that is probably the same person's, merge pending
 * @param mrns every MRN with its facility
 * @param marks safety words of the banner's second row: interpreter, guardian, legal restriction, identity unknown, returned mail
 * @param sameNames others of the same or nearly the same name here, "Eleanor Whitfield, born 2 Nov 1951"
 */
public record PatientSummary(
        PatientId id,
        String family,
        String given,
        @Nullable String preferred,
        @Nullable String pronouns,
        @Nullable String birthDate,
        @Nullable Instant birthTime,
        String sex,
        @Nullable String deceased,
        boolean identityUnknown,
        @Nullable PatientId mergedInto,
        @Nullable PatientId probableChart,
        @Nullable String pcp,
        List<Mrn> mrns,
        List<String> marks,
        List<String> sameNames) {

    /** An MRN and whose it is. */
    public record Mrn(FacilityId facility, String facilityName, String value) {}

    /** "Surname, Given". */
    public String label() {
        return given.isEmpty() ? family : family + ", " + given;
    }

    /** The birth date where it is known to the day. */
    public @Nullable LocalDate bornOn() {
        return birthDate != null && birthDate.length() == 10 ? LocalDate.parse(birthDate) : null;
    }
}
