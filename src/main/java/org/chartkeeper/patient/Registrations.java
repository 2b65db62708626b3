package org.chartkeeper.patient;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.PartialDate;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Registers patients and changes their registration. Each change makes one version, one audit event and the current rows
 * in one transaction. Whoever calls has decided that the actor may see the patient.
 */
public interface Registrations {

    /** @throws org.chartkeeper.platform.NotFound where there is no such patient */
    Registration get(PatientId patient);

    /**
     * What stood in an earlier version, for the conflict page.
     *
     * @throws org.chartkeeper.platform.NotFound where there is no such version
     */
    Demographics at(PatientId patient, int version);

    /** All versions, newest first, with what changed in each. */
    List<RegistrationVersion> history(PatientId patient);

    /** Those here who may be the same person, most likely first, as far as the actor may see them; at most ten. */
    List<Likely> likely(Demographics data);

    /**
     * Registers a patient; gives an MRN at the facility where {@code data} has none for it.
     *
     * @throws org.chartkeeper.platform.Rejected where something is impossible, or unlikely and not accepted
     */
    PatientId register(Demographics data, Filing filing);

    /**
     * The same from a page: refuses while somebody is likely the same person and was not said to be another.
     *
     * @param others those who were shown and are not this person
     * @throws LikelyExisting where {@link #likely} has somebody who is not among {@code others}
     */
    PatientId register(Demographics data, Set<PatientId> others, Filing filing);

    /** Registers somebody whose identity is unknown, under the next name of the facility's alias list. */
    PatientId registerUnidentified(Unidentified command, Filing filing);

    /** Registers a newborn from the mother's registration and links both. */
    PatientId registerNewborn(PatientId mother, Newborn command, Filing filing);

    /**
     * Changes a registration. The kind of the version follows from what differs.
     *
     * @param basedOn the version that {@code data} was made from
     * @return the number of the new version; {@code basedOn} where nothing differs
     * @throws org.chartkeeper.platform.Stale where the registration has changed since
     * @throws org.chartkeeper.platform.Rejected where something is impossible, or unlikely and not accepted
     */
    int change(PatientId patient, int basedOn, Demographics data, Filing filing);

    /**
     * States who an unidentified patient is: a person not registered before. The alias stays as an alias and never
     * becomes a former name.
     *
     * @param data the registration with names and birth date as they are known now
     * @param evidence how the identity was established
     */
    int identify(PatientId patient, int basedOn, Demographics data, String evidence, Filing filing);

    /**
     * States that an unidentified patient is probably the one of an existing chart. Links both at once; merging follows
     * as a step of its own.
     *
     * @param evidence how the identity was established
     */
    int identifyAs(PatientId patient, int basedOn, PatientId existing, String evidence, Filing filing);

    /** Links children of one birth with each other. */
    void linkTwins(PatientId one, PatientId other);

    /** Problems that {@code after} would be refused or warned for; {@code before} is null at registration. */
    List<Problem> check(@Nullable Demographics before, Demographics after);

    /** Unidentified patients of a facility that nobody has identified yet, oldest first, with what they are called. */
    List<Waiting> unidentified(FacilityId facility, int limit);

    /** An unidentified patient who waits to be identified. */
    record Waiting(PatientId id, String alias, Instant since) {}

    /**
     * Somebody who may be the same person.
     *
     * @param score 0 to 100
     * @param because what is alike, in words
     */
    record Likely(PatientSummary patient, int score, String because) {}

    /** Somebody here is likely the same person; nothing was registered. */
    final class LikelyExisting extends RuntimeException {}

    /**
     * What is known of somebody whose identity is not.
     *
     * @param sex code of registered sex
     * @param estimatedAge in years, null where it cannot be said
     * @param note where and how found; becomes the reason of the first version
     */
    record Unidentified(
            String sex,
            @Nullable Integer estimatedAge,
            @Nullable String note) {}

    /**
     * A newborn.
     *
     * @param sex code of registered sex and sex at birth: female, male, unknown
     * @param bornAt moment of birth
     * @param order which of a multiple birth, 1 for the first
     * @param plurality how many were born
     * @param given the given name where it has one already; else a temporary name is made (Girl A of Eleanor)
     */
    record Newborn(
            String sex,
            Instant bornAt,
            int order,
            int plurality,
            @Nullable Integer gestationDays,
            @Nullable Integer weightGrams,
            @Nullable String given) {}

    /** The day of birth of a newborn at the facility's clock. */
    static PartialDate day(Instant moment, java.time.ZoneId zone) {
        return PartialDate.of(moment.atZone(zone).toLocalDate());
    }
}
