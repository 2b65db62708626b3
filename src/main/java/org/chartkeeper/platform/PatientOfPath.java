package org.chartkeeper.platform;

import java.util.Optional;

/**
 * Whose a case or a request is that has an address of its own. Its patient is read from it, decided on and shown in the
 * banner, and its forms carry the patient too: one of another patient is refused.
 */
public interface PatientOfPath {

    /** Where a request keeps its patient once access was decided. */
    String ATTRIBUTE = PatientOfPath.class.getName();

    /** Name of the path variable, such as {@code case}. */
    String variable();

    /** Empty where there is no such thing, whoever asks. One statement. */
    Optional<PatientId> patient(String id);
}
