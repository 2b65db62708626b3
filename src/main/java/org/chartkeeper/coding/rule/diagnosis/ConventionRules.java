package org.chartkeeper.coding.rule.diagnosis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.chartkeeper.coding.Patch;
import org.chartkeeper.coding.Severity;
import org.chartkeeper.coding.rule.CaseView;
import org.chartkeeper.coding.rule.Dx;
import org.chartkeeper.coding.rule.Report;
import org.chartkeeper.coding.rule.Title;
import org.chartkeeper.terminology.CodeBook.CodeList;
import org.chartkeeper.terminology.CodeBook.CodeRange;
import org.chartkeeper.terminology.CodeBook.Instruction;
import org.chartkeeper.terminology.CodeBook.InstructionKind;
import org.chartkeeper.terminology.CodeBook.Standing;
import org.jspecify.annotations.Nullable;

/** The conventions of the Tabular List between codes: code first, sides, Excludes1, use additional code. */
final class ConventionRules {

    private ConventionRules() {}

    private static boolean covers(Instruction note, String code) {
        return note.codes().stream().anyMatch(range -> range.covers(code));
    }

    /** Whether a note stands at a code, not at a block or chapter whose notes speak of it as a whole. */
    private static boolean atCode(Instruction note) {
        return !note.statedAt().contains("-")
                && Character.isLetter(note.statedAt().charAt(0));
    }

    /** DX-08: a manifestation after its cause. */
    static final class CodeFirst extends DiagnosisRule {
        /** How a note begins that asks for a cause in any case, not only where there is one. */
        private static final Pattern OBLIGATORY = Pattern.compile(
                "^(code first )?\\s*\\(?(the )?(underlying|condition resulting from|malignancy|neoplasm|disease).*");

        private static final Pattern OPTIONAL = Pattern.compile(".*(if applicable|if known|if any|\\bany\\b).*");

        CodeFirst() {
            super("DX-08", Severity.H, "ICD-10-CM guidelines I.A.13; Tabular List, code first");
        }

        @Override
        public void check(CaseView coded, Report report) {
            for (Dx dx : coded.diagnoses()) {
                boolean manifestation = EditorRules.manifestation(coded, dx);
                List<Instruction> notes = notes(coded, dx, manifestation);
                if (!manifestation && notes.isEmpty()) {
                    continue;
                }
                if (notes.isEmpty() && !coded.notesLoaded(report)) {
                    return;
                }
                List<Dx> causes = coded.diagnoses().stream()
                        .filter(one -> one.index() != dx.index() && cause(coded, notes, one))
                        .toList();
                if (causes.stream().anyMatch(one -> CaseView.before(one, dx))) {
                    continue;
                }
                String edition = notes.isEmpty() ? "title" : notes.get(0).edition();
                if (causes.isEmpty()) {
                    report.add(
                            dx.item(),
                            coded.named(dx.code()) + " needs the code of its cause before it" + named(notes) + ".",
                            dx.code(),
                            edition);
                } else {
                    Dx cause = causes.get(0);
                    report.add(
                            dx.item(),
                            cause.code() + " is the cause of " + dx.code()
                                    + " and comes before it; here it comes after.",
                            before(coded, cause, dx),
                            dx.code(),
                            cause.code(),
                            edition);
                }
            }
        }

        /**
         * Every code-first note of a manifestation; of another code those that ask for a cause in any case. The cause of
         * I21.A1 is coded first "if applicable", whatever an older edition says (guideline I.C.9.e.5).
         */
        private static List<Instruction> notes(CaseView coded, Dx dx, boolean manifestation) {
            List<Instruction> all = coded.instructions(dx.code(), InstructionKind.CODE_FIRST);
            if (manifestation) {
                return all;
            }
            if (dx.in("I21.A1")) {
                return List.of();
            }
            Map<String, List<Instruction>> places = new LinkedHashMap<>();
            all.forEach(note -> places.computeIfAbsent(note.statedAt(), key -> new ArrayList<>())
                    .add(note));
            for (List<Instruction> place : places.values()) {
                String heading = place.get(0).text().toLowerCase(Locale.ROOT);
                boolean own = !place.get(0).statedAt().contains("-");
                boolean codes = place.stream().anyMatch(note -> !note.codes().isEmpty());
                if (own
                        && codes
                        && OBLIGATORY.matcher(heading).matches()
                        && place.stream()
                                .noneMatch(note -> OPTIONAL.matcher(note.text()).matches())) {
                    return place;
                }
            }
            return List.of();
        }

        /**
         * Whether a code may be the cause. A list that says "such as" leaves others of the chapters that it names;
         * a note without codes leaves any disease.
         */
        private static boolean cause(CaseView coded, List<Instruction> notes, Dx one) {
            if (notes.stream().anyMatch(note -> covers(note, one.code()))) {
                return true;
            }
            if (EditorRules.manifestation(coded, one) || external(one) || plain(coded, one)) {
                return false;
            }
            List<CodeRange> ranges =
                    notes.stream().flatMap(note -> note.codes().stream()).toList();
            if (ranges.isEmpty()) {
                return true;
            }
            boolean open = notes.stream().anyMatch(note -> note.text().contains("such as"));
            // Hepatitis, iron, copper and antitrypsin are of other chapters than the liver.
            if (open
                    && notes.stream().anyMatch(note -> note.text().contains("liver disease"))
                    && one.in("B15", "B16", "B17", "B18", "B19", "E83.0", "E83.1", "E88.01")) {
                return true;
            }
            return open
                    && ranges.stream()
                            .anyMatch(range ->
                                    range.from().charAt(0) == one.code().charAt(0));
        }

        /** A symptom, a status, or a disease whose code says that it has done nothing else. */
        private static boolean plain(CaseView coded, Dx dx) {
            return dx.in("Z", "R", "I10") || coded.title(dx.code()).contains("without complication");
        }

        private static String named(List<Instruction> notes) {
            List<String> ranges = notes.stream()
                    .flatMap(note -> note.codes().stream())
                    .map(range -> range.from().equals(range.to()) ? range.from() : range.from() + "-" + range.to())
                    .distinct()
                    .limit(6)
                    .toList();
            return ranges.isEmpty() ? "" : ", such as " + String.join(", ", ranges);
        }
    }

    private static final char[] SYMBOLS = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ".toCharArray();

    /** The code with another symbol at a place (counted without the dot from 1) of which a condition holds. */
    private static List<String> beside(CaseView coded, Dx dx, int place, Predicate<Title> fits) {
        List<String> found = new ArrayList<>();
        String plain = dx.plain();
        for (char symbol : SYMBOLS) {
            String code = Dx.withDot(plain.substring(0, place - 1) + symbol + plain.substring(place));
            if (!code.equals(dx.code()) && DiagnosisRule.usable(coded, code) && fits.test(coded.titleOf(code))) {
                found.add(code);
            }
        }
        return found;
    }

    /** As {@link #beside}, of headings: N63.1 and N63.2 are of a side, and their codes of a quadrant too. */
    private static List<String> headings(CaseView coded, Dx dx, int place, Predicate<Title> fits) {
        List<String> found = new ArrayList<>();
        String stem = dx.plain().substring(0, place - 1);
        for (char symbol : SYMBOLS) {
            String code = Dx.withDot(stem + symbol);
            if (coded.standing(code) == Standing.HEADING && fits.test(coded.titleOf(code))) {
                found.add(code + "-");
            }
        }
        return found;
    }

    /** Codes that say the same of a side where the diagnosis names none. */
    static List<String> sided(CaseView coded, Dx dx) {
        Title title = coded.titleOf(dx.code());
        if (!title.unspecified() || title.side() != Title.Side.NONE || title.has("right")) {
            return List.of();
        }
        List<String> words = title.sideless();
        for (int place = 7; place >= 4; place--) {
            if (place <= dx.plain().length()) {
                Predicate<Title> otherSide =
                        other -> (other.side() == Title.Side.RIGHT || other.side() == Title.Side.LEFT)
                                && sameBut(words, other.sideless());
                List<String> found = beside(coded, dx, place, otherSide);
                if (found.isEmpty() && place == dx.plain().length()) {
                    found = headings(coded, dx, place, otherSide);
                }
                if (!found.isEmpty()) {
                    return found;
                }
            }
        }
        return List.of();
    }

    /** "Pain in unspecified limb" and "pain in right arm": one word of the part may differ. */
    private static boolean sameBut(List<String> words, List<String> others) {
        if (words.equals(others)) {
            return true;
        }
        return words.size() == others.size()
                && words.size() > 1
                && words.contains("limb")
                && words.stream().filter(word -> !others.contains(word)).count() == 1;
    }

    /** DX-17: the side is known to whoever saw the patient. */
    static final class Unspecified extends DiagnosisRule {
        Unspecified() {
            super("DX-17", Severity.W, "ICD-10-CM guidelines I.B.13; MCE edit 20");
        }

        @Override
        public void check(CaseView coded, Report report) {
            for (Dx dx : coded.all()) {
                boolean listed = coded.inpatient()
                        && coded.listing(CodeList.UNSPECIFIED, dx.code()).isPresent();
                List<String> sides = sided(coded, dx);
                if (listed || !sides.isEmpty()) {
                    report.add(
                            listed ? Severity.R : Severity.W,
                            dx.item(),
                            coded.named(dx.code()) + " names no side"
                                    + (sides.isEmpty() ? "" : "; there is " + String.join(", ", sides))
                                    + (listed ? " (MCE edit 20)." : "."),
                            null,
                            dx.code(),
                            listed
                                    ? coded.codes()
                                            .edition(CodeList.UNSPECIFIED, coded.on())
                                            .orElse("")
                                    : "titles of the release");
                }
            }
        }
    }

    /** DX-18: one code for both sides. */
    static final class Bilateral extends DiagnosisRule {
        Bilateral() {
            super("DX-18", Severity.R, "ICD-10-CM guidelines I.B.13");
        }

        @Override
        public void check(CaseView coded, Report report) {
            List<Dx> all = coded.diagnoses();
            for (Dx right : all) {
                if (coded.titleOf(right.code()).side() != Title.Side.RIGHT) {
                    continue;
                }
                for (Dx left : all) {
                    int place = differs(right, left);
                    if (place < 4
                            || coded.titleOf(left.code()).side() != Title.Side.LEFT
                            || !coded.titleOf(left.code())
                                    .sideless()
                                    .equals(coded.titleOf(right.code()).sideless())) {
                        continue;
                    }
                    String both = both(coded, right, place);
                    if (both != null) {
                        Dx kept = CaseView.before(right, left) ? right : left;
                        Dx gone = kept == right ? left : right;
                        report.add(
                                gone.item(),
                                right.code() + " and " + left.code() + " are one code where both sides are meant: "
                                        + coded.named(both) + ".",
                                code(kept, both).then(Patch.remove(gone.pointer())),
                                right.code(),
                                left.code(),
                                both);
                    }
                }
            }
        }

        /** The only place in which two codes differ, counted from 1; 0 where there are more or none. */
        private static int differs(Dx one, Dx other) {
            String a = one.plain();
            String b = other.plain();
            if (a.length() != b.length()) {
                return 0;
            }
            int place = 0;
            for (int i = 0; i < a.length(); i++) {
                if (a.charAt(i) != b.charAt(i)) {
                    if (place > 0) {
                        return 0;
                    }
                    place = i + 1;
                }
            }
            return place;
        }

        private static @Nullable String both(CaseView coded, Dx right, int place) {
            Set<String> words = coded.titleOf(right.code()).sidelessSet();
            List<String> beside = beside(
                    coded,
                    right,
                    place,
                    other -> other.side() == Title.Side.BOTH && words.containsAll(other.sidelessSet()));
            if (!beside.isEmpty()) {
                return beside.get(0);
            }
            // M17.11 and M17.12 have their bilateral code one level up, M17.0.
            if (place == right.plain().length() && place > 4) {
                for (char symbol = '0'; symbol <= '9'; symbol++) {
                    String code = Dx.withDot(right.plain().substring(0, place - 2) + symbol);
                    Title title = coded.titleOf(code);
                    if (title.side() == Title.Side.BOTH
                            && coded.standing(code) == Standing.VALID
                            && title.sidelessSet().equals(words)) {
                        return code;
                    }
                }
            }
            return null;
        }
    }

    /** DX-20: two codes that exclude each other. */
    static final class Excludes1 extends DiagnosisRule {

        /** Pairs that the guidelines name, for when no Tabular List is loaded. */
        private static final List<Map.Entry<String, String>> KNOWN = List.of(
                Map.entry("E10", "E11"),
                Map.entry("E10", "E08"),
                Map.entry("E10", "E09"),
                Map.entry("E10", "E13"),
                Map.entry("E11", "E08"),
                Map.entry("E11", "E09"),
                Map.entry("E11", "E13"),
                Map.entry("R73.0", "E08"),
                Map.entry("R73.0", "E09"),
                Map.entry("R73.0", "E10"),
                Map.entry("R73.0", "E11"),
                Map.entry("R73.0", "E13"),
                Map.entry("F17", "Z87.891"),
                Map.entry("F17", "Z72.0"),
                Map.entry("Z21", "B20"),
                Map.entry("Z33.1", "O"),
                Map.entry("Z34", "O"));

        /**
         * Pairs that notes of older editions exclude and the guidelines ask for now: insulin with other drugs (I.C.4.a.3),
         * hypertensive heart disease with the heart condition (I.C.9.a.1).
         */
        private static final List<Map.Entry<String[], String[]>> TOGETHER = List.of(
                Map.entry(new String[] {"Z79.4"}, new String[] {"Z79.84", "Z79.85"}),
                Map.entry(new String[] {"Z79.84"}, new String[] {"Z79.85"}),
                Map.entry(new String[] {"I11", "I13"}, new String[] {"I51.4", "I51.81", "I51.89", "I51.9"}));

        private static boolean together(Dx one, Dx other) {
            return TOGETHER.stream()
                    .anyMatch(pair -> one.in(pair.getKey()) && other.in(pair.getValue())
                            || other.in(pair.getKey()) && one.in(pair.getValue()));
        }

        Excludes1() {
            super("DX-20", Severity.R, "ICD-10-CM guidelines I.A.12.a; Tabular List, Excludes1");
        }

        @Override
        public void check(CaseView coded, Report report) {
            List<Dx> all = coded.diagnoses();
            if (all.size() < 2) {
                return;
            }
            boolean loaded = coded.notesLoaded(report);
            for (int i = 0; i < all.size(); i++) {
                for (int k = i + 1; k < all.size(); k++) {
                    Dx one = all.get(i);
                    Dx other = all.get(k);
                    if (one.code().equals(other.code()) || together(one, other)) {
                        continue;
                    }
                    Optional<Instruction> note =
                            loaded ? note(coded, one, other).or(() -> note(coded, other, one)) : Optional.empty();
                    boolean known = KNOWN.stream()
                            .anyMatch(pair -> one.in(pair.getKey()) && other.in(pair.getValue())
                                    || one.in(pair.getValue()) && other.in(pair.getKey()));
                    if (note.isPresent() || known) {
                        report.add(
                                other.item(),
                                coded.named(one.code()) + " and " + coded.named(other.code())
                                        + " exclude each other"
                                        + note.map(said -> " (" + said.statedAt() + ": " + said.text() + ")")
                                                .orElse("")
                                        + ": keep the one that is right, unless the two conditions are unrelated.",
                                repair(coded, one, other),
                                one.code(),
                                other.code(),
                                note.map(Instruction::edition).orElse("guideline"));
                    }
                }
            }
        }

        /** Covered, but not by a range of most of the book: "specified adverse effects (A00-R94)" are no diagnoses. */
        private static boolean names(Instruction note, String code) {
            return note.codes().stream()
                    .filter(range -> range.to().charAt(0) - range.from().charAt(0) < 3)
                    .anyMatch(range -> range.covers(code));
        }

        /** The note at a code, or above it, that excludes another one. */
        private static Optional<Instruction> note(CaseView coded, Dx at, Dx excluded) {
            Optional<Instruction> found = coded.instructions(at.code()).stream()
                    .filter(note -> note.kind() == InstructionKind.EXCLUDES1 && names(note, excluded.code()))
                    .filter(note -> !excluded.code().startsWith(note.statedAt()))
                    .findFirst();
            return found.filter(note -> Stream.concat(
                            coded.instructions(at.code()).stream().filter(one -> covers(one, excluded.code())),
                            coded.instructions(excluded.code()).stream().filter(one -> covers(one, at.code())))
                    // What one note excludes and another asks for or allows is no conflict.
                    .noneMatch(one -> atCode(one)
                            && (one.kind() == InstructionKind.USE_ADDITIONAL
                                    || one.kind() == InstructionKind.CODE_ALSO
                                    || one.kind() == InstructionKind.CODE_FIRST
                                    || one.kind() == InstructionKind.EXCLUDES2)));
        }

        /** A symptom, a status or a code without detail gives way to a disease; else the chart decides. */
        private static @Nullable Patch repair(CaseView coded, Dx one, Dx other) {
            int weightOne = weight(coded, one);
            int weightOther = weight(coded, other);
            if (weightOne == weightOther) {
                return null;
            }
            return weightOne < weightOther ? without(one, other) : without(other, one);
        }

        private static int weight(CaseView coded, Dx dx) {
            if (dx.in("Z")) {
                return 0;
            }
            if (dx.in("R")) {
                return 1;
            }
            return coded.titleOf(dx.code()).unspecified() ? 2 : 3;
        }
    }

    /** DX-24: what a code is only half of. */
    static final class UseAdditional extends DiagnosisRule {

        private static final Pattern OBLIGATORY = Pattern.compile(
                "^(use additional )?(code|codes|code\\(s\\))( from [A-Z][0-9A-Z]{2})? to (identify|specify|indicate)"
                        + "( the)? .*");

        /** What a note leaves open, what is of no use in most cases, and what another rule asks for. */
        private static final Pattern OPTIONAL =
                Pattern.compile(".*(if |\\bany\\b|such as|when |where |infectio|organism"
                        + "|external cause|source|radiation|tobacco|control using|receptor|hypertension \\(|vaccine|allergy"
                        + "|dialysis status|implant status|transplant|drug|alcohol|presence|toxic|perpetrator|constricting"
                        + "|resistance|insulin|family history|reassignment|joint|foreign body|coma|BMI|body mass).*");

        private static final Pattern FROM = Pattern.compile("\\bfrom (?:category )?([A-Z][0-9][0-9A-Z])\\b");

        /** Pairs that hold whatever edition is loaded: stage of kidney disease, type of heart failure, site of ulcer. */
        private static final Map<String, String> KNOWN = known();

        UseAdditional() {
            super("DX-24", Severity.R, "ICD-10-CM guidelines I.A.17; Tabular List, use additional code");
        }

        private static Map<String, String> known() {
            Map<String, String> pairs = new LinkedHashMap<>();
            pairs.put("I09.81", "I50");
            pairs.put("I11.0", "I50");
            pairs.put("I12", "N18");
            pairs.put("I13", "N18");
            pairs.put("O80", "Z37");
            pairs.put("O82", "Z37");
            for (String diabetes : List.of("E08", "E09", "E10", "E11", "E13")) {
                pairs.put(diabetes + ".22", "N18");
                pairs.put(diabetes + ".621", "L97");
            }
            return Map.copyOf(pairs);
        }

        @Override
        public void check(CaseView coded, Report report) {
            for (Dx dx : coded.diagnoses()) {
                Map<String, Missing> missing = new LinkedHashMap<>();
                for (Instruction note : coded.instructions(dx.code(), InstructionKind.USE_ADDITIONAL)) {
                    if (atCode(note)
                            && OBLIGATORY.matcher(note.text()).matches()
                            && !OPTIONAL.matcher(note.text()).matches()) {
                        of(note, dx, coded).ifPresent(one -> missing.putIfAbsent(one.first(), one));
                    }
                }
                KNOWN.forEach((code, needed) -> {
                    if (dx.in(code) && !coded.has(needed)) {
                        missing.putIfAbsent(needed, new Missing(needed, "", "guideline"));
                    }
                });
                if (dx.in("I13.0", "I13.2") && !coded.has("I50")) {
                    missing.putIfAbsent("I50", new Missing("I50", "", "guideline"));
                }
                for (Missing one : missing.values()) {
                    report.add(
                            dx.item(),
                            coded.named(dx.code()) + " needs an additional code"
                                    + (one.text.isEmpty()
                                            ? " of " + one.codes + "."
                                            : ": " + one.text.replaceFirst("^(use additional )?codes? ", "") + "."),
                            usable(coded, one.codes) && coded.standing(one.codes) == Standing.VALID
                                    ? append(one.codes)
                                    : null,
                            dx.code(),
                            one.edition);
                }
            }
        }

        private record Missing(String codes, String text, String edition) {
            /** The category that tells missing codes apart. */
            String first() {
                return codes.length() < 3 ? codes : codes.substring(0, 3);
            }
        }

        private static Optional<Missing> of(Instruction note, Dx dx, CaseView coded) {
            List<String> categories = new ArrayList<>();
            for (CodeRange range : note.codes()) {
                categories.add(range.from().substring(0, 3));
                categories.add(range.to().substring(0, 3));
            }
            Matcher from = FROM.matcher(note.text());
            while (from.find()) {
                categories.add(from.group(1));
            }
            if (categories.isEmpty()) {
                return Optional.empty();
            }
            // Any code of the categories that the note names is taken: which one of them is a matter of other rules.
            boolean there = coded.diagnoses().stream()
                    .anyMatch(one -> one.index() != dx.index()
                            && (categories.contains(one.category())
                                    || note.codes().stream().anyMatch(range -> range.covers(one.code()))));
            if (there) {
                return Optional.empty();
            }
            boolean single = note.codes().size() == 1
                    && note.codes().get(0).from().equals(note.codes().get(0).to());
            return Optional.of(new Missing(
                    single ? note.codes().get(0).from() : categories.get(0),
                    "use additional " + note.text(),
                    note.edition()));
        }
    }

    /** DX-25: without complications and with one. */
    static final class WithoutComplications extends DiagnosisRule {
        private static final Pattern PLAIN =
                Pattern.compile(".*(without (mention of )?complications?|uncomplicated).*");

        WithoutComplications() {
            super("DX-25", Severity.R, "ICD-10-CM guidelines I.A.15 and I.C.4.a");
        }

        @Override
        public void check(CaseView coded, Report report) {
            for (Dx plain : coded.diagnoses()) {
                Title title = coded.titleOf(plain.code());
                boolean diabetes = plain.code().matches("E(08|09|10|11|13)\\.9");
                boolean uncomplicated = diabetes || PLAIN.matcher(title.text()).matches();
                for (Dx other : coded.diagnoses()) {
                    Title told = coded.titleOf(other.code());
                    boolean same =
                            family(plain).equals(family(other)) && !plain.code().equals(other.code());
                    boolean contrary = title.has("without")
                            && !told.has("without")
                            && told.has("with")
                            && plain.category().equals(other.category())
                            && title.text().replace("without", "with").equals(told.text());
                    if (same
                                    && uncomplicated
                                    && !told.text().contains("without complication")
                                    && (diabetes || worse(told))
                            || contrary) {
                        report.add(
                                plain.item(),
                                coded.named(plain.code()) + " says that there is no complication, "
                                        + coded.named(other.code()) + " names one.",
                                without(plain, other),
                                plain.code(),
                                other.code());
                        break;
                    }
                }
            }
        }

        private static boolean worse(Title title) {
            return title.has("with") || title.has("complicated") || title.has("exacerbation");
        }

        /** The category; of drugs the kind of use too, for F10.10 and F10.20 are another matter. */
        private static String family(Dx dx) {
            return dx.in("F1") && dx.code().length() > 4 ? dx.code().substring(0, 5) : dx.category();
        }
    }

    /** DX-38: a symptom of what is diagnosed. */
    static final class IntegralSymptom extends DiagnosisRule {

        /** Symptoms that belong to a disease as a rule (guideline I.B.5): symptom codes, then codes of diseases. */
        private static final Map<String, String> INTEGRAL = integral();

        private static final Pattern UNRELATED = Pattern.compile(
                "\\bunrelated\\b|\\bnot (due|related) to\\b|separate(ly)? (from|evaluat)|distinct from");

        IntegralSymptom() {
            super("DX-38", Severity.I, "ICD-10-CM guidelines I.B.5 and II.A");
        }

        private static Map<String, String> integral() {
            Map<String, String> pairs = new LinkedHashMap<>();
            pairs.put(
                    "R05",
                    "J00 J01 J02 J04 J05 J06 J09 J10 J11 J12 J13 J14 J15 J16 J17 J18 J20 J21 J22 J40 J41 J42 J44 J45"
                            + " J47 J69 U07.1 A15 A37");
            pairs.put(
                    "R06.0",
                    "I50 I11.0 I13.0 I13.2 J09 J10 J11 J12 J13 J14 J15 J16 J17 J18 J20 J21 J43 J44 J45 J80 J81 J84 J90"
                            + " J93 J96 I26 U07.1");
            pairs.put("R06.2", "J44 J45 J20 J21");
            pairs.put("R06.8", "J44 J45 J96 G47.3");
            pairs.put("R07", "I20 I21 I22 I24 I25.11 I25.7 I30 I26 J12 J13 J14 J15 J16 J17 J18 J93 R09.1 K21");
            pairs.put("R09.02", "J96 J80");
            pairs.put("R04.2", "C34 A15 J47");
            pairs.put(
                    "R10",
                    "K35 K36 K37 K25 K26 K27 K28 K29 K50 K51 K52 K56 K57 K80 K81 K85 K86.1 A09 A08 N20 N80 K58 K65 R10.0");
            pairs.put("R11", "A08 A09 K52 K56 K35 K29 K85 K31.84 G43 O21 N10");
            pairs.put("R12", "K21");
            pairs.put("R13.1", "K22.2 C15 K20 K22.0");
            pairs.put("R14", "K58 K56");
            pairs.put("R17", "B15 B16 B17 B18 B19 K70 K72 K80.5 K83 C25.0 P59");
            pairs.put("R19.7", "A00 A01 A02 A03 A04 A05 A06 A07 A08 A09 K50 K51 K52 K58.0");
            pairs.put("R21", "B01 B02 B05 B06 L20 L23 L24 L25 L27 L30 L50");
            pairs.put("R30", "N30 N39.0 N10 N34");
            pairs.put("R31", "N30 N20 C67 N10");
            pairs.put("R35", "N30 N39.0");
            pairs.put("R36", "A54 A56");
            pairs.put("R42", "H81 H83");
            pairs.put(
                    "R50.9",
                    "A N10 N39.0 N30 J00 J01 J02 J03 J04 J05 J06 J09 J10 J11 J12 J13 J14 J15 J16 J17 J18 J20 J21 J85"
                            + " U07.1 L03 K35 K81 K65 M00 M86 I33 G00 G01 G02 G03 H66 B0 B1 B2 B3 B4 B5 B6 B7 B8");
            pairs.put("R51", "G43 G44 J01 G00 G03 I60");
            pairs.put("R56", "G40");
            pairs.put("R60", "I50 I11.0 I13.0 N04 I87.2");
            pairs.put("R00.2", "I47 I48 I49");
            pairs.put("R00.0", "I47");
            pairs.put("R73.9", "E08 E09 E10 E11 E13 R73.0");
            pairs.put("R68.83", "A J12 J13 J14 J15 J16 J17 J18 N10 N39.0");
            pairs.put("R29.810", "G51");
            pairs.put("R52", "G89");
            pairs.put("M79.60", "I82 M79.7");
            pairs.put("M25.5", "M05 M06 M10 M15 M16 M17 M18 M19 M00 M1A");
            pairs.put("M54.5", "M51 M48.0 S39.0 M54.3 M54.4");
            return Map.copyOf(pairs);
        }

        @Override
        public void check(CaseView coded, Report report) {
            for (Dx symptom : coded.diagnoses()) {
                for (Map.Entry<String, String> pair : INTEGRAL.entrySet()) {
                    if (!symptom.in(pair.getKey())) {
                        continue;
                    }
                    String[] diseases = pair.getValue().split(" ");
                    Optional<Dx> disease = coded.diagnoses().stream()
                            .filter(one -> one.index() != symptom.index() && one.in(diseases))
                            .filter(one -> !asked(coded, one, symptom))
                            .findFirst();
                    if (disease.isPresent() && !coded.note().names(UNRELATED)) {
                        report.add(
                                symptom.item(),
                                coded.named(symptom.code()) + " belongs to "
                                        + coded.named(disease.get().code())
                                        + " as a rule and is not coded beside it, unless it has another cause.",
                                without(symptom, disease.get()),
                                symptom.code(),
                                disease.get().code());
                        break;
                    }
                }
            }
        }

        /** Whether the Tabular List asks for the symptom beside the disease. */
        private static boolean asked(CaseView coded, Dx disease, Dx symptom) {
            return coded.instructions(disease.code()).stream()
                    .filter(note ->
                            note.kind() == InstructionKind.USE_ADDITIONAL || note.kind() == InstructionKind.CODE_ALSO)
                    .anyMatch(note -> covers(note, symptom.code()));
        }
    }

    /** DX-59: the acute form before the chronic one. */
    static final class AcuteFirst extends DiagnosisRule {

        /** Words of titles that name a condition, not a place or a way. */
        private static final Pattern CONDITION =
                Pattern.compile(".*(itis|osis|opathy|emia)|failure|pain|embolism|thrombosis"
                        + "|hemorrhage|disease|edema|ulcer|gout|asthma|insufficiency|ischemia|rejection");

        private static final Set<String> TOO_WIDE = Set.of("disease", "leukemia", "diagnosis");

        /** Conditions whose two forms share no word of their titles' language. */
        private static final Map<String, String> KNOWN = pairs();

        AcuteFirst() {
            super("DX-59", Severity.R, "ICD-10-CM guidelines I.B.8");
        }

        private static Map<String, String> pairs() {
            Map<String, String> pairs = new HashMap<>();
            pairs.put("K85", "K86.0 K86.1");
            pairs.put("J96.0", "J96.1");
            pairs.put("J20", "J41 J42");
            pairs.put("N00", "N03");
            pairs.put("N10", "N11");
            pairs.put("K81.0", "K81.1");
            pairs.put("J01", "J32");
            pairs.put("G89.1", "G89.2");
            return Map.copyOf(pairs);
        }

        @Override
        public void check(CaseView coded, Report report) {
            for (Dx acute : coded.diagnoses()) {
                for (Dx chronic : coded.diagnoses()) {
                    if (acute.index() != chronic.index()
                            && CaseView.before(chronic, acute)
                            && (pair(acute, chronic)
                                    || same(coded.titleOf(acute.code()), coded.titleOf(chronic.code())))) {
                        report.add(
                                acute.item(),
                                coded.named(acute.code()) + " is the acute form and is reported before "
                                        + coded.named(chronic.code()) + ".",
                                before(coded, acute, chronic),
                                acute.code(),
                                chronic.code());
                    }
                }
            }
        }

        private static boolean pair(Dx acute, Dx chronic) {
            return KNOWN.entrySet().stream()
                    .anyMatch(one ->
                            acute.in(one.getKey()) && chronic.in(one.getValue().split(" ")));
        }

        private static boolean same(Title acute, Title chronic) {
            boolean forms = (acute.has("acute") || acute.has("subacute"))
                    && !acute.has("chronic")
                    && chronic.has("chronic")
                    && !chronic.has("acute");
            if (!forms) {
                return false;
            }
            // "Chronic kidney disease" after "acute kidney failure" are two conditions; "leukemia" is another one by
            // form.
            return acute.words().stream()
                    .filter(word -> CONDITION.matcher(word).matches() && !TOO_WIDE.contains(word))
                    .anyMatch(word -> chronic.has(word) && sites(acute, chronic, word));
        }

        /** A failure, a pain or an embolism is the same one only where its organ is. */
        private static boolean sites(Title acute, Title chronic, String word) {
            if (word.endsWith("itis")) {
                return true;
            }
            return acute.words().stream()
                    .filter(one -> one.length() > 3 && !one.equals(word))
                    .filter(one -> !Set.of("acute", "other", "unspecified", "with", "without", "type")
                            .contains(one))
                    .anyMatch(chronic::has);
        }
    }
}
