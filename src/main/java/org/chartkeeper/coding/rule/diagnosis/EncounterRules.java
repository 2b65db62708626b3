package org.chartkeeper.coding.rule.diagnosis;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.chartkeeper.coding.CodingCase.Sex;
import org.chartkeeper.coding.Patch;
import org.chartkeeper.coding.Severity;
import org.chartkeeper.coding.rule.CaseView;
import org.chartkeeper.coding.rule.Dx;
import org.chartkeeper.coding.rule.NoteText.Stance;
import org.chartkeeper.coding.rule.Report;
import org.chartkeeper.coding.rule.Title;
import org.jspecify.annotations.Nullable;

/** Why the patient came and what the patient has had: codes Z00 to Z99 beside diseases. */
final class EncounterRules {

    private EncounterRules() {}

    /** DX-35: Z codes that are first or nothing. */
    static final class FirstListedOnly extends DiagnosisRule {
        /** Guideline I.C.21.c.15 (FY2026; c.16 of earlier years). */
        private static final String[] FIRST = {
            "Z00", "Z01", "Z02", "Z04", "Z31.81", "Z31.82", "Z31.83", "Z31.84", "Z33.2", "Z34", "Z38", "Z39", "Z40",
            "Z42", "Z51.0", "Z51.1", "Z52", "Z76.1", "Z76.2", "Z99.12"
        };

        FirstListedOnly() {
            super("DX-35", Severity.H, "ICD-10-CM guidelines I.C.21.c.15 and I.C.2.e.2");
        }

        static boolean firstOnly(Dx dx) {
            return dx.in(FIRST) && !dx.in("Z00.6", "Z52.9");
        }

        @Override
        public void check(CaseView coded, Report report) {
            Optional<Dx> principal = coded.principal();
            if (principal.isEmpty() || firstOnly(principal.get())) {
                return;
            }
            for (Dx dx : coded.diagnoses()) {
                if (!dx.principal() && firstOnly(dx)) {
                    report.add(
                            dx.item(),
                            coded.named(dx.code())
                                    + " may only be first-listed, unless records of several encounters of"
                                    + " the day are combined.",
                            first(coded, dx),
                            dx.code(),
                            principal.get().code());
                }
            }
        }
    }

    /** DX-36: a neoplasm is there or is history. */
    static final class ActiveAndHistory extends DiagnosisRule {
        /** Codes of history with the primary neoplasms of the same site. */
        private static final Map<String, String> SITES = sites();

        ActiveAndHistory() {
            super("DX-36", Severity.R, "ICD-10-CM guidelines I.C.2.m and I.C.21.c.4");
        }

        private static Map<String, String> sites() {
            Map<String, String> sites = new LinkedHashMap<>();
            sites.put("Z85.01", "C15");
            sites.put("Z85.02", "C16 C7A.092");
            sites.put("Z85.03", "C18 C7A.02");
            sites.put("Z85.04", "C19 C20 C21 C7A.026");
            sites.put("Z85.05", "C22");
            sites.put("Z85.06", "C17 C7A.01");
            sites.put("Z85.07", "C25");
            sites.put("Z85.09", "C23 C24 C26");
            sites.put("Z85.11", "C34 C7A.090");
            sites.put("Z85.12", "C33");
            sites.put("Z85.21", "C32");
            sites.put("Z85.22", "C30 C31");
            sites.put("Z85.23", "C37 C7A.091");
            sites.put("Z85.3", "C50");
            sites.put("Z85.41", "C53");
            sites.put("Z85.42", "C54 C55");
            sites.put("Z85.43", "C56");
            sites.put("Z85.44", "C51 C52 C57 C58");
            sites.put("Z85.46", "C61");
            sites.put("Z85.47", "C62");
            sites.put("Z85.48", "C63.0");
            sites.put("Z85.49", "C60 C63");
            sites.put("Z85.51", "C67");
            sites.put("Z85.52", "C64 C7A.093");
            sites.put("Z85.53", "C65");
            sites.put("Z85.54", "C66");
            sites.put("Z85.6", "C91 C92 C93 C94 C95");
            sites.put("Z85.71", "C81");
            sites.put("Z85.72", "C82 C83 C84 C85");
            sites.put("Z85.79", "C88 C90 C96");
            sites.put("Z85.810", "C01 C02");
            sites.put("Z85.818", "C00 C03 C04 C05 C06 C07 C08 C09 C10 C11 C12 C13");
            sites.put("Z85.820", "C43");
            sites.put("Z85.821", "C4A");
            sites.put("Z85.828", "C44");
            sites.put("Z85.830", "C40 C41");
            sites.put("Z85.831", "C47 C49");
            sites.put("Z85.840", "C69");
            sites.put("Z85.841", "C71");
            sites.put("Z85.848", "C70 C72");
            sites.put("Z85.850", "C73");
            sites.put("Z85.858", "C74 C75");
            return sites;
        }

        @Override
        public void check(CaseView coded, Report report) {
            for (Dx history : coded.in("Z85")) {
                SITES.forEach((code, active) -> {
                    List<Dx> there = history.in(code) ? coded.in(active.split(" ")) : List.of();
                    if (!there.isEmpty()) {
                        report.add(
                                history.item(),
                                coded.named(history.code()) + " and "
                                        + coded.named(there.get(0).code())
                                        + ": while the neoplasm is treated it is no history; after treatment only the"
                                        + " history is coded.",
                                without(history, there.get(0)),
                                history.code(),
                                codes(there));
                    }
                });
            }
        }
    }

    /** DX-37: an encounter for treatment of a neoplasm alone. */
    static final class TreatmentEncounter extends DiagnosisRule {
        private static final String CAME =
                "\\b(present(s|ed|ing)?|admit(ted|s)?|admission|here|seen|encounter|visit|return(s|ed)?|come[s]?|came"
                        + "|scheduled|planned|elective|reason( for (visit|admission|encounter))?|arriv(es|ed)|in( today)?|today)\\b[^.;]{0,40}"
                        + "(\\bfor\\b|\\bto (receive|start|begin|undergo|get|continue)\\b|:|=|\\bis\\b)[^.;]{0,45}";
        private static final Pattern CHEMOTHERAPY = Pattern.compile(CAME
                + "\\b(chemo\\w*|antineoplastic|folfox|folfiri(nox)?|r-?chop|abvd|cisplatin|carboplatin|oxaliplatin"
                + "|paclitaxel|docetaxel|doxorubicin|gemcitabine)\\b"
                + "|\\bchemo(therapy)?[- ](only|encounter|visit|admission)|\\breason\\W{1,3}chemo"
                + "|\\b(scheduled|planned|elective|routine) (cycle \\d+ (of )?)?chemo");
        private static final Pattern IMMUNOTHERAPY =
                Pattern.compile(CAME + "\\b(immunotherapy|pembrolizumab|nivolumab)\\b");
        private static final Pattern RADIATION = Pattern.compile(CAME + "\\b(radiation|radiotherapy)\\b");

        TreatmentEncounter() {
            super("DX-37", Severity.R, "ICD-10-CM guidelines I.C.2.e.2");
        }

        @Override
        public void check(CaseView coded, Report report) {
            Optional<Dx> principal = coded.principal();
            if (principal.isEmpty() || !principal.get().between("C00", "D49")) {
                return;
            }
            Dx neoplasm = principal.get();
            Optional<Dx> listed = coded.all().stream()
                    .filter(dx -> dx.in("Z51.0", "Z51.1") && !dx.principal())
                    .findFirst();
            String wanted = listed.map(Dx::code).orElse(told(coded));
            if (wanted == null) {
                return;
            }
            Optional<Dx> onClaim = listed.filter(Dx::onClaim);
            Patch repair = onClaim.isPresent()
                    ? first(coded, onClaim.get())
                    : DiagnosisRule.usable(coded, wanted)
                            ? Patch.add(neoplasm.pointer() + "/role", "secondary")
                                    .then(Patch.add(
                                            "/diagnoses/" + neoplasm.index(),
                                            Map.of("code", wanted, "role", "principal")))
                            : null;
            report.add(
                    neoplasm.item(),
                    "The encounter is for treatment of the neoplasm alone: " + coded.named(wanted)
                            + " is first-listed, then " + neoplasm.code() + ".",
                    repair,
                    listed.map(Dx::code).orElse("note"));
        }

        private static @Nullable String told(CaseView coded) {
            if (affirmed(coded, CHEMOTHERAPY)) {
                return "Z51.11";
            }
            if (affirmed(coded, IMMUNOTHERAPY)) {
                return "Z51.12";
            }
            return affirmed(coded, RADIATION) ? "Z51.0" : null;
        }

        private static boolean affirmed(CaseView coded, Pattern asked) {
            return coded.note().mentions(asked).stream()
                    .anyMatch(
                            mention -> mention.stance() == Stance.AFFIRMED
                                    && !mention.words()
                                            .matches(
                                                    ".*\\b(complication|fever|neutropeni|dehydrat|nausea|vomit|after|following|due to|discuss|consult|side effect|pain|evaluat)\\w*.*"));
        }
    }

    /** DX-44: the body mass index with what it means. */
    static final class BodyMass extends DiagnosisRule {
        private static final int GROWN = 20;
        private static final int CHILD = 2;

        /** Overweight, obesity, underweight, malnutrition, eating disorders and surgery for weight. */
        static final String[] WEIGHT = {
            "E66", "E65", "E67", "E68", "E40", "E41", "E42", "E43", "E44", "E45", "E46", "E64.0", "E88.1", "E88.82",
            "F50", "F98.2", "F98.3", "O25", "O26.0", "O26.1", "O99.21", "O99.84", "R62.5", "R62.7", "R63.0", "R63.2",
            "R63.3", "R63.4", "R63.5", "R63.6", "R63.8", "R64", "Z98.84", "Q87.11", "K95", "P92.6", "Z71.3"
        };

        BodyMass() {
            super("DX-44", Severity.R, "ICD-10-CM guidelines I.B.14 and I.C.21.c.3; Tabular List Z68");
        }

        @Override
        public void check(CaseView coded, Report report) {
            for (Dx dx : coded.in("Z68")) {
                if (!coded.has(WEIGHT)) {
                    report.add(
                            dx.item(),
                            coded.named(dx.code())
                                    + " needs a diagnosis of weight by the provider, such as obesity (E66) or"
                                    + " malnutrition (E43, E44).",
                            without(dx),
                            dx.code());
                }
                Integer years = coded.years();
                boolean child = dx.in("Z68.5");
                if (years != null && (child ? years < CHILD || years >= GROWN : years < GROWN)) {
                    report.add(
                            dx.item(),
                            dx.code() + (child ? " is for ages 2 to 19" : " is for adults of 20 years and more")
                                    + "; the patient was " + years + ".",
                            without(dx),
                            "age " + years);
                }
            }
        }
    }

    /** DX-47: disease of an organ that is gone. */
    static final class AbsentOrgan extends DiagnosisRule {
        private static final String BODY_OF_UTERUS =
                "N71 N80.0 N84.0 N85 D25 D26.1 D26.7 C54 C55 D07.0 N81.2 N81.3 N81.4 N92 O";
        private static final String CERVIX = "N72 N84.1 N86 N87 N88 C53 D06 D26.0 R87.61 R87.81";

        /** Codes of absence with codes of the organ; those with a side need the same one. */
        private static final Map<String, String> ORGANS = organs();

        AbsentOrgan() {
            super("DX-47", Severity.R, "ICD-10-CM Tabular List Z89, Z90");
        }

        private static Map<String, String> organs() {
            Map<String, String> organs = new LinkedHashMap<>();
            organs.put("Z90.710", BODY_OF_UTERUS + " " + CERVIX);
            organs.put("Z90.711", BODY_OF_UTERUS);
            organs.put("Z90.712", CERVIX);
            organs.put("Z90.722", "C56 D27 D39.1 N83.0 N83.1 N83.2 N83.51 E28 N70.02 N70.12 N70.92");
            organs.put("Z90.410", "K85 K86 C25 D13.6");
            organs.put("Z90.81", "D73 S36.0 R16.1");
            organs.put("Z90.02", "C32 J04.0 J38");
            organs.put("Z90.1", "N60 N61 N62 N63 N64 D24");
            organs.put("Z89.43", "L97.4 L97.5");
            organs.put("Z89.44", "L97.3 L97.4 L97.5");
            organs.put("Z89.5", "L97.3 L97.4 L97.5 M19.07 S93 S92");
            organs.put("Z89.6", "L97.2 L97.3 L97.4 L97.5 M17 M19.07 S82 S83 S92 S93");
            organs.put("Z89.1", "M18 S62");
            organs.put("Z89.2", "M18 S52 S62");
            return organs;
        }

        @Override
        public void check(CaseView coded, Report report) {
            for (Dx absent : coded.in("Z89", "Z90")) {
                ORGANS.forEach((code, organ) -> {
                    if (absent.in(code)) {
                        coded.in(organ.split(" ")).stream()
                                .filter(dx -> sameSide(coded, absent, dx) && !treated(coded, dx))
                                .forEach(dx -> found(coded, absent, dx, report));
                    }
                });
                boolean prostate =
                        absent.in("Z90.79") && coded.coded().patient().sex() == Sex.MALE;
                if (prostate) {
                    coded.in("N40", "N41", "N42").forEach(dx -> found(coded, absent, dx, report));
                }
            }
        }

        /** A tumour that was taken out is coded until its treatment is over (guideline I.C.2.m). */
        private static boolean treated(CaseView coded, Dx dx) {
            return dx.in("C") && coded.has("Z51.0", "Z51.1");
        }

        private static void found(CaseView coded, Dx absent, Dx dx, Report report) {
            report.add(
                    dx.item(),
                    coded.named(dx.code()) + " is a disease of an organ that " + coded.named(absent.code())
                            + " says is gone: one of the two is wrong.",
                    dx.code(),
                    absent.code());
        }

        private static boolean sameSide(CaseView coded, Dx absent, Dx dx) {
            if (!absent.in("Z90.1", "Z89")) {
                return true;
            }
            Title.Side gone = coded.titleOf(absent.code()).side();
            Title.Side there = coded.titleOf(dx.code()).side();
            return gone == Title.Side.BOTH || gone != Title.Side.NONE && gone == there;
        }
    }
}
