package org.chartkeeper.chart;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an entry says. Kept as canonical JSON (RFC 8785) of these records: null and empty parts are left out. Decimals are
 * text, so that 7.40 stays 7.40. Dates and moments are ISO text of the precision that was stated; moments in UTC.
 */
public sealed interface Content {

    EntryType type();

    /** One line that names it: "Furosemide 40 mg tablet". */
    String title();

    /**
     * A problem of the list or, as a snapshot, a diagnosis of a visit.
     *
     * @param visitDiagnosis true for the snapshot
     * @param clinicalStatus active, recurrence, relapse, inactive, remission, resolved
     * @param verificationStatus unconfirmed, provisional, differential, confirmed, refuted
     * @param rank of a visit diagnosis, 1 for the first-listed
     */
    record Condition(
            boolean visitDiagnosis,
            Concept code,
            String clinicalStatus,
            String verificationStatus,
            @Nullable String severity,
            @Nullable String onset,
            @Nullable String abatement,
            @Nullable Integer rank,
            @Nullable String note)
            implements Content {
        @Override
        public EntryType type() {
            return visitDiagnosis ? EntryType.VISIT_DIAGNOSIS : EntryType.CONDITION;
        }

        @Override
        public String title() {
            return code.text();
        }
    }

    /**
     * An allergy or intolerance, or the coded assertion that none is known.
     *
     * @param kind allergy, intolerance, none-known
     * @param category food, medication, environment, biologic; null where not said
     * @param clinicalStatus active, inactive, resolved
     * @param verificationStatus unconfirmed, confirmed, refuted
     * @param criticality low, high, unable-to-assess; null where not said
     */
    record Allergy(
            String kind,
            @Nullable String category,
            Concept substance,
            String clinicalStatus,
            String verificationStatus,
            @Nullable String criticality,
            List<Reaction> reactions,
            @Nullable String onset,
            @Nullable String note)
            implements Content {
        @Override
        public EntryType type() {
            return EntryType.ALLERGY;
        }

        @Override
        public String title() {
            return substance.text();
        }

        public boolean noneKnown() {
            return kind.equals("none-known");
        }
    }

    /** A reaction. {@code severity}: mild, moderate, severe, null where not said. */
    record Reaction(String manifestation, @Nullable String severity) {}

    /**
     * How a drug is to be taken.
     *
     * @param text the sig in words: "1 by mouth daily"
     * @param dose decimal as text
     * @param doseUnit as written, UCUM where known
     * @param timing usual abbreviation or words: daily, BID, q8h
     * @param duration a whole number and a UCUM unit of time: {@code 5 d}, {@code 2 wk}
     */
    record Dosage(
            String text,
            @Nullable String dose,
            @Nullable String doseUnit,
            @Nullable String route,
            @Nullable String timing,
            boolean asNeeded,
            @Nullable String asNeededReason,
            @Nullable String duration) {

        /** Without a duration. */
        public Dosage(
                String text,
                @Nullable String dose,
                @Nullable String doseUnit,
                @Nullable String route,
                @Nullable String timing,
                boolean asNeeded,
                @Nullable String asNeededReason) {
            this(text, dose, doseUnit, route, timing, asNeeded, asNeededReason, null);
        }
    }

    /**
     * A prescription or other drug order.
     *
     * @param status active, on-hold, stopped, completed, replaced, cancelled, draft, unknown
     * @param stopReason completed, replaced, adverse-reaction, ineffective, patient-stopped, duplicate; null while it runs
     * @param indication in words
     * @param indicationOf the problem or visit diagnosis that it is for
     * @param replaces the order that this one replaces
     * @param prescriber as shown, null where unknown
     */
    record MedicationOrder(
            Concept medication,
            String status,
            @Nullable Dosage dosage,
            @Nullable String quantity,
            @Nullable Integer refills,
            @Nullable Integer daysSupply,
            @Nullable String indication,
            @Nullable EntryRef indicationOf,
            @Nullable String authored,
            @Nullable String start,
            @Nullable String end,
            @Nullable String stopReason,
            @Nullable EntryRef replaces,
            @Nullable String prescriber,
            @Nullable String note)
            implements Content {

        /** Linked to no diagnosis. */
        public MedicationOrder(
                Concept medication,
                String status,
                @Nullable Dosage dosage,
                @Nullable String quantity,
                @Nullable Integer refills,
                @Nullable Integer daysSupply,
                @Nullable String indication,
                @Nullable String authored,
                @Nullable String start,
                @Nullable String end,
                @Nullable String stopReason,
                @Nullable EntryRef replaces,
                @Nullable String prescriber,
                @Nullable String note) {
            this(
                    medication,
                    status,
                    dosage,
                    quantity,
                    refills,
                    daysSupply,
                    indication,
                    null,
                    authored,
                    start,
                    end,
                    stopReason,
                    replaces,
                    prescriber,
                    note);
        }

        @Override
        public EntryType type() {
            return EntryType.MEDICATION_ORDER;
        }

        @Override
        public String title() {
            return medication.text();
        }
    }

    /** What the patient takes, as reported. {@code status}: active, stopped, completed, not-taken, unknown. */
    record MedicationStatement(
            Concept medication,
            String status,
            @Nullable Dosage dosage,
            @Nullable String start,
            @Nullable String end,
            @Nullable String note)
            implements Content {
        @Override
        public EntryType type() {
            return EntryType.MEDICATION_STATEMENT;
        }

        @Override
        public String title() {
            return medication.text();
        }
    }

    /** A drug that was given. {@code status}: completed, not-done, stopped, in-progress, unknown. */
    record MedicationAdministration(
            Concept medication,
            String status,
            @Nullable Dosage dosage,
            @Nullable String reason,
            @Nullable String note) implements Content {
        @Override
        public EntryType type() {
            return EntryType.MEDICATION_ADMINISTRATION;
        }

        @Override
        public String title() {
            return medication.text();
        }
    }

    /**
     * An order that is no drug.
     *
     * @param kind laboratory, imaging, referral, procedure, nursing, code-status, admission-status, follow-up
     * @param status draft, active, on-hold, completed, revoked, unknown
     * @param how written, verbal, telephone, protocol
     * @param givenBy who gave it, takenBy who took it
     * @param readBack whether it was read back; null for a written one
     */
    record Order(
            String kind,
            Concept code,
            String status,
            String how,
            @Nullable String givenBy,
            @Nullable String takenBy,
            @Nullable Boolean readBack,
            @Nullable String orderedAt,
            @Nullable String due,
            @Nullable String note)
            implements Content {
        @Override
        public EntryType type() {
            return EntryType.ORDER;
        }

        @Override
        public String title() {
            return code.text();
        }
    }

    /**
     * A value.
     *
     * @param number decimal as text, null for words
     * @param unit as shown
     * @param ucum UCUM code, null where unknown
     * @param text words or a coded value's text, null for a number
     * @param asTyped what a person typed, "157 lb"; null for imports
     * @param codings of a coded value, every one as it came; empty for others
     */
    record Value(
            @Nullable String number,
            @Nullable String unit,
            @Nullable String ucum,
            @Nullable String text,
            @Nullable String asTyped,
            List<Concept.Coding> codings) {

        public Value {
            codings = List.copyOf(codings);
        }

        /** A value that is not coded. */
        public Value(
                @Nullable String number,
                @Nullable String unit,
                @Nullable String ucum,
                @Nullable String text,
                @Nullable String asTyped) {
            this(number, unit, ucum, text, asTyped, List.of());
        }

        /** As a page shows it: "157 lb", "Never smoker". */
        public String display() {
            if (number == null) {
                return text == null ? "" : text;
            }
            return unit == null || unit.isEmpty() ? number : number + " " + unit;
        }
    }

    /** A part of an observation, such as the systolic pressure. */
    record Component(
            Concept code, @Nullable Value value, @Nullable String interpretation) {}

    /**
     * A measured or observed value.
     *
     * @param category vital-signs, laboratory, social-history, survey, imaging, exam, other
     * @param status preliminary, final, amended, corrected, cancelled, unknown
     * @param interpretation H, L, HH, LL, A, N; null where not said
     * @param circumstance position and site of a pressure, oxygen or room air
     * @param absentReason why there is no value
     */
    record Observation(
            String category,
            Concept code,
            @Nullable Value value,
            List<Component> components,
            String status,
            @Nullable String interpretation,
            @Nullable String referenceRange,
            @Nullable String performer,
            @Nullable String specimen,
            @Nullable String collected,
            @Nullable String resulted,
            @Nullable String circumstance,
            @Nullable String absentReason,
            @Nullable String note)
            implements Content {
        @Override
        public EntryType type() {
            return EntryType.OBSERVATION;
        }

        @Override
        public String title() {
            return code.text();
        }
    }

    /** A report: laboratory panel, radiology, pathology. {@code status}: preliminary, final, amended, corrected, cancelled, unknown. */
    record DiagnosticReport(
            Concept code,
            String status,
            @Nullable String category,
            @Nullable String orderedBy,
            @Nullable String performer,
            @Nullable String issued,
            @Nullable String text,
            List<EntryRef> results)
            implements Content {
        @Override
        public EntryType type() {
            return EntryType.DIAGNOSTIC_REPORT;
        }

        @Override
        public String title() {
            return code.text();
        }
    }

    /** Something that was done. {@code status}: completed, not-done, stopped, in-progress, unknown. */
    record Procedure(
            Concept code,
            String status,
            @Nullable String performedFrom,
            @Nullable String performedUntil,
            @Nullable String performer,
            @Nullable String bodySite,
            @Nullable String reason,
            @Nullable String outcome,
            @Nullable String note)
            implements Content {
        @Override
        public EntryType type() {
            return EntryType.PROCEDURE;
        }

        @Override
        public String title() {
            return code.text();
        }
    }

    /** A vaccination. {@code status}: completed, not-done. {@code historical}: reported, not given here. */
    record Immunization(
            Concept vaccine,
            String status,
            boolean historical,
            @Nullable String lot,
            @Nullable String manufacturer,
            @Nullable String expires,
            @Nullable String site,
            @Nullable String route,
            @Nullable String dose,
            @Nullable String doseNumber,
            @Nullable String reasonNotDone,
            @Nullable String note)
            implements Content {
        @Override
        public EntryType type() {
            return EntryType.IMMUNIZATION;
        }

        @Override
        public String title() {
            return vaccine.text();
        }
    }

    /**
     * A written note.
     *
     * @param kind a word of the note types: progress, consultation, discharge-summary, psychotherapy, sud-counseling
     * @param status dictated (no text yet), transcribed, preliminary, final, amended
     * @param text paragraphs with a blank line between; a line that begins with {@code #} is a heading
     * @param addendumTo the entry it adds to; null for a note of its own
     * @param passages where its paragraphs come from, in their order; empty where that was not kept
     */
    record Note(
            String kind,
            Concept heading,
            String status,
            String text,
            @Nullable EntryRef addendumTo,
            List<Passage> passages)
            implements Content {

        public Note {
            passages = List.copyOf(passages);
        }

        /** A note of whose paragraphs nothing else is known. */
        public Note(String kind, Concept heading, String status, String text, @Nullable EntryRef addendumTo) {
            this(kind, heading, status, text, addendumTo, List.of());
        }

        @Override
        public EntryType type() {
            return EntryType.NOTE;
        }

        @Override
        public String title() {
            return heading.text();
        }
    }

    /**
     * Paragraphs of a note that follow each other and come from the same.
     *
     * @param paragraphs how many, headings not counted
     * @param origin typed, dictated, copied, template, imported
     * @param from the note that they were copied from; null for others
     */
    record Passage(int paragraphs, String origin, @Nullable EntryRef from) {}

    /**
     * A file of the record, kept by hash in the content store.
     *
     * @param kind what kind of document, in words and code
     * @param serviceDate the date that the document bears or the service that it tells of
     * @param typeKey key of the document catalogue; null for what was imported
     * @param section of the catalogue, which the documents of a chart are listed by; null for what was imported
     * @param received when the file came in, ISO text; null where not recorded
     * @param pages how many it has, null where not counted
     * @param directive what a consent or a directive says; null for any other document
     */
    record Document(
            Concept kind,
            String name,
            String mediaType,
            String sha256,
            long size,
            @Nullable String serviceDate,
            @Nullable String author,
            @Nullable String origin,
            @Nullable String note,
            @Nullable String typeKey,
            @Nullable String section,
            @Nullable String received,
            @Nullable Integer pages,
            @Nullable Directive directive)
            implements Content {

        /** A document that comes from elsewhere than the catalogue. */
        public Document(
                Concept kind,
                String name,
                String mediaType,
                String sha256,
                long size,
                @Nullable String serviceDate,
                @Nullable String author,
                @Nullable String origin,
                @Nullable String note) {
            this(kind, name, mediaType, sha256, size, serviceDate, author, origin, note, null, null, null, null, null);
        }

        @Override
        public EntryType type() {
            return EntryType.DOCUMENT;
        }

        @Override
        public String title() {
            return name;
        }
    }

    /**
     * What a consent or a directive says. Dates are ISO text.
     *
     * @param kind treatment, procedure, anesthesia, blood, privacy-notice, exchange, research, telehealth, photography,
     *     release, living-will, proxy, polst, dnr, inquiry (the patient was asked for directives)
     * @param decision given, refused, not-obtained, none-on-file
     * @param concerns which procedure, study or person
     * @param reason why it was not obtained
     * @param revoked since when it holds no longer
     */
    record Directive(
            String kind,
            String decision,
            @Nullable String concerns,
            @Nullable String reason,
            @Nullable String signedBy,
            @Nullable String witnessedBy,
            @Nullable String validFrom,
            @Nullable String validUntil,
            @Nullable String revoked) {}

    /** A plan of care, a goal or an activity of it. {@code kind}: plan, goal, activity, team, follow-up. */
    record CarePlanItem(
            String kind,
            Concept code,
            String status,
            @Nullable String from,
            @Nullable String until,
            List<String> activities,
            @Nullable String note)
            implements Content {
        @Override
        public EntryType type() {
            return EntryType.CARE_PLAN_ITEM;
        }

        @Override
        public String title() {
            return code.text();
        }
    }

    /** Points at another entry by its id as text; for an import whose target is not here, at what was written there. */
    record EntryRef(String entry) {}
}
