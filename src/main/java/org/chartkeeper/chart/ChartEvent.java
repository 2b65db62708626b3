package org.chartkeeper.chart;

import java.util.Set;
import org.chartkeeper.platform.EncounterId;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.PatientId;

/** What happened to the record: published in the transaction of the change, with ids only. */
public sealed interface ChartEvent {

    /** A visit was opened here, in this state. */
    record VisitOpened(PatientId patient, EncounterId encounter, String status) implements ChartEvent {}

    /** A visit came into another state by {@link Encounters#moveTo}. */
    record VisitMoved(PatientId patient, EncounterId encounter, String status) implements ChartEvent {}

    /** Notes or documents of these visits were written here, other than final ones of an import. */
    record Documented(Set<EncounterId> encounters) implements ChartEvent {}

    /**
     * Entries got another version, or another one came into force with its signature, or something was added to them, here
     * or by an import.
     */
    record Amended(Set<EntryId> entries) implements ChartEvent {}

    /** A clinician sent an entry back to the one who entered it. */
    record Returned(PatientId patient, EntryId entry, EncounterId encounter) implements ChartEvent {}

    /**
     * Problems, allergies, drugs or values of these patients were written, signed, refused, returned or withdrawn, here or
     * by an import: what drugs are checked against may be another.
     */
    record SafetyChanged(Set<PatientId> patients) implements ChartEvent {}
}
