package org.chartkeeper.coding.rule.diagnosis;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.chartkeeper.coding.CodingCase.Procedure;
import org.chartkeeper.coding.Patch;
import org.chartkeeper.coding.Severity;
import org.chartkeeper.coding.rule.CaseView;
import org.chartkeeper.coding.rule.Dx;
import org.chartkeeper.coding.rule.NoteText.Mention;
import org.chartkeeper.coding.rule.NoteText.Stance;
import org.chartkeeper.coding.rule.Report;
import org.chartkeeper.terminology.CodeBook.Instruction;
import org.chartkeeper.terminology.CodeBook.InstructionKind;
import org.jspecify.annotations.Nullable;

/** Conditions that the guidelines take together: hypertension with heart and kidney, sepsis, dialysis, infarction. */
final class CombinationRules {

    private CombinationRules() {}

    /** Hypertension with what the guidelines presume to come of it (I.C.9.a). */
    private static final class Hypertension {
        /** I50, I51.4 to I51.7, I51.89 and I51.9. */
        private static final String[] HEART = {"I50", "I51.4", "I51.5", "I51.6", "I51.7", "I51.89", "I51.9"};

        private static final Pattern UNRELATED =
                Pattern.compile("\\bunrelated to (the |his |her |their )?(essential |primary )?"
                        + "(hypertension|htn|high blood pressure|hypertensive)"
                        + "|\\bnot (due|related|secondary|attributed|attributable|caused) (to|by) (the |his |her |their )?"
                        + "(essential |primary )?(hypertension|htn|high blood pressure)"
                        + "|\\b(hypertension|htn)\\b[^.;]{0,40}\\bunrelated\\b");
        private static final Pattern HEART_WORDS = Pattern.compile(
                "heart failure|\\b(chf|hf|hfref|hfpef)\\b|heart disease|cardiac|cardiomyopathy|myocard");
        private static final Pattern KIDNEY_WORDS =
                Pattern.compile("kidney|renal|\\b(ckd|esrd)\\b|nephropathy|nephritis");

        final @Nullable Dx heart;
        final @Nullable Dx kidney;
        final boolean failure;
        final boolean late;

        Hypertension(CaseView coded) {
            heart = coded.in(HEART).stream()
                    .filter(dx -> !unrelated(coded, HEART_WORDS))
                    .findFirst()
                    .orElse(null);
            kidney = coded.in("N18").stream()
                    .filter(dx -> !unrelated(coded, KIDNEY_WORDS))
                    .findFirst()
                    .orElse(null);
            failure = heart != null && coded.has("I50");
            late = kidney != null && coded.has("N18.5", "N18.6");
        }

        /** Whether the note says that it does not come of the hypertension. */
        private static boolean unrelated(CaseView coded, Pattern organ) {
            return coded.note().sentences().stream()
                    .anyMatch(sentence -> UNRELATED.matcher(sentence).find()
                            && organ.matcher(sentence).find());
        }

        /** The code of hypertension with what is there. */
        String code() {
            if (heart != null && kidney != null) {
                return failure ? late ? "I13.2" : "I13.0" : late ? "I13.11" : "I13.10";
            }
            if (heart != null) {
                return failure ? "I11.0" : "I11.9";
            }
            return late ? "I12.0" : "I12.9";
        }

        /** Puts the right code in the place of all codes of hypertension, before the heart failure. */
        Patch repair(CaseView coded) {
            List<Dx> all = coded.in("I10", "I11", "I12", "I13");
            Dx kept = all.stream().filter(Dx::principal).findFirst().orElse(all.get(0));
            Patch repair = DiagnosisRule.code(kept, code());
            for (int i = all.size() - 1; i >= 0; i--) {
                Dx gone = all.get(i);
                if (gone.index() != kept.index()) {
                    repair = repair.then(Patch.remove(gone.pointer()));
                }
            }
            Dx failed = heart;
            if (failed != null && !failed.principal() && failed.in("I51.5", "I51.7") && all.size() == 1) {
                // These two are within the code of hypertensive heart disease.
                return repair.then(Patch.remove(failed.pointer()));
            }
            boolean swap = all.size() == 1 && failed != null && failed.principal() && !kept.principal();
            return swap ? repair.then(DiagnosisRule.first(coded, kept)) : repair;
        }
    }

    /** DX-21: hypertension and heart disease. */
    static final class HypertensiveHeart extends DiagnosisRule {
        HypertensiveHeart() {
            super("DX-21", Severity.R, "ICD-10-CM guidelines I.C.9.a.1");
        }

        @Override
        public void check(CaseView coded, Report report) {
            Hypertension found = new Hypertension(coded);
            Dx heart = found.heart;
            if (heart == null) {
                return;
            }
            for (Dx dx : coded.in("I10", "I11.9")) {
                if (dx.in("I10") || found.failure) {
                    report.add(
                            dx.item(),
                            dx.code() + " with " + coded.named(heart.code())
                                    + ": the heart disease is presumed to come of the hypertension, " + found.code()
                                    + ", unless the provider says that it is unrelated.",
                            found.repair(coded),
                            dx.code(),
                            heart.code());
                }
            }
        }
    }

    /** DX-22: hypertension and chronic kidney disease. */
    static final class HypertensiveKidney extends DiagnosisRule {
        HypertensiveKidney() {
            super("DX-22", Severity.R, "ICD-10-CM guidelines I.C.9.a.2");
        }

        @Override
        public void check(CaseView coded, Report report) {
            Hypertension found = new Hypertension(coded);
            Dx kidney = found.kidney;
            if (kidney == null) {
                return;
            }
            for (Dx dx : coded.in("I10", "I12")) {
                boolean plain = dx.in("I10");
                boolean stage = dx.in("I12.0") ? !found.late : dx.in("I12.9") && found.late;
                if (plain || stage) {
                    report.add(
                            dx.item(),
                            dx.code() + " with " + coded.named(kidney.code()) + ": "
                                    + (plain
                                            ? "the kidney disease is presumed to come of the hypertension, "
                                                    + found.code()
                                                    + ", unless the provider says that it is unrelated."
                                            : "the stage asks for " + found.code()
                                                    + " (I12.0 with stage 5 or end stage, I12.9 with the others)."),
                            found.repair(coded),
                            dx.code(),
                            kidney.code());
                }
            }
        }
    }

    /** DX-23: hypertension with heart and kidney disease. */
    static final class HypertensiveHeartAndKidney extends DiagnosisRule {
        HypertensiveHeartAndKidney() {
            super("DX-23", Severity.R, "ICD-10-CM guidelines I.C.9.a.3");
        }

        @Override
        public void check(CaseView coded, Report report) {
            Hypertension found = new Hypertension(coded);
            List<Dx> single = coded.in("I10", "I11", "I12");
            Dx kidney = found.kidney;
            boolean bothCodes = coded.has("I11") && coded.has("I12");
            boolean split = !single.isEmpty()
                    && (bothCodes
                            || kidney != null && (coded.has("I11") || found.heart != null)
                            || coded.has("I12") && found.heart != null);
            if (split) {
                // Codes of hypertension say themselves what is there where heart or kidney has no code of its own.
                String right = combined(coded, found);
                Patch repair = found.code().equals(right) ? found.repair(coded) : null;
                report.add(
                        single.get(0).item(),
                        codes(single) + " with " + (found.heart == null ? "heart" : found.heart.code()) + " and "
                                + (kidney == null ? "kidney disease" : kidney.code())
                                + ": hypertensive heart and kidney disease is one code, " + right + ".",
                        repair,
                        codes(single));
                return;
            }
            for (Dx dx : coded.in("I13")) {
                boolean failure = dx.in("I13.0", "I13.2");
                boolean late = dx.in("I13.11", "I13.2");
                boolean wrong = found.failure && !failure || kidney != null && late != found.late;
                if (wrong) {
                    String right = (found.failure || failure)
                            ? found.late ? "I13.2" : "I13.0"
                            : found.late ? "I13.11" : "I13.10";
                    report.add(
                            dx.item(),
                            dx.code() + " does not fit heart and kidney disease of the case: " + right + ".",
                            code(dx, right),
                            dx.code(),
                            kidney == null ? "no N18" : kidney.code());
                }
            }
        }

        private static String combined(CaseView coded, Hypertension found) {
            boolean failure = found.failure || coded.has("I11.0");
            boolean late = found.late || found.kidney == null && coded.has("I12.0");
            return failure ? late ? "I13.2" : "I13.0" : late ? "I13.11" : "I13.10";
        }
    }

    private static final String SEVERE_SEPSIS = "R65.2";

    /** DX-27: severe sepsis after the infection. */
    static final class SepsisOrder extends DiagnosisRule {
        /** Infections that severe sepsis may come of: chapter 1 but for organisms, and the sepsis of other chapters. */
        private static boolean infection(Dx dx) {
            return dx.between("A00", "B94") && !dx.in("B90", "B91", "B92", "B94")
                    || dx.in(
                            "T81.4", "T80.2", "T88.0", "O85", "O86.04", "O75.3", "O03", "O04", "O07", "O08", "P36",
                            "U07.1", "T82.6", "T82.7", "T83.5", "T83.6", "T84.5", "T84.6", "T84.7", "T85.7");
        }

        SepsisOrder() {
            super("DX-27", Severity.H, "ICD-10-CM guidelines I.C.1.d");
        }

        @Override
        public void check(CaseView coded, Report report) {
            for (Dx dx : coded.in(SEVERE_SEPSIS)) {
                List<Dx> infections = coded.diagnoses().stream()
                        .filter(SepsisOrder::infection)
                        .toList();
                if (infections.isEmpty()) {
                    report.add(
                            dx.item(),
                            coded.named(dx.code())
                                    + " needs the systemic infection that it comes of before it, such as A41.9.",
                            dx.code());
                } else if (dx.principal() || infections.stream().noneMatch(one -> CaseView.before(one, dx))) {
                    report.add(
                            dx.item(),
                            dx.code() + " is never first: " + infections.get(0).code() + " comes before it.",
                            before(coded, infections.get(0), dx),
                            dx.code(),
                            infections.get(0).code());
                }
            }
        }
    }

    /** DX-28: severe sepsis with the organ that fails. */
    static final class OrganDysfunction extends DiagnosisRule {
        /** Acute dysfunctions that severe sepsis comes with, beside those that the Tabular List names at R65.2. */
        private static final String[] ORGANS = {
            "N17", "J96.0", "J96.2", "J80", "D65", "D68.8", "D68.9", "D69.5", "D69.6", "K72.0", "K72.9", "K76.7",
            "K76.8", "G92.8", "G92.9", "G93.4", "G72.81", "G62.81", "I50.21", "I50.23", "I50.31", "I50.33", "I50.41",
            "I50.43", "I50.811", "I50.813", "I21", "I5A", "I46", "I51.81", "R40.2", "R57.0", "R57.8", "K55.0", "K56.7",
            "E27.4", "E87.2", "N99.0", "J95.821", "J95.822", "R09.2", "R41.82", "I95"
        };

        OrganDysfunction() {
            super("DX-28", Severity.R, "ICD-10-CM guidelines I.C.1.d.1.b; Tabular List R65.2");
        }

        @Override
        public void check(CaseView coded, Report report) {
            for (Dx dx : coded.in(SEVERE_SEPSIS)) {
                List<Instruction> notes = coded.instructions(dx.code(), InstructionKind.USE_ADDITIONAL);
                boolean organ = coded.has(ORGANS)
                        || coded.diagnoses().stream()
                                .anyMatch(one -> one.index() != dx.index()
                                        && notes.stream()
                                                .flatMap(note -> note.codes().stream())
                                                .anyMatch(range -> range.covers(one.code())));
                if (!organ) {
                    report.add(
                            dx.item(),
                            coded.named(dx.code()) + " needs a code of the acute organ dysfunction, such as N17.9 or"
                                    + " J96.01.",
                            dx.code());
                }
            }
        }
    }

    /** DX-45: end-stage kidney disease on dialysis. */
    static final class Dialysis extends DiagnosisRule {
        private static final Pattern WORDS = Pattern.compile(
                "\\b(ha?emo|peritoneal )?dialysis\\b|\\bdialy[sz]ed\\b|\\b(capd|ccpd|crrt)\\b|\\bon hd\\b|\\bhd (?:mwf|tts|session|today)\\b");

        Dialysis() {
            super("DX-45", Severity.I, "ICD-10-CM Tabular List N18.6; guidelines I.C.14");
        }

        @Override
        public void check(CaseView coded, Report report) {
            if (!coded.has("N18.6") || coded.has("Z99.2", "Z91.15")) {
                return;
            }
            Optional<String> order = coded.coded().procedures().stream()
                    .map(Procedure::code)
                    .filter(Dialysis::dialysis)
                    .findFirst();
            List<Dx> care = coded.in("Z49");
            boolean told =
                    coded.note().mentions(WORDS).stream().anyMatch(mention -> mention.stance() == Stance.AFFIRMED);
            if (order.isPresent() || !care.isEmpty() || told) {
                Dx dx = coded.in("N18.6").get(0);
                report.add(
                        dx.item(),
                        "N18.6 and dialysis: Z99.2 (dependence on renal dialysis) is coded too.",
                        usable(coded, "Z99.2") ? append("Z99.2") : null,
                        order.map(code -> "procedure " + code)
                                .orElse(told ? coded.note().sentenceOf(WORDS) : codes(care)));
            }
        }

        /** ICD-10-PCS 5A1D and 3E1M39Z, CPT 90935 to 90999, HCPCS G0257. */
        private static boolean dialysis(String code) {
            return code.startsWith("5A1D")
                    || code.equals("3E1M39Z")
                    || code.matches("909[3-9]\\d")
                    || code.equals("G0257");
        }
    }

    /** DX-46: four weeks of an acute infarction. */
    static final class Infarction extends DiagnosisRule {
        private static final int DAYS = 28;

        private static final Pattern WORDS =
                Pattern.compile("\\b(stemi|nstemi|n-stemi|ami|mi)\\b|myocardial infarct|heart attack");
        private static final Pattern AGO = Pattern.compile(
                "\\b(\\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|twelve)[ -]?"
                        + "(d|days?|wks?|weeks?|w|mos?|months?|yrs?|years?)\\b[ -]?(ago|earlier|prior|previously|before|back|old)");
        private static final Pattern TODAY =
                Pattern.compile("\\b(?:today|currently|this admission|this visit|on arrival)\\b");
        private static final Pattern ISO = Pattern.compile("\\b(20\\d\\d)-(\\d\\d)-(\\d\\d)\\b");
        private static final Pattern US = Pattern.compile("\\b(\\d{1,2})/(\\d{1,2})/(20\\d\\d)\\b");
        private static final Map<String, Integer> NUMBERS = Map.ofEntries(
                Map.entry("one", 1),
                Map.entry("two", 2),
                Map.entry("three", 3),
                Map.entry("four", 4),
                Map.entry("five", 5),
                Map.entry("six", 6),
                Map.entry("seven", 7),
                Map.entry("eight", 8),
                Map.entry("nine", 9),
                Map.entry("ten", 10),
                Map.entry("twelve", 12));

        Infarction() {
            super("DX-46", Severity.R, "ICD-10-CM guidelines I.C.9.e");
        }

        @Override
        public void check(CaseView coded, Report report) {
            for (Dx dx : coded.in("I22")) {
                if (!coded.has("I21")) {
                    report.add(
                            dx.item(),
                            dx.code()
                                    + " is another infarction within four weeks of one: it needs an I21 code beside it.",
                            dx.code());
                }
            }
            List<Dx> acute = coded.in("I21");
            if (acute.isEmpty() || coded.note().isBlank()) {
                return;
            }
            long oldest = -1;
            String said = "";
            boolean fresh = false;
            for (String sentence : coded.note().sentences()) {
                boolean onset = sentence.contains("onset");
                if (!WORDS.matcher(sentence).find() && !onset) {
                    continue;
                }
                OptionalLong days = days(sentence, coded);
                if (days.isEmpty()
                        || days.getAsLong() <= DAYS
                        || TODAY.matcher(sentence).find()) {
                    fresh |= days.isPresent() || new MentionOfNow(coded, sentence).is();
                } else if (days.getAsLong() > oldest) {
                    oldest = days.getAsLong();
                    said = sentence;
                }
            }
            if (oldest > DAYS && !fresh) {
                Dx dx = acute.get(0);
                report.add(
                        dx.item(),
                        dx.code() + " is for the first four weeks; the note puts the infarction " + oldest
                                + " days back: I25.2 (old myocardial infarction).",
                        usable(coded, "I25.2") && !coded.has("I25.2") ? code(dx, "I25.2") : null,
                        said);
            }
        }

        /** Whether a sentence without a time speaks of an infarction of this visit. */
        private record MentionOfNow(CaseView coded, String sentence) {
            boolean is() {
                return coded.note().mentions(WORDS).stream()
                                .filter(mention -> mention.sentence().equals(sentence))
                                .map(Mention::stance)
                                .anyMatch(stance -> stance == Stance.AFFIRMED)
                        && sentence.matches(
                                ".*\\b(acute|new|today|now|presents?|presenting|admitted (with|for)|stemi|nstemi)\\b.*");
            }
        }

        private static OptionalLong days(String sentence, CaseView coded) {
            Matcher ago = AGO.matcher(sentence);
            if (ago.find()) {
                String number = ago.group(1);
                int count = NUMBERS.containsKey(number) ? NUMBERS.get(number) : Integer.parseInt(number);
                int unit = switch (ago.group(2).charAt(0)) {
                    case 'w' -> 7;
                    case 'm' -> 30;
                    case 'y' -> 365;
                    default -> 1;
                };
                return OptionalLong.of((long) count * unit);
            }
            Matcher iso = ISO.matcher(sentence);
            Matcher us = US.matcher(sentence);
            try {
                LocalDate day = null;
                if (iso.find()) {
                    day = LocalDate.parse(iso.group());
                } else if (us.find()) {
                    day = LocalDate.of(
                            Integer.parseInt(us.group(3)),
                            Integer.parseInt(us.group(1)),
                            Integer.parseInt(us.group(2)));
                }
                LocalDate at = coded.coded().admitted() == null
                        ? coded.on()
                        : coded.coded().admitted();
                return day == null || day.isAfter(at)
                        ? OptionalLong.empty()
                        : OptionalLong.of(ChronoUnit.DAYS.between(day, at));
            } catch (DateTimeException noDate) {
                return OptionalLong.empty();
            }
        }
    }
}
