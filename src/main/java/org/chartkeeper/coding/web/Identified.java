package org.chartkeeper.coding.web;

import org.chartkeeper.patient.PatientSummary;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.PartialDate;
import org.jspecify.annotations.Nullable;

/** A patient in a list: never by the name alone. */
record Identified(String label, String born, String mrn) {

    /** {@code person} null where the chart is not the reader's to know. */
    static Identified of(@Nullable PatientSummary person, FacilityId facility) {
        if (person == null) {
            return new Identified("Patient", "", "");
        }
        return new Identified(
                person.label(),
                person.birthDate() == null
                        ? "birth date unknown"
                        : PartialDate.parse(person.birthDate()).show(),
                person.mrns().stream()
                        .filter(mrn -> mrn.facility().equals(facility))
                        .findFirst()
                        .map(mrn -> "MRN " + mrn.value())
                        .orElse("no MRN here"));
    }

    /** In a list of several facilities an MRN says whose it is. */
    Identified at(@Nullable String place) {
        return place == null || mrn.isEmpty() ? this : new Identified(label, born, mrn + ", " + place);
    }

    /** "11 Mar 1948 · MRN 0048-2217". */
    public String by() {
        return born.isEmpty() ? "" : born + " · " + mrn;
    }
}
