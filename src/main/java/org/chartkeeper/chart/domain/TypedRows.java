package org.chartkeeper.chart.domain;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.chartkeeper.chart.Concept;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.EntryType;
import org.jspecify.annotations.Nullable;

/** What the searched columns of header and typed row say for a content; a pure function of it, so verify can ask again. */
final class TypedRows {

    /** How the content of a typed row stands. */
    enum Force {
        IN_FORCE,
        PROPOSED,
        RETRACTED;

        static Force of(EntryEntity entry) {
            return entry.proposed() ? PROPOSED : entry.retracted() ? RETRACTED : IN_FORCE;
        }
    }

    private static final Set<String> ACTIVE_CLINICAL = Set.of("active", "recurrence", "relapse");

    private static final Map<EntryType, Table> TABLES = new EnumMap<>(EntryType.class);

    static {
        Table condition = Table.of(
                "condition",
                "id uuid, patient_id uuid, visit_diagnosis boolean, code_system text, code text, clinical_status text,"
                        + " verification_status text, rank integer");
        TABLES.put(EntryType.CONDITION, condition);
        TABLES.put(EntryType.VISIT_DIAGNOSIS, condition);
        TABLES.put(
                EntryType.ALLERGY,
                Table.of(
                        "allergy",
                        "id uuid, patient_id uuid, kind text, category text, code_system text, code text,"
                                + " clinical_status text, verification_status text, criticality text, guard_key text"));
        TABLES.put(
                EntryType.MEDICATION_ORDER,
                Table.of(
                        "medication_order",
                        "id uuid, patient_id uuid, code_system text, code text, status text, authored text,"
                                + " replaces uuid"));
        String drug = "id uuid, patient_id uuid, code_system text, code text, status text";
        TABLES.put(EntryType.MEDICATION_STATEMENT, Table.of("medication_statement", drug));
        TABLES.put(EntryType.MEDICATION_ADMINISTRATION, Table.of("medication_administration", drug));
        TABLES.put(
                EntryType.ORDER,
                Table.of(
                        "clinical_order",
                        "id uuid, patient_id uuid, kind text, code_system text, code text, status text, how text,"
                                + " due text"));
        TABLES.put(
                EntryType.OBSERVATION,
                Table.of(
                        "observation",
                        "id uuid, patient_id uuid, category text, code_system text, code text, at timestamptz,"
                                + " number numeric, second_number numeric, unit text, status text"));
        TABLES.put(
                EntryType.DIAGNOSTIC_REPORT,
                Table.of(
                        "diagnostic_report",
                        "id uuid, patient_id uuid, code_system text, code text, status text, category text"));
        TABLES.put(EntryType.PROCEDURE, Table.of("procedure_done", drug));
        TABLES.put(
                EntryType.IMMUNIZATION,
                Table.of(
                        "immunization",
                        "id uuid, patient_id uuid, code_system text, code text, status text, historical boolean"));
        TABLES.put(
                EntryType.NOTE,
                Table.of("note", "id uuid, patient_id uuid, kind text, status text, addendum_to text, text text"));
        TABLES.put(
                EntryType.DOCUMENT,
                Table.of(
                        "document",
                        "id uuid, patient_id uuid, code_system text, code text, media_type text, sha256 text,"
                                + " size bigint, service_date text"));
        TABLES.put(
                EntryType.CARE_PLAN_ITEM,
                Table.of(
                        "care_plan_item",
                        "id uuid, patient_id uuid, kind text, code_system text, code text, status text"));
    }

    private TypedRows() {}

    static Table table(EntryType type) {
        Table table = TABLES.get(type);
        if (table == null) {
            throw new IllegalStateException("no table for " + type);
        }
        return table;
    }

    /**
     * The typed row.
     *
     * @param guarded whether a second active allergy to the same is to be refused: not for one that an import brought
     */
    static @Nullable String[] row(UUID id, UUID patient, Content content, Instant event, boolean guarded, Force force) {
        boolean retracted = force == Force.RETRACTED;
        String key = id.toString();
        String whose = patient.toString();
        Concept.Coding coding = concept(content).first();
        String system = coding == null ? null : coding.system();
        String code = coding == null ? null : coding.code();
        return switch (content) {
            case Content.Condition c ->
                row(
                        key,
                        whose,
                        Boolean.toString(c.visitDiagnosis()),
                        system,
                        code,
                        c.clinicalStatus(),
                        c.verificationStatus(),
                        text(c.rank()));
            case Content.Allergy c ->
                row(
                        key,
                        whose,
                        c.kind(),
                        c.category(),
                        system,
                        code,
                        c.clinicalStatus(),
                        c.verificationStatus(),
                        c.criticality(),
                        guarded && !retracted && active(c) ? sameness(c) : null);
            case Content.MedicationOrder c ->
                row(
                        key,
                        whose,
                        system,
                        code,
                        force == Force.PROPOSED ? "proposed" : c.status(),
                        c.authored(),
                        retracted ? null : text(replaced(c)));
            case Content.MedicationStatement c -> row(key, whose, system, code, c.status());
            case Content.MedicationAdministration c -> row(key, whose, system, code, c.status());
            case Content.Order c -> row(key, whose, c.kind(), system, code, c.status(), c.how(), c.due());
            case Content.Observation c ->
                row(
                        key,
                        whose,
                        c.category(),
                        system,
                        code,
                        event.toString(),
                        decimal(value(c, 0)),
                        decimal(c.value() == null ? value(c, 1) : null),
                        unit(c),
                        c.status());
            case Content.DiagnosticReport c -> row(key, whose, system, code, c.status(), c.category());
            case Content.Procedure c -> row(key, whose, system, code, c.status());
            case Content.Immunization c -> row(key, whose, system, code, c.status(), Boolean.toString(c.historical()));
            case Content.Note c ->
                row(
                        key,
                        whose,
                        c.kind(),
                        c.status(),
                        c.addendumTo() == null ? null : c.addendumTo().entry(),
                        c.text());
            case Content.Document c ->
                row(key, whose, system, code, c.mediaType(), c.sha256(), Long.toString(c.size()), c.serviceDate());
            case Content.CarePlanItem c -> row(key, whose, c.kind(), system, code, c.status());
        };
    }

    /** What names it: code and words. */
    static Concept concept(Content content) {
        return switch (content) {
            case Content.Condition c -> c.code();
            case Content.Allergy c -> c.substance();
            case Content.MedicationOrder c -> c.medication();
            case Content.MedicationStatement c -> c.medication();
            case Content.MedicationAdministration c -> c.medication();
            case Content.Order c -> c.code();
            case Content.Observation c -> c.code();
            case Content.DiagnosticReport c -> c.code();
            case Content.Procedure c -> c.code();
            case Content.Immunization c -> c.vaccine();
            case Content.Note c -> c.heading();
            case Content.Document c -> c.kind();
            case Content.CarePlanItem c -> c.code();
        };
    }

    /** What a section is filtered by. */
    static @Nullable String category(Content content) {
        return switch (content) {
            case Content.Observation c -> c.category();
            case Content.Order c -> c.kind();
            case Content.Note c -> c.kind();
            case Content.CarePlanItem c -> c.kind();
            case Content.DiagnosticReport c -> c.category();
            case Content.Allergy c -> c.category();
            case Content.Document c -> c.section();
            default -> null;
        };
    }

    /** Whether it counts for lists and checks; a point-in-time entry always does. */
    static boolean active(Content content) {
        return switch (content) {
            case Content.Condition c -> c.visitDiagnosis() || activeProblem(c.clinicalStatus(), c.verificationStatus());
            case Content.Allergy c -> activeProblem(c.clinicalStatus(), c.verificationStatus());
            case Content.MedicationOrder c ->
                c.status().equals("active") || c.status().equals("on-hold");
            case Content.MedicationStatement c -> c.status().equals("active");
            case Content.Order c -> Set.of("active", "on-hold", "draft").contains(c.status());
            case Content.CarePlanItem c ->
                !Set.of("completed", "revoked", "cancelled", "entered-in-error").contains(c.status());
            default -> true;
        };
    }

    private static boolean activeProblem(String clinical, String verification) {
        return ACTIVE_CLINICAL.contains(clinical) && !verification.equals("refuted");
    }

    /** By what a duplicate is known: its first code, or its words where it has none. */
    static String sameness(Content content) {
        Concept concept = concept(content);
        Concept.Coding coding = concept.first();
        return coding == null ? concept.text().strip().toLowerCase(Locale.ROOT) : coding.system() + "|" + coding.code();
    }

    /** The order that this one replaces; null where it replaces none of ours. */
    static @Nullable UUID replaced(Content content) {
        if (content instanceof Content.MedicationOrder order && order.replaces() != null) {
            try {
                return UUID.fromString(order.replaces().entry());
            } catch (IllegalArgumentException e) {
                return null;
            }
        }
        return null;
    }

    /** The entry of ours that this one adds to; null for an entry of its own. */
    static @Nullable UUID addendumTo(Content content) {
        if (content instanceof Content.Note note && note.addendumTo() != null) {
            try {
                return UUID.fromString(note.addendumTo().entry());
            } catch (IllegalArgumentException e) {
                return null;
            }
        }
        return null;
    }

    private static Content.@Nullable Value value(Content.Observation observation, int component) {
        if (observation.value() != null) {
            return component == 0 ? observation.value() : null;
        }
        List<Content.Component> components = observation.components();
        return component < components.size() ? components.get(component).value() : null;
    }

    private static @Nullable String unit(Content.Observation observation) {
        Content.Value value = value(observation, 0);
        return value == null ? null : value.unit();
    }

    /** The number where it is one; "<5" is text for a search. */
    private static @Nullable String decimal(Content.@Nullable Value value) {
        if (value == null || value.number() == null || value.number().length() > 100) {
            return null;
        }
        try {
            BigDecimal number = new BigDecimal(value.number());
            return Math.abs(number.scale()) > 100 ? null : number.toPlainString();
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    private static @Nullable String[] row(@Nullable String... values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = Texts.cleanOrNull(values[i]);
        }
        return values;
    }
}
