package org.chartkeeper.coding.rule;

import java.time.LocalDate;
import java.time.Period;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.chartkeeper.coding.CodingCase;
import org.chartkeeper.coding.CodingCase.Diagnosis;
import org.chartkeeper.coding.CodingCase.FacilityType;
import org.chartkeeper.coding.CodingCase.Kind;
import org.chartkeeper.coding.CodingCase.Payer;
import org.chartkeeper.coding.CodingCase.Role;
import org.chartkeeper.coding.Severity;
import org.chartkeeper.terminology.CodeBook;
import org.chartkeeper.terminology.CodeBook.CodeList;
import org.chartkeeper.terminology.CodeBook.Concept;
import org.chartkeeper.terminology.CodeBook.Instruction;
import org.chartkeeper.terminology.CodeBook.InstructionKind;
import org.chartkeeper.terminology.CodeBook.Listing;
import org.chartkeeper.terminology.CodeBook.Standing;
import org.chartkeeper.terminology.CodeSystem;
import org.chartkeeper.terminology.DrugBook;
import org.jspecify.annotations.Nullable;

/** A case with the tables that speak for its date: what a rule asks. Made for one check; not shared between threads. */
public final class CaseView {

    private final CodingCase coded;
    private final CodeBook codes;
    private final DrugBook drugs;
    private final LocalDate on;
    private final LocalDate today;
    private final List<Dx> diagnoses;
    private final Map<String, List<Instruction>> instructions = new HashMap<>();
    private final Map<String, Standing> standings = new HashMap<>();
    private final Map<String, Title> titles = new HashMap<>();
    private @Nullable NoteText note;

    public CaseView(CodingCase coded, CodeBook codes, DrugBook drugs, LocalDate today) {
        this.coded = coded;
        this.codes = codes;
        this.drugs = drugs;
        this.today = today;
        this.on = date(coded, today);
        this.diagnoses = diagnoses(coded);
    }

    /** Discharge of an inpatient, first day of service of anyone else (ICD-10-CM is versioned by these). */
    private static LocalDate date(CodingCase coded, LocalDate today) {
        boolean byService =
                coded.kind() == Kind.AMBULATORY || coded.kind() == Kind.EMERGENCY || coded.kind() == Kind.OBSERVATION;
        LocalDate first = byService ? coded.admitted() : coded.discharged();
        LocalDate second = byService ? coded.discharged() : coded.admitted();
        return Stream.of(
                        Stream.ofNullable(first),
                        Stream.ofNullable(second),
                        coded.procedures().stream().map(CodingCase.Procedure::on),
                        coded.prescriptions().stream().map(CodingCase.Prescription::ordered))
                .flatMap(dates -> dates)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(today);
    }

    private static List<Dx> diagnoses(CodingCase coded) {
        int principal = -1;
        int unsaid = -1;
        for (int i = 0; i < coded.diagnoses().size(); i++) {
            Role role = coded.diagnoses().get(i).role();
            if (role == Role.PRINCIPAL && principal < 0) {
                principal = i;
            } else if (role == null && unsaid < 0) {
                unsaid = i;
            }
        }
        int first = principal >= 0 ? principal : unsaid;
        List<Dx> all = new ArrayList<>();
        for (int i = 0; i < coded.diagnoses().size(); i++) {
            Diagnosis entered = coded.diagnoses().get(i);
            all.add(new Dx(i, Dx.withDot(entered.code()), entered, i == first || entered.role() == Role.PRINCIPAL));
        }
        return List.copyOf(all);
    }

    public CodingCase coded() {
        return coded;
    }

    public CodeBook codes() {
        return codes;
    }

    public DrugBook drugs() {
        return drugs;
    }

    /** The day that chooses releases and editions. */
    public LocalDate on() {
        return on;
    }

    /** The day of the check. */
    public LocalDate today() {
        return today;
    }

    /** All diagnoses, admitting diagnosis and reasons for the visit too. */
    public List<Dx> all() {
        return diagnoses;
    }

    /** The claim's diagnoses in the case's order, with the principal wherever it stands. */
    public List<Dx> diagnoses() {
        return diagnoses.stream().filter(Dx::onClaim).toList();
    }

    public Optional<Dx> principal() {
        return diagnoses.stream().filter(Dx::principal).findFirst();
    }

    /** The claim's diagnoses that are one of these codes or below one of them. */
    public List<Dx> in(String... prefixes) {
        return diagnoses.stream()
                .filter(Dx::onClaim)
                .filter(dx -> dx.in(prefixes))
                .toList();
    }

    public boolean has(String... prefixes) {
        return diagnoses.stream().anyMatch(dx -> dx.onClaim() && dx.in(prefixes));
    }

    /** Whether one diagnosis is reported before another: the principal one first, then by the case's order. */
    public static boolean before(Dx one, Dx other) {
        return one.principal() != other.principal() ? one.principal() : one.index() < other.index();
    }

    public boolean inpatient() {
        return coded.kind() == Kind.INPATIENT;
    }

    /** Whether the case says that it is none of an inpatient. */
    public boolean outpatient() {
        return coded.kind() != null && coded.kind() != Kind.INPATIENT;
    }

    /** Hard for Medicare, whose editor's lists these are; to be reviewed for anyone else. */
    public Severity editorSeverity() {
        return coded.payer() == Payer.MEDICARE ? Severity.H : Severity.R;
    }

    /** Whether present-on-admission indicators are asked for: of inpatients of acute hospitals. */
    public boolean poaApplies() {
        return inpatient() && coded.facilityType() == FacilityType.ACUTE;
    }

    /** Age in completed years at admission (or on the case's day); null where the birth is not said or comes later. */
    public @Nullable Integer years() {
        LocalDate born = coded.patient().born();
        LocalDate at = ageDay();
        return born == null || born.isAfter(at)
                ? null
                : Period.between(born, at).getYears();
    }

    /** Age in days at admission (or on the case's day); null as {@link #years()}. */
    public @Nullable Long days() {
        LocalDate born = coded.patient().born();
        LocalDate at = ageDay();
        return born == null || born.isAfter(at) ? null : ChronoUnit.DAYS.between(born, at);
    }

    private LocalDate ageDay() {
        LocalDate admitted = coded.admitted();
        return admitted == null ? on : admitted;
    }

    public NoteText note() {
        NoteText read = note;
        if (read == null) {
            read = new NoteText(coded.note() == null ? "" : coded.note());
            note = read;
        }
        return read;
    }

    /** How an ICD-10-CM code stands on the case's day. */
    public Standing standing(String code) {
        return standings.computeIfAbsent(code, asked -> codes.standing(CodeSystem.ICD10CM, asked, on));
    }

    /** The instructions at an ICD-10-CM code and above it, the nearest first. */
    public List<Instruction> instructions(String code) {
        return instructions.computeIfAbsent(code, asked -> codes.instructions(asked, on));
    }

    public List<Instruction> instructions(String code, InstructionKind kind) {
        return instructions(code).stream().filter(one -> one.kind() == kind).toList();
    }

    /** The code's row in an editor's list; empty where it is not listed. */
    public Optional<Listing> listing(CodeList list, String code) {
        return codes.listing(list, code, on);
    }

    /** Whether the list is loaded; where not, the rule says so and goes on without it. */
    public boolean loaded(CodeList list, String name, Report report) {
        if (codes.edition(list, on).isPresent()) {
            return true;
        }
        report.notChecked(Report.CASE, name);
        return false;
    }

    /** Whether tabular notes are loaded; where not, the rule says so. */
    public boolean notesLoaded(Report report) {
        if (codes.tabularEdition(on).isPresent()) {
            return true;
        }
        report.notChecked(Report.CASE, "Tabular List with its notes");
        return false;
    }

    /** Code and title: {@code E11.9 Type 2 diabetes mellitus without complications}; the code alone where unknown. */
    public String named(String code) {
        return codes.concept(CodeSystem.ICD10CM, code, on)
                .map(concept -> concept.code() + " " + concept.display())
                .orElse(code);
    }

    /** The title taken apart; without words where unknown. */
    public Title titleOf(String code) {
        return titles.computeIfAbsent(code, asked -> new Title(title(asked)));
    }

    /** The title in lower case; empty where unknown. */
    public String title(String code) {
        return codes.concept(CodeSystem.ICD10CM, code, on)
                .map(Concept::display)
                .orElse("")
                .toLowerCase(Locale.ROOT);
    }
}
