package org.chartkeeper.coding;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A case as the rules of coding see it: one visit with its codes, and the facts of the chart that the rules ask for.
 * Everything but the identifier may be absent; lists are empty then.
 *
 * @param kind what kind of visit it was (JSON: {@code class}); null where not said
 * @param admitted first day of the visit, in the facility's zone
 * @param discharged last day of the visit; null while it lasts
 * @param disposition discharge status of the claim, two characters such as {@code 01}
 * @param payer who pays; {@link Payer#MEDICARE} where not said
 * @param facilityType kind of facility; {@link FacilityType#ACUTE} where not said
 * @param note text of the visit
 * @param weightKg in kilograms
 * @param earlier the diagnosis codes of the patient's visits before this one, the latest first; kept by the application
 *     alone, a case from a file has none
 * @param egfr estimated glomerular filtration rate in mL/min/1.73 m²
 * @param reconciliation what was decided of each drug at the transition of care; null where the case does not keep it
 *     (a case from a file)
 */
public record CodingCase(
        String id,
        @Nullable Kind kind,
        @Nullable LocalDate admitted,
        @Nullable LocalDate discharged,
        @Nullable String disposition,
        Payer payer,
        FacilityType facilityType,
        Patient patient,
        List<Diagnosis> diagnoses,
        List<Procedure> procedures,
        @Nullable String note,
        @Nullable BigDecimal weightKg,
        @Nullable BigDecimal egfr,
        List<Allergy> allergies,
        List<Medication> activeMedications,
        List<Prescription> prescriptions,
        List<Set<String>> earlier,
        @Nullable List<Reconciled> reconciliation) {

    /** A case of whose patient neither earlier visits nor a reconciliation of drugs are known. */
    public CodingCase(
            String id,
            @Nullable Kind kind,
            @Nullable LocalDate admitted,
            @Nullable LocalDate discharged,
            @Nullable String disposition,
            Payer payer,
            FacilityType facilityType,
            Patient patient,
            List<Diagnosis> diagnoses,
            List<Procedure> procedures,
            @Nullable String note,
            @Nullable BigDecimal weightKg,
            @Nullable BigDecimal egfr,
            List<Allergy> allergies,
            List<Medication> activeMedications,
            List<Prescription> prescriptions) {
        this(
                id,
                kind,
                admitted,
                discharged,
                disposition,
                payer,
                facilityType,
                patient,
                diagnoses,
                procedures,
                note,
                weightKg,
                egfr,
                allergies,
                activeMedications,
                prescriptions,
                List.of(),
                null);
    }

    public CodingCase {
        earlier = List.copyOf(earlier);
        diagnoses = List.copyOf(diagnoses);
        procedures = List.copyOf(procedures);
        allergies = List.copyOf(allergies);
        activeMedications = List.copyOf(activeMedications);
        prescriptions = List.copyOf(prescriptions);
        reconciliation = reconciliation == null ? null : List.copyOf(reconciliation);
    }

    /** The same case with the codes of the patient's visits before it, the latest first. */
    public CodingCase withEarlier(List<Set<String>> visits) {
        return with(visits, reconciliation);
    }

    /** The same case with what was decided of each drug at the transition of care. */
    public CodingCase withReconciliation(List<Reconciled> lines) {
        return with(earlier, lines);
    }

    private CodingCase with(List<Set<String>> visits, @Nullable List<Reconciled> lines) {
        return new CodingCase(
                id,
                kind,
                admitted,
                discharged,
                disposition,
                payer,
                facilityType,
                patient,
                diagnoses,
                procedures,
                note,
                weightKg,
                egfr,
                allergies,
                activeMedications,
                prescriptions,
                visits,
                lines);
    }

    /** A value that JSON and pages write as a word. */
    public interface Word {
        /** In lower case, as the JSON has it. */
        default String word() {
            return ((Enum<?>) this).name().toLowerCase(Locale.ROOT);
        }

        /** The value of a word; empty where there is none. */
        static <W extends Enum<W> & Word> Optional<W> of(Class<W> type, String word) {
            return Stream.of(type.getEnumConstants())
                    .filter(value -> value.word().equals(word))
                    .findFirst();
        }
    }

    /** What kind of visit. */
    public enum Kind implements Word {
        INPATIENT,
        AMBULATORY,
        EMERGENCY,
        OBSERVATION
    }

    /** Who pays: editor lists are hard for Medicare alone. */
    public enum Payer implements Word {
        MEDICARE,
        MEDICAID,
        COMMERCIAL,
        SELF,
        OTHER
    }

    /** What kind of facility: present-on-admission reporting binds acute hospitals alone. */
    public enum FacilityType implements Word {
        ACUTE,
        CAH,
        PSYCH,
        REHAB,
        OTHER
    }

    public enum Sex implements Word {
        FEMALE,
        MALE,
        OTHER,
        UNKNOWN
    }

    /** An organ of the inventory (uterus, cervix, ovaries, prostate, testes, breasts). */
    public enum Organ implements Word {
        PRESENT,
        ABSENT,
        UNKNOWN
    }

    /** What a diagnosis stands for on the claim. */
    public enum Role implements Word {
        PRINCIPAL,
        SECONDARY,
        ADMITTING,
        REASON
    }

    public enum ProcedureSystem implements Word {
        ICD10PCS,
        HCPCS,
        CPT
    }

    /**
     * Whom the case is about.
     *
     * @param organs by name in lower case
     * @param died day of death; null while alive or where not said
     */
    public record Patient(
            @Nullable LocalDate born,
            @Nullable Sex sex,
            Map<String, Organ> organs,
            @Nullable LocalDate died) {
        /** Nothing said. */
        public static final Patient UNSAID = new Patient(null, null, Map.of(), null);

        public Patient {
            organs = Map.copyOf(organs);
        }
    }

    /**
     * A diagnosis code.
     *
     * @param code as entered
     * @param role null where not said: the first such code is the principal or first-listed one where none is named
     * @param poa present on admission as entered; null where absent
     * @param evidence what the code rests on; null where the case does not keep it (a case from a file), empty where
     *     nothing is linked
     */
    public record Diagnosis(
            String code,
            @Nullable Role role,
            @Nullable String poa,
            @Nullable List<Evidence> evidence) {
        public Diagnosis(String code, @Nullable Role role, @Nullable String poa) {
            this(code, role, poa, null);
        }
    }

    /** Who stated a piece of evidence (guideline I.B.14). */
    public enum Author {
        /** The patient's provider: a physician or whoever may establish a diagnosis. */
        PROVIDER,
        /** A clinician who is not the patient's provider: nurse, dietitian, social worker, therapist. */
        OTHER_CLINICIAN,
        /** Interpreting a study: radiology, pathology. */
        INTERPRETER,
        /** The patient's own account. */
        PATIENT
    }

    /**
     * What a code rests on.
     *
     * @param document what a person would call it: "Progress note, 3 Oct 2026"
     * @param signed whether the document is signed and final, neither a draft nor preliminary
     * @param ofThisVisit whether it belongs to a visit of this case
     * @param reason why there is no document, in the coder's words; null where there is one
     */
    public record Evidence(
            String document,
            Author author,
            boolean signed,
            boolean ofThisVisit,
            @Nullable String reason) {}

    /**
     * A procedure or a line of service.
     *
     * @param on day on which it was done
     * @param pointers numbers of the diagnoses that it is for, from 1
     */
    public record Procedure(
            @Nullable ProcedureSystem system,
            String code,
            @Nullable LocalDate on,
            List<String> modifiers,
            @Nullable BigDecimal units,
            List<Integer> pointers) {
        public Procedure {
            modifiers = List.copyOf(modifiers);
            pointers = List.copyOf(pointers);
        }
    }

    /**
     * An allergy of the chart.
     *
     * @param status active, refuted, resolved, entered-in-error; null counts as active
     */
    public record Allergy(
            @Nullable String text,
            @Nullable String rxnorm,
            @Nullable String status) {}

    /** A drug that the patient takes. */
    public record Medication(
            @Nullable String rxnorm, @Nullable String text) {}

    /** What becomes of a drug at a transition of care. */
    public enum Decision implements Word {
        KEEP,
        CHANGE,
        STOP,
        NEW
    }

    /**
     * A line of the reconciliation of drugs.
     *
     * @param drug as the list of drugs names it
     * @param decision null while nobody has decided
     * @param reason null or blank while none is given
     */
    public record Reconciled(
            String drug,
            @Nullable Decision decision,
            @Nullable String reason) {}

    public record Dose(@Nullable BigDecimal value, @Nullable String unit) {}

    public record Prescriber(
            @Nullable String npi,
            @Nullable String dea,
            @Nullable String name) {}

    /**
     * A prescription as ordered.
     *
     * @param route SNOMED CT code of the route
     * @param days days' supply
     * @param schedule of the Controlled Substances Act: II to V
     * @param indication ICD-10-CM code
     */
    public record Prescription(
            @Nullable String ndc,
            @Nullable String rxnorm,
            @Nullable String text,
            @Nullable Dose dose,
            @Nullable String route,
            @Nullable String sig,
            @Nullable BigDecimal quantity,
            @Nullable BigDecimal days,
            @Nullable Integer refills,
            @Nullable String prnReason,
            @Nullable String schedule,
            @Nullable LocalDate ordered,
            @Nullable LocalDate start,
            @Nullable LocalDate end,
            @Nullable String indication,
            @Nullable Prescriber prescriber) {}
}
