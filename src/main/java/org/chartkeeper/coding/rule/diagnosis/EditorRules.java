package org.chartkeeper.coding.rule.diagnosis;

import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.chartkeeper.coding.CodingCase;
import org.chartkeeper.coding.CodingCase.Organ;
import org.chartkeeper.coding.CodingCase.Procedure;
import org.chartkeeper.coding.CodingCase.ProcedureSystem;
import org.chartkeeper.coding.CodingCase.Sex;
import org.chartkeeper.coding.Severity;
import org.chartkeeper.coding.rule.CaseView;
import org.chartkeeper.coding.rule.Dx;
import org.chartkeeper.coding.rule.Report;
import org.chartkeeper.terminology.CodeBook.CodeList;
import org.chartkeeper.terminology.CodeBook.Instruction;
import org.chartkeeper.terminology.CodeBook.InstructionKind;
import org.chartkeeper.terminology.CodeBook.Listing;
import org.chartkeeper.terminology.CodeBook.Standing;
import org.chartkeeper.terminology.CodeSystem;
import org.jspecify.annotations.Nullable;

/** The edits of the Medicare Code Editor, from its loaded lists. */
final class EditorRules {

    private EditorRules() {}

    static boolean manifestation(CaseView coded, Dx dx) {
        String title = coded.title(dx.code());
        // Organisms "as the cause of diseases classified elsewhere" (B95 to B97) are no manifestations.
        return coded.listing(CodeList.MANIFESTATION, dx.code()).isPresent()
                || title.contains("classified elsewhere")
                        && !title.contains("not elsewhere classified")
                        && !title.contains("as the cause of");
    }

    /** DX-06: an external cause is never first. */
    static final class ExternalCauseFirst extends DiagnosisRule {
        ExternalCauseFirst() {
            super("DX-06", Severity.H, "ICD-10-CM guidelines I.C.20.a.6; MCE edit 2");
        }

        @Override
        public void check(CaseView coded, Report report) {
            coded.principal().filter(DiagnosisRule::external).ifPresent(dx -> {
                Optional<Dx> heir =
                        coded.diagnoses().stream().filter(one -> !external(one)).findFirst();
                report.add(
                        dx.item(),
                        dx.code() + " is an external cause and never principal or first-listed (MCE edit 2).",
                        heir.map(one -> first(coded, one)).orElse(null),
                        dx.code());
            });
        }
    }

    /** DX-07: a manifestation is never first. */
    static final class ManifestationFirst extends DiagnosisRule {
        ManifestationFirst() {
            super("DX-07", Severity.H, "ICD-10-CM guidelines I.A.13; MCE edit 6");
        }

        @Override
        public void check(CaseView coded, Report report) {
            coded.principal().ifPresent(dx -> {
                if (manifestation(coded, dx)) {
                    List<Instruction> causes = coded.instructions(dx.code(), InstructionKind.CODE_FIRST);
                    Optional<Dx> heir = coded.diagnoses().stream()
                            .filter(one -> one.index() != dx.index() && !manifestation(coded, one))
                            .filter(one -> causes.stream()
                                    .flatMap(cause -> cause.codes().stream())
                                    .anyMatch(range -> range.covers(one.code())))
                            .findFirst();
                    report.add(
                            dx.item(),
                            dx.code() + " is a manifestation: its cause is coded first (MCE edit 6).",
                            heir.map(one -> first(coded, one)).orElse(null),
                            coded.named(dx.code()),
                            coded.codes()
                                    .edition(CodeList.MANIFESTATION, coded.on())
                                    .orElse("the code's title"));
                } else if (coded.title(dx.code()).isEmpty()) {
                    coded.loaded(CodeList.MANIFESTATION, "list of manifestation codes", report);
                }
            });
        }
    }

    /** DX-09: what is no principal diagnosis. */
    static final class Unacceptable extends DiagnosisRule {
        /** Never first by the guidelines and the notes of the categories, of any visit and for any payer. */
        private static final String[] NEVER = {
            "R65.2", "B95", "B96", "B97", "Z16", "Z17", "Z18", "Z37", "Z3A", "Z66", "Z67", "Z68", "R29.7"
        };

        Unacceptable() {
            super("DX-09", Severity.H, "MCE edit 9; ICD-10-CM guidelines I.C.1.d, I.C.21.c");
        }

        @Override
        public void check(CaseView coded, Report report) {
            coded.principal().ifPresent(dx -> {
                boolean never = dx.in(NEVER);
                boolean inpatientEdit = !coded.outpatient();
                boolean listed = inpatientEdit
                        && !RequiresSecondary.needs(coded, dx)
                        && coded.listing(CodeList.UNACCEPTABLE_PRINCIPAL, dx.code())
                                .isPresent();
                if (never || listed) {
                    report.add(
                            never ? Severity.H : coded.editorSeverity(),
                            dx.item(),
                            dx.code() + " cannot be the principal or first-listed diagnosis"
                                    + (listed ? " (MCE edit 9)." : "."),
                            null,
                            coded.named(dx.code()),
                            listed
                                    ? coded.codes()
                                            .edition(CodeList.UNACCEPTABLE_PRINCIPAL, coded.on())
                                            .orElse("")
                                    : "guideline");
                } else if (inpatientEdit) {
                    coded.loaded(CodeList.UNACCEPTABLE_PRINCIPAL, "list of unacceptable principal diagnoses", report);
                }
            });
        }
    }

    /** DX-10: a principal diagnosis that needs another beside it. */
    static final class RequiresSecondary extends DiagnosisRule {
        RequiresSecondary() {
            super("DX-10", Severity.R, "MCE edit 9, requires secondary diagnosis");
        }

        /** Acceptable as a principal diagnosis with another beside it: edit 9 lists it, and takes it back so. */
        static boolean needs(CaseView coded, Dx dx) {
            return dx.in("Z51.89")
                    || coded.listing(CodeList.REQUIRES_SECONDARY, dx.code()).isPresent();
        }

        @Override
        public void check(CaseView coded, Report report) {
            coded.principal().ifPresent(dx -> {
                boolean alone =
                        coded.diagnoses().stream().noneMatch(one -> !one.code().equals(dx.code()));
                if (alone && needs(coded, dx)) {
                    report.add(
                            dx.item(),
                            dx.code() + " as principal diagnosis needs a secondary diagnosis (MCE edit 9).",
                            dx.code());
                } else if (alone && dx.in("Z") && !coded.outpatient()) {
                    coded.loaded(
                            CodeList.REQUIRES_SECONDARY, "list of principal diagnoses that need a secondary", report);
                }
            });
        }
    }

    /** DX-11, DX-13, DX-14, DX-15: the editor's ages. */
    static final class Age extends DiagnosisRule {
        private final CodeList list;
        private final int from;
        private final int to;
        private final String name;
        private final Predicate<Dx> known;

        /** @param known the codes of the list that guidelines and titles name, for when no list is loaded */
        Age(String id, CodeList list, int from, int to, String name, Predicate<Dx> known) {
            super(id, Severity.R, "MCE edit 4, age conflict");
            this.list = list;
            this.from = from;
            this.to = to;
            this.name = name;
            this.known = known;
        }

        @Override
        public void check(CaseView coded, Report report) {
            Integer years = coded.years();
            if (years == null || coded.all().isEmpty()) {
                return;
            }
            if (years >= from && years <= to) {
                return;
            }
            boolean loaded = coded.loaded(list, "list of codes for the age " + name, report);
            for (Dx dx : coded.all()) {
                // The guideline lets a perinatal condition persist (I.C.16.a.4).
                boolean persists = dx.code().startsWith("P");
                if (!persists && (coded.listing(list, dx.code()).isPresent() || known.test(dx))) {
                    report.add(
                            dx.item(),
                            dx.code() + " is for the age " + name + "; the patient was " + years + " (MCE edit 4).",
                            coded.named(dx.code()),
                            "age " + years,
                            loaded ? coded.codes().edition(list, coded.on()).orElse("") : "guideline");
                }
            }
        }
    }

    /** DX-12: newborn examinations by day. */
    static final class NewbornDays extends DiagnosisRule {
        NewbornDays() {
            super("DX-12", Severity.R, "ICD-10-CM Tabular List Z00.110, Z00.111");
        }

        @Override
        public void check(CaseView coded, Report report) {
            Long days = coded.days();
            if (days == null) {
                return;
            }
            for (Dx dx : coded.in("Z00.110", "Z00.111")) {
                boolean early = dx.in("Z00.110");
                if (early ? days >= 8 : days < 8 || days > 28) {
                    String right = days < 8 ? "Z00.110" : "Z00.111";
                    report.add(
                            dx.item(),
                            dx.code() + " is for " + (early ? "less than 8 days" : "8 to 28 days") + "; the child was "
                                    + days + " days old.",
                            days <= 28 ? code(dx, right) : null,
                            "age " + days + " days");
                }
            }
        }
    }

    /** DX-16: sex and organs against the code. */
    static final class SexAndOrgans extends DiagnosisRule {
        SexAndOrgans() {
            super("DX-16", Severity.W, "MCE edit 5 (deactivated): the organ inventory decides");
        }

        private static final Map<Sex, List<String>> ORGANS =
                Map.of(Sex.FEMALE, List.of("uterus", "cervix", "ovaries"), Sex.MALE, List.of("prostate", "testes"));

        static @Nullable String organ(Dx dx) {
            if (dx.in("N40", "N41", "N42", "C61", "D07.5", "D29.1", "R97.2", "R39.19")) {
                return "prostate";
            } else if (dx.in("C62", "N43", "N44", "N45", "D29.2", "Q53", "Q55.0", "Q55.1")) {
                return "testes";
            } else if (dx.in("C53", "D06", "N72", "N86", "N87", "N88", "R87.61", "R87.81")) {
                return "cervix";
            } else if (dx.in("C56", "D27", "N83.0", "N83.1", "N83.2", "E28")) {
                return "ovaries";
            } else if (dx.code().startsWith("O")
                    || dx.in(
                            "C54", "C55", "C58", "D25", "D26", "N71", "N80.0", "N84.0", "N85", "N92", "N93", "Z34",
                            "Z3A")) {
                return "uterus";
            }
            return null;
        }

        private static @Nullable Sex sexOf(CaseView coded, Dx dx) {
            if (coded.listing(CodeList.SEX_FEMALE, dx.code()).isPresent()) {
                return Sex.FEMALE;
            } else if (coded.listing(CodeList.SEX_MALE, dx.code()).isPresent()) {
                return Sex.MALE;
            }
            String organ = organ(dx);
            if (organ == null) {
                return null;
            }
            return Set.of("prostate", "testes").contains(organ) ? Sex.MALE : Sex.FEMALE;
        }

        @Override
        public void check(CaseView coded, Report report) {
            Sex sex = coded.coded().patient().sex();
            for (Dx dx : coded.all()) {
                Sex expected = sexOf(coded, dx);
                if (expected == null) {
                    continue;
                }
                String organ = organ(dx);
                Map<String, Organ> inventory = coded.coded().patient().organs();
                // A code of no single organ, as Z37.0 or Z12.4, asks whether there is any of that sex.
                List<String> asked = organ == null ? ORGANS.getOrDefault(expected, List.of()) : List.of(organ);
                Organ state = asked.stream().anyMatch(one -> inventory.get(one) == Organ.PRESENT)
                        ? Organ.PRESENT
                        : organ == null ? Organ.UNKNOWN : inventory.getOrDefault(organ, Organ.UNKNOWN);
                boolean conflict = sex != null && (sex == Sex.FEMALE || sex == Sex.MALE) && sex != expected;
                if (state == Organ.ABSENT || conflict && state != Organ.PRESENT) {
                    report.add(
                            dx.item(),
                            coded.named(dx.code())
                                    + (state == Organ.ABSENT
                                            ? ": the organ inventory says that there is no " + organ + "."
                                            : " is listed for the other sex: ask for the organ inventory ("
                                                    + String.join(", ", asked) + ")."),
                            "sex " + (sex == null ? "not said" : sex.word()),
                            "organ " + state.word());
                }
            }
        }
    }

    /** DX-48: wrong operation, wrong site, wrong patient. */
    static final class WrongSurgery extends DiagnosisRule {
        WrongSurgery() {
            super("DX-48", Severity.H, "MCE edit 18; NCD 140.6 to 140.8");
        }

        @Override
        public void check(CaseView coded, Report report) {
            for (Dx dx : coded.all()) {
                if (dx.in("Y65.51", "Y65.52", "Y65.53")
                        || coded.listing(CodeList.WRONG_PROCEDURE, dx.code()).isPresent()) {
                    report.add(
                            dx.item(),
                            dx.code() + " says that a wrong procedure was done: hold the case for risk management"
                                    + " (MCE edit 18).",
                            coded.named(dx.code()));
                }
            }
        }
    }

    /** Edit 8: an admission that the principal diagnosis hardly justifies. */
    static final class QuestionableAdmission extends DiagnosisRule {
        QuestionableAdmission() {
            super("MCE-08", Severity.R, "MCE edit 8, questionable admission");
        }

        @Override
        public void check(CaseView coded, Report report) {
            if (coded.inpatient()) {
                coded.principal()
                        .filter(dx -> coded.listing(CodeList.QUESTIONABLE_ADMISSION, dx.code())
                                .isPresent())
                        .ifPresent(dx -> report.add(
                                dx.item(),
                                dx.code() + " as principal diagnosis hardly justifies an admission to an acute"
                                        + " hospital (MCE edit 8).",
                                coded.named(dx.code())));
            }
        }
    }

    /** Edits 14 to 16: what the editor cannot read of the patient and the discharge. */
    static final class Demographics extends DiagnosisRule {
        private static final Set<String> DISCHARGE = Set.of(
                "01", "02", "03", "04", "05", "06", "07", "09", "20", "21", "30", "40", "41", "42", "43", "50", "51",
                "61", "62", "63", "64", "65", "66", "69", "70", "81", "82", "83", "84", "85", "86", "87", "88", "89",
                "90", "91", "92", "93", "94", "95");

        Demographics() {
            super("MCE-14", Severity.R, "MCE edits 14 and 16; UB-04 FL 17");
        }

        @Override
        public void check(CaseView coded, Report report) {
            CodingCase one = coded.coded();
            Integer years = coded.years();
            if (one.patient().born() != null && (years == null || years > 124)) {
                report.add(
                        coded.editorSeverity(),
                        "patient.born",
                        "The age is not between 0 and 124 years (MCE edit 14).",
                        null,
                        "born " + one.patient().born());
            }
            String disposition = one.disposition();
            if (disposition != null && !DISCHARGE.contains(disposition)) {
                report.add(
                        coded.editorSeverity(),
                        "disposition",
                        "\"" + disposition + "\" is no discharge status (MCE edit 16).",
                        null,
                        disposition);
            }
        }
    }

    /** Edits 1, 11, 17 and 19 of procedures. */
    static final class Procedures extends DiagnosisRule {
        Procedures() {
            super("MCE-11", Severity.R, "MCE edits 1, 11, 17 and 19");
        }

        @Override
        public void check(CaseView coded, Report report) {
            List<Procedure> all = coded.coded().procedures();
            for (int i = 0; i < all.size(); i++) {
                Procedure one = all.get(i);
                if (one.system() != ProcedureSystem.ICD10PCS) {
                    continue;
                }
                String item = "procedures[" + i + "]";
                String code = one.code().toUpperCase(Locale.ROOT);
                CodeSystem.ofKey("icd-10-pcs").ifPresent(system -> {
                    Standing standing = coded.codes().standing(system, code, coded.on());
                    if (standing == Standing.NO_RELEASE) {
                        report.notChecked(item, "ICD-10-PCS release that covers " + coded.on());
                    } else if (standing != Standing.VALID) {
                        report.add(
                                Severity.H,
                                item,
                                (code.isBlank() ? "A procedure without a code" : code)
                                        + " is no ICD-10-PCS code in force on " + coded.on() + " (MCE edit 1).",
                                null,
                                code);
                    }
                });
                Integer years = coded.years();
                coded.listing(CodeList.NON_COVERED_PROCEDURE, code)
                        .filter(row -> !over60(row) || years == null || years > 60)
                        .ifPresent(row -> listed(
                                over60(row) && years == null ? Severity.R : coded.editorSeverity(),
                                item,
                                code + " is not covered (MCE edit 11)",
                                row,
                                report));
                coded.listing(CodeList.LIMITED_COVERAGE_PROCEDURE, code)
                        .ifPresent(row -> listed(
                                Severity.R, item, code + " is covered within limits (MCE edit 17)", row, report));
                lengthOfStay(coded, item, code, report);
            }
        }

        private static void lengthOfStay(CaseView coded, String item, String code, Report report) {
            var admitted = coded.coded().admitted();
            var discharged = coded.coded().discharged();
            if (admitted != null
                    && discharged != null
                    && ChronoUnit.DAYS.between(admitted, discharged) < 4
                    && coded.listing(CodeList.LENGTH_OF_STAY_PROCEDURE, code).isPresent()) {
                report.add(
                        coded.editorSeverity(),
                        item,
                        code + " takes longer than the stay of less than four days (MCE edit 19).",
                        null,
                        admitted + " to " + discharged);
            }
        }

        private static boolean over60(Listing row) {
            return row.remark().equals("age over 60");
        }

        private static void listed(Severity severity, String item, String says, Listing row, Report report) {
            report.add(
                    severity,
                    item,
                    says + (row.remark().isBlank() ? "." : ": " + row.remark() + "."),
                    null,
                    row.edition());
        }
    }
}
