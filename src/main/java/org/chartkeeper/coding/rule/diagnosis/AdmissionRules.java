package org.chartkeeper.coding.rule.diagnosis;

import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.chartkeeper.coding.CodingCase;
import org.chartkeeper.coding.CodingCase.Procedure;
import org.chartkeeper.coding.Patch;
import org.chartkeeper.coding.Severity;
import org.chartkeeper.coding.rule.CaseView;
import org.chartkeeper.coding.rule.Dx;
import org.chartkeeper.coding.rule.Report;
import org.chartkeeper.coding.rule.Title;
import org.chartkeeper.terminology.CodeBook.CodeList;

/** Admission, stay and discharge: present on admission, conditions acquired in hospital, dates. */
final class AdmissionRules {

    private AdmissionRules() {}

    /** The indicator in upper case; empty where there is none. */
    private static String indicator(Dx dx) {
        String poa = dx.entered().poa();
        return poa == null ? "" : poa.strip().toUpperCase(Locale.ROOT);
    }

    private static boolean exempt(CaseView coded, Dx dx) {
        return coded.listing(CodeList.POA_EXEMPT, dx.code()).isPresent();
    }

    /** DX-49: the indicator itself. */
    static final class PresentOnAdmission extends DiagnosisRule {
        private static final Set<String> VALUES = Set.of("Y", "N", "U", "W");
        private static final String EXEMPT = "1";

        PresentOnAdmission() {
            super("DX-49", Severity.H, "ICD-10-CM guidelines, appendix I; CMS list of exempt codes");
        }

        @Override
        public void check(CaseView coded, Report report) {
            List<Dx> all = coded.diagnoses();
            if (!coded.poaApplies() || all.isEmpty()) {
                return;
            }
            boolean loaded =
                    coded.loaded(CodeList.POA_EXEMPT, "list of codes exempt from present on admission", report);
            String edition =
                    coded.codes().edition(CodeList.POA_EXEMPT, coded.on()).orElse("no list of exempt codes");
            for (Dx dx : all) {
                String poa = indicator(dx);
                String shown = "poa " + (poa.isEmpty() ? "blank" : poa);
                if (!poa.isEmpty() && !poa.equals(EXEMPT) && !VALUES.contains(poa)) {
                    report.add(
                            dx.item(),
                            "\"" + dx.entered().poa() + "\" is no indicator: Y, N, U or W, blank for an exempt code.",
                            exempt(coded, dx) ? Patch.remove(dx.pointer() + "/poa") : null,
                            dx.code(),
                            shown);
                } else if (loaded && exempt(coded, dx)) {
                    if (VALUES.contains(poa)) {
                        report.add(
                                dx.item(),
                                coded.named(dx.code()) + " is exempt: the indicator stays blank.",
                                Patch.remove(dx.pointer() + "/poa"),
                                shown,
                                edition);
                    }
                } else if (loaded && (poa.isEmpty() || poa.equals(EXEMPT))) {
                    report.add(
                            dx.item(),
                            coded.named(dx.code()) + " is not exempt and needs an indicator: Y, N, U or W.",
                            shown,
                            edition);
                }
            }
        }
    }

    /** DX-50: what can only have been there. */
    static final class PresentByNature extends DiagnosisRule {
        /** Conditions that take months to come about, so that they were there on admission (appendix I). */
        private static final String[] CHRONIC = {
            "B18", "B20", "C", "D57.1", "D66", "D67", "E03", "E05.0", "E06.3", "E08.9", "E09.9", "E10.9", "E11.9",
            "E13.9", "E66", "E78", "E84", "F01", "F03", "F20", "F25", "F31", "F70", "F71", "F72", "F73", "F84", "G10",
            "G12", "G20", "G30", "G35", "G47.33", "G71", "G80", "H40.1", "I10", "I11.9", "I12.9", "I13.10", "I25.10",
            "I25.2", "I25.5", "I25.8", "I25.9", "I27.2", "I42", "I48.11", "I48.19", "I48.2", "I50.22", "I50.32",
            "I50.42", "I70.2", "J41", "J42", "J43", "J44.9", "J45.20", "J45.30", "J45.40", "J45.50", "J45.909", "J47.9",
            "J84.1", "J96.10", "J96.11", "J96.12", "K50.90", "K51.90", "K70.3", "K74", "L40", "M05", "M06", "M15",
            "M16", "M17", "M18", "M19", "M32", "M45", "M80.0", "M81", "N18", "N40", "N80", "Q", "E04", "E21.0", "I05",
            "I06", "I07", "I08", "I34", "I35", "I36", "F10.20", "F11.20", "F17.2"
        };

        /** What comes about before or during birth (appendix I: newborn). */
        private static final String[] BIRTH = {
            "P00", "P01", "P02", "P03", "P04", "P05", "P07", "P08", "P10", "P11", "P12", "P13", "P14", "P15", "P19",
            "P20", "P21", "P22.0", "P24", "P29.3", "P35", "P55", "P56", "P70.0", "P70.1", "P83.2", "P96.1"
        };

        PresentByNature() {
            super("DX-50", Severity.R, "ICD-10-CM guidelines, appendix I");
        }

        @Override
        public void check(CaseView coded, Report report) {
            if (!coded.poaApplies()) {
                return;
            }
            for (Dx dx : coded.diagnoses()) {
                if (!indicator(dx).equals("N") || exempt(coded, dx)) {
                    continue;
                }
                Title title = coded.titleOf(dx.code());
                boolean chronic = dx.in(CHRONIC)
                        || title.has("chronic")
                                && !title.has("acute")
                                && !title.has("exacerbation")
                                && !dx.in("I97", "K91", "J95", "T", "S", "O", "G89");
                boolean birth = dx.in(BIRTH) && (coded.days() == null || coded.days() <= 28);
                if (chronic || birth) {
                    report.add(
                            dx.item(),
                            coded.named(dx.code())
                                    + (chronic
                                            ? " is chronic: it was there on admission, even where it was found later."
                                            : " comes about before or during birth: it was there on admission."),
                            Patch.add(dx.pointer() + "/poa", "Y"),
                            dx.code(),
                            "poa N");
                }
            }
            parts(coded, report);
        }

        /** Severe sepsis is present only where the sepsis is. */
        private static void parts(CaseView coded, Report report) {
            List<Dx> sepsis = coded.in("A40", "A41", "A02.1", "A32.7", "B37.7", "P36", "O85", "T81.44");
            boolean later = !sepsis.isEmpty()
                    && sepsis.stream().allMatch(dx -> indicator(dx).equals("N"));
            for (Dx dx : coded.in("R65.2")) {
                if (later && indicator(dx).equals("Y")) {
                    report.add(
                            dx.item(),
                            dx.code() + " cannot have been there on admission while " + codes(sepsis)
                                    + " came later: Y stands only where every part was there.",
                            "poa Y",
                            codes(sepsis) + " poa N");
                }
            }
        }
    }

    /** DX-51: conditions that Medicare does not pay for where they come about in hospital. */
    static final class HospitalAcquired extends DiagnosisRule {

        /**
         * A category of the list of the Centers for Medicare and Medicaid Services (42 CFR 412.90; ICD-10 HAC list, FY2026).
         *
         * @param procedures beginnings of ICD-10-PCS codes one of which must be there; empty where none need be
         */
        private record Category(String number, String name, String[] codes, String[] procedures) {}

        private static final String[] NONE = {};
        private static final String[] JOINTS = {
            "0SR9", "0SRA", "0SRB", "0SRC", "0SRD", "0SRE", "0SRR", "0SRS", "0SRT", "0SRU", "0SRV", "0SRW", "0SU9",
            "0SUB", "0SUA", "0SUE", "0SUR", "0SUS"
        };
        private static final String[] SPINE_AND_SHOULDER = {
            "0RG", "0SG", "0RRJ", "0RRK", "0RQ", "0RU", "0RSJ", "0RSK", "0RHJ", "0RHK", "0RGL", "0RGM", "0RRL", "0RRM"
        };
        private static final String[] INFECTED = {"T81.40", "T81.41", "T81.42", "T81.43", "T81.44", "T81.49"};

        private static final List<Category> CATEGORIES = List.of(
                new Category("01", "foreign object left after surgery", new String[] {"T81.5", "T81.6"}, NONE),
                new Category("02", "air embolism", new String[] {"T80.0XX"}, NONE),
                new Category("03", "incompatible blood", new String[] {"T80.30", "T80.31", "T80.39"}, NONE),
                new Category(
                        "06",
                        "urinary infection by a catheter",
                        new String[] {"T83.510", "T83.511", "T83.512", "T83.518"},
                        NONE),
                new Category(
                        "07",
                        "infection by a vascular catheter",
                        new String[] {"T80.211", "T80.212", "T80.218", "T80.219"},
                        NONE),
                new Category(
                        "08", "mediastinitis after bypass surgery", new String[] {"J98.51", "J98.59"}, new String[] {
                            "0210", "0211", "0212", "0213"
                        }),
                new Category(
                        "09",
                        "poor glycemic control",
                        new String[] {
                            "E08.00", "E08.01", "E08.10", "E09.00", "E09.01", "E09.10", "E10.10", "E11.00", "E11.01",
                            "E13.00", "E13.01", "E13.10", "E15"
                        },
                        NONE),
                new Category(
                        "10",
                        "thrombosis or embolism after joint replacement",
                        new String[] {"I26.0", "I26.9", "I82.4"},
                        JOINTS),
                new Category(
                        "11",
                        "infection after bariatric surgery",
                        new String[] {
                            "K68.11", "K95.01", "K95.81", "T81.40", "T81.41", "T81.42", "T81.43", "T81.44", "T81.49"
                        },
                        new String[] {"0D16", "0D19", "0D1A", "0D1B", "0DV6"}),
                new Category(
                        "12",
                        "infection after orthopedic surgery",
                        new String[] {
                            "K68.11", "T81.40", "T81.41", "T81.42", "T81.43", "T81.44", "T81.49", "T84.60", "T84.61",
                            "T84.62", "T84.63", "T84.69", "T84.7"
                        },
                        SPINE_AND_SHOULDER),
                new Category(
                        "13",
                        "infection after a cardiac device",
                        joined(INFECTED, "K68.11", "T82.6XX", "T82.7XX"),
                        new String[] {"0JH60", "0JH63", "0JH80", "0JH83", "02H", "0JPT", "02PA", "02WA", "0JWT"}),
                new Category("14", "pneumothorax by a venous catheter", new String[] {"J95.811"}, new String[] {
                    "02H633Z", "02H633", "02HV33", "02HK33", "05H533", "05H633", "05HM33", "05HN33", "05HP33", "05HQ33",
                    "0JH63XZ"
                }));

        /** Fractures, dislocations, head injuries, crushing, burns, cold, asphyxia and electricity (category 05). */
        private static final Pattern TRAUMA =
                Pattern.compile("S[0-9]2.*|S[0-9]3.*|S06.*|S[0-9]7.*|S28.*|S38.*|T2[0-8].*|T3[0-4].*"
                        + "|T67.*|T69.*|T70.*|T71.*|T75.*|T79.*|T14.9.*|M99.1.*");

        HospitalAcquired() {
            super("DX-51", Severity.R, "42 CFR 412.90; list of hospital-acquired conditions of CMS, FY2026");
        }

        private static String[] joined(String[] some, String... more) {
            String[] all = new String[some.length + more.length];
            System.arraycopy(some, 0, all, 0, some.length);
            System.arraycopy(more, 0, all, some.length, more.length);
            return all;
        }

        @Override
        public void check(CaseView coded, Report report) {
            if (!coded.poaApplies()) {
                return;
            }
            for (Dx dx : coded.diagnoses()) {
                String poa = indicator(dx);
                if (dx.principal() || !poa.equals("N") && !poa.equals("U")) {
                    continue;
                }
                category(coded, dx)
                        .ifPresent(name -> report.add(
                                dx.item(),
                                coded.named(dx.code()) + " with " + poa
                                        + " is a condition acquired in hospital (" + name
                                        + "): make sure that it was not there on admission, and that it is reported.",
                                dx.code(),
                                "poa " + poa));
            }
        }

        private static Optional<String> category(CaseView coded, Dx dx) {
            char last = dx.code().charAt(dx.code().length() - 1);
            if (dx.in("L89") && dx.plain().length() >= 5 && (last == '3' || last == '4')) {
                return Optional.of("04, pressure ulcer of stage " + last);
            }
            if (dx.plain().length() == 7
                    && TRAUMA.matcher(dx.code()).matches()
                    && INITIAL.contains(String.valueOf(dx.at(7)))
                    && serious(coded, dx)) {
                return Optional.of("05, falls and trauma");
            }
            return CATEGORIES.stream()
                    .filter(one -> dx.in(one.codes) && done(coded, one.procedures))
                    .findFirst()
                    .map(one -> one.number + ", " + one.name);
        }

        /** Of the injuries those that are complications or comorbidities, where that list is loaded. */
        private static boolean serious(CaseView coded, Dx dx) {
            // A list of the one without the other cannot tell: the neck of the femur is a major complication.
            return coded.codes().edition(CodeList.CC, coded.on()).isEmpty()
                    || coded.codes().edition(CodeList.MCC, coded.on()).isEmpty()
                    || coded.listing(CodeList.CC, dx.code()).isPresent()
                    || coded.listing(CodeList.MCC, dx.code()).isPresent();
        }

        private static boolean done(CaseView coded, String[] procedures) {
            return procedures.length == 0
                    || coded.coded().procedures().stream().map(Procedure::code).anyMatch(code -> {
                        for (String one : procedures) {
                            if (code.toUpperCase(Locale.ROOT).startsWith(one)) {
                                return true;
                            }
                        }
                        return false;
                    });
        }
    }

    /** DX-52: too often undetermined. */
    static final class Undetermined extends DiagnosisRule {
        private static final int PERCENT = 2;

        Undetermined() {
            super("DX-52", Severity.R, "ICD-10-CM guidelines, appendix I; policy: U at most for 2 % of the codes");
        }

        @Override
        public void check(CaseView coded, Report report) {
            if (!coded.poaApplies()) {
                return;
            }
            List<Dx> told = coded.diagnoses().stream()
                    .filter(dx -> !indicator(dx).isEmpty())
                    .toList();
            List<Dx> unsure =
                    told.stream().filter(dx -> indicator(dx).equals("U")).toList();
            // One alone is always more than the share of a single case and says nothing yet.
            if (unsure.size() > 1 && unsure.size() * 100 > told.size() * PERCENT) {
                report.add(
                        Report.CASE,
                        unsure.size() + " of " + told.size() + " codes have U, documentation that does not suffice: ask"
                                + " the provider (" + codes(unsure) + ").",
                        unsure.size() + " of " + told.size());
            }
        }
    }

    /** DX-56: the same codes visit after visit. */
    static final class Cloned extends DiagnosisRule {
        private static final int CODES = 5;
        private static final int VISITS = 3;

        Cloned() {
            super("DX-56", Severity.W, "ICD-10-CM guidelines IV.J: what the visit dealt with is coded");
        }

        @Override
        public void check(CaseView coded, Report report) {
            Set<String> now = new HashSet<>();
            coded.diagnoses().forEach(dx -> now.add(dx.code()));
            List<Set<String>> before = coded.coded().earlier();
            if (now.size() < CODES || before.size() < VISITS - 1) {
                return;
            }
            boolean same = before.stream().limit(VISITS - 1).allMatch(visit -> {
                Set<String> then = new HashSet<>();
                visit.forEach(code -> then.add(Dx.withDot(code)));
                return then.equals(now);
            });
            if (same) {
                report.add(
                        Report.CASE,
                        "The same " + now.size() + " codes were reported at the last " + VISITS
                                + " visits: keep those that this visit dealt with.",
                        String.join(", ", now.stream().sorted().toList()));
            }
        }
    }

    /** DX-60: the dates and the discharge status of a stay. */
    static final class Discharge extends DiagnosisRule {
        private static final Set<String> EXPIRED = Set.of("20", "40", "41", "42");
        private static final Set<String> HOME = Set.of("01", "06");

        Discharge() {
            super("DX-60", Severity.R, "UB-04 manual, FL 6, FL 12 and FL 17; 42 CFR 412.3");
        }

        @Override
        public void check(CaseView coded, Report report) {
            CodingCase one = coded.coded();
            LocalDate admitted = one.admitted();
            LocalDate discharged = one.discharged();
            LocalDate died = one.patient().died();
            String status = one.disposition() == null ? "" : one.disposition().strip();
            if (admitted != null && discharged != null && discharged.isBefore(admitted)) {
                report.add(
                        "discharged",
                        "The discharge of " + discharged + " is before the admission of " + admitted + ".",
                        "admitted " + admitted,
                        "discharged " + discharged);
            }
            boolean expired = EXPIRED.contains(status);
            if (expired && died == null) {
                report.add(
                        "patient.died",
                        "The discharge status " + status + " says that the patient died; the day of death is missing.",
                        "disposition " + status);
            } else if (expired && discharged != null && died != null && died.isAfter(discharged)) {
                report.add(
                        "disposition",
                        "The discharge status " + status
                                + " says that the patient died in the stay; the day of death is " + died
                                + ", after the discharge.",
                        "disposition " + status,
                        "died " + died);
            } else if (!expired
                    && !status.isEmpty()
                    && died != null
                    && (discharged == null || !died.isAfter(discharged))) {
                report.add(
                        "disposition",
                        "The patient died on " + died + ", in the stay; the discharge status " + status
                                + " says otherwise.",
                        Patch.replace("/disposition", "20"),
                        "disposition " + status,
                        "died " + died);
            }
            if (died != null && admitted != null && died.isBefore(admitted)) {
                report.add(
                        "patient.died",
                        "The day of death, " + died + ", is before the admission of " + admitted + ".",
                        "died " + died);
            }
            if (coded.inpatient()
                    && admitted != null
                    && admitted.equals(discharged)
                    && HOME.contains(status)
                    && !coded.has("Z38")) {
                report.add(
                        "discharged",
                        "An inpatient who went home on the day of admission: make sure that an inpatient stay was ordered.",
                        "admitted and discharged " + admitted,
                        "disposition " + status);
            }
        }
    }
}
