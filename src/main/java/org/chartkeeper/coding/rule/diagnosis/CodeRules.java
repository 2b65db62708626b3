package org.chartkeeper.coding.rule.diagnosis;

import java.text.Normalizer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.chartkeeper.coding.Patch;
import org.chartkeeper.coding.Severity;
import org.chartkeeper.coding.rule.CaseView;
import org.chartkeeper.coding.rule.Dx;
import org.chartkeeper.coding.rule.Report;
import org.chartkeeper.terminology.CodeBook.Concept;
import org.chartkeeper.terminology.CodeBook.SeventhCharacters;
import org.chartkeeper.terminology.CodeBook.Standing;
import org.chartkeeper.terminology.CodeSystem;
import org.jspecify.annotations.Nullable;

/** Is each code one that may be reported on the day? */
final class CodeRules {

    private static final Pattern SHAPE =
            Pattern.compile("[A-Z][0-9][0-9A-Z](\\.?[0-9A-Z]{1,4})?", Pattern.CASE_INSENSITIVE);

    /** Newer releases have codes with a letter in the second place. */
    private static final Pattern NEWER =
            Pattern.compile("[A-Z][0-9A-Z]{2}(\\.?[0-9A-Z]{1,4})?", Pattern.CASE_INSENSITIVE);

    private static final String TABULAR = "ICD-10-CM guidelines I.A.2 to I.A.5";

    private CodeRules() {}

    static boolean wellFormed(CaseView coded, Dx dx) {
        String entered = dx.entered().code();
        return SHAPE.matcher(entered).matches()
                || NEWER.matcher(entered).matches()
                        && !Set.of(Standing.UNKNOWN, Standing.NO_RELEASE).contains(coded.standing(dx.code()));
    }

    /** DX-01: the shape of a code. */
    static final class Format extends DiagnosisRule {
        Format() {
            super("DX-01", Severity.H, TABULAR);
        }

        @Override
        public void check(CaseView coded, Report report) {
            for (Dx dx : coded.all()) {
                if (!wellFormed(coded, dx)) {
                    String bare = Normalizer.normalize(dx.entered().code(), Normalizer.Form.NFKC)
                            .toUpperCase(Locale.ROOT)
                            .replaceAll("[\\s.,·-]", "");
                    String mended = Dx.withDot(bare);
                    report.add(
                            dx.item(),
                            (bare.isEmpty()
                                            ? "A diagnosis without a code"
                                            : "\"" + dx.entered().code() + "\"")
                                    + " has not the shape of an ICD-10-CM code: a letter, a digit, a digit or"
                                    + " letter, and up to four more after the dot.",
                            SHAPE.matcher(mended).matches() && usable(coded, mended) ? code(dx, mended) : null,
                            dx.entered().code());
                }
            }
        }
    }

    /** DX-02: valid and specific enough on the day. */
    static final class Valid extends DiagnosisRule {
        Valid() {
            super("DX-02", Severity.H, "ICD-10-CM guidelines I.B.2; 45 CFR 162.1002; MCE edit 1");
        }

        @Override
        public void check(CaseView coded, Report report) {
            boolean said = false;
            for (Dx dx : coded.all()) {
                if (!wellFormed(coded, dx)) {
                    continue;
                }
                Standing standing = coded.standing(dx.code());
                if (standing == Standing.NO_RELEASE) {
                    if (!said) {
                        report.notChecked(Report.CASE, "full ICD-10-CM release that covers " + coded.on());
                        said = true;
                    }
                } else if (standing != Standing.VALID) {
                    report.add(
                            dx.item(),
                            dx.code()
                                    + switch (standing) {
                                        case HEADING -> " is a heading: choose a code below it.";
                                        case ENDED -> " had ended by " + coded.on() + ".";
                                        case NOT_YET -> " begins after " + coded.on() + ".";
                                        default -> " is in no release in force on " + coded.on() + ".";
                                    }
                                    + " (MCE edit 1: invalid diagnosis code)",
                            repair(coded, dx, standing),
                            dx.code(),
                            "day " + coded.on(),
                            coded.codes()
                                    .release(CodeSystem.ICD10CM, coded.on())
                                    .orElse("no release"));
                }
            }
        }

        private static @Nullable Patch repair(CaseView coded, Dx dx, Standing standing) {
            List<String> choices = new ArrayList<>();
            if (standing == Standing.HEADING) {
                coded.codes().children(CodeSystem.ICD10CM, dx.code(), coded.on()).stream()
                        .map(Concept::code)
                        .forEach(choices::add);
            } else if (standing == Standing.ENDED) {
                coded.codes().successors(dx.code()).stream().map(Concept::code).forEach(choices::add);
            } else if (standing == Standing.UNKNOWN) {
                choices.addAll(padded(coded, dx));
            }
            return choices.size() == 1 && coded.standing(choices.get(0)) == Standing.VALID
                    ? code(dx, choices.get(0))
                    : null;
        }
    }

    /** Codes of seven characters that come of putting placeholders before one of the last characters. */
    static List<String> padded(CaseView coded, Dx dx) {
        String plain = dx.plain();
        Set<String> found = new TreeSet<>();
        int missing = 7 - plain.length();
        if (plain.length() >= 4 && missing > 0) {
            for (int at = 3; at < plain.length(); at++) {
                String filled = Dx.withDot(plain.substring(0, at) + "X".repeat(missing) + plain.substring(at));
                if (coded.standing(filled) == Standing.VALID) {
                    found.add(filled);
                }
            }
        }
        return List.copyOf(found);
    }

    /** DX-03: the seventh character and its placeholders. */
    static final class Seventh extends DiagnosisRule {
        Seventh() {
            super("DX-03", Severity.H, "ICD-10-CM guidelines I.A.4 and I.A.5");
        }

        @Override
        public void check(CaseView coded, Report report) {
            boolean said = false;
            for (Dx dx : coded.all()) {
                if (!wellFormed(coded, dx)) {
                    continue;
                }
                Standing standing = coded.standing(dx.code());
                if (standing == Standing.NO_RELEASE) {
                    if (!said) {
                        report.notChecked(Report.CASE, "full ICD-10-CM release that covers " + coded.on());
                        said = true;
                    }
                } else if (standing == Standing.HEADING || standing == Standing.UNKNOWN) {
                    one(coded, dx, standing, report);
                }
            }
        }

        private static void one(CaseView coded, Dx dx, Standing standing, Report report) {
            Optional<SeventhCharacters> set = coded.codes().seventhCharacters(dx.code(), coded.on());
            String edition = set.map(SeventhCharacters::edition).orElse("the release");
            int length = dx.plain().length();
            if (standing == Standing.HEADING) {
                List<Concept> below = coded.codes().children(CodeSystem.ICD10CM, dx.code(), coded.on());
                boolean last = !below.isEmpty()
                        && below.stream()
                                .allMatch(one -> one.code().replace(".", "").length() == 7);
                if (last) {
                    report.add(
                            dx.item(),
                            dx.code() + " needs a seventh character: "
                                    + String.join(
                                            ", ",
                                            below.stream().map(Concept::code).toList()) + ".",
                            dx.code(),
                            edition);
                }
                return;
            }
            List<String> padded = padded(coded, dx);
            if (!padded.isEmpty()) {
                report.add(
                        dx.item(),
                        dx.code() + " lacks the placeholder X before its last characters: "
                                + String.join(" or ", padded) + ".",
                        padded.size() == 1 ? code(dx, padded.get(0)) : null,
                        dx.code(),
                        edition);
            } else if (length == 7) {
                String stem = dx.code().substring(0, dx.code().length() - 1);
                List<Concept> below = new ArrayList<>();
                for (String asked : List.of(stem, stem.replaceAll("X+$", ""))) {
                    coded.codes().children(CodeSystem.ICD10CM, Dx.withDot(asked), coded.on()).stream()
                            .filter(one -> one.code().replace(".", "").length() == 7)
                            .forEach(below::add);
                }
                Set<Character> allowed = new TreeSet<>();
                below.forEach(one -> allowed.add(one.code().charAt(one.code().length() - 1)));
                if (allowed.isEmpty()) {
                    set.ifPresent(known -> allowed.addAll(known.meanings().keySet()));
                }
                if (!allowed.isEmpty() && !allowed.contains(seventh(dx))) {
                    report.add(
                            dx.item(),
                            "The seventh character " + seventh(dx) + " of " + dx.code() + " is none of " + allowed
                                    + ".",
                            dx.code(),
                            edition);
                }
            } else if (set.isPresent()) {
                report.add(
                        dx.item(),
                        dx.code() + " needs a seventh character of "
                                + new TreeSet<>(set.get().meanings().keySet()) + ", with X in the places before it.",
                        dx.code(),
                        edition);
            }
        }
    }

    /** DX-04: the release is that of the discharge. */
    static final class ReleaseOfDischarge extends DiagnosisRule {
        ReleaseOfDischarge() {
            super("DX-04", Severity.H, "ICD-10-CM guidelines, preamble: codes by date of discharge; MCE edit 1");
        }

        @Override
        public void check(CaseView coded, Report report) {
            LocalDate admitted = coded.coded().admitted();
            LocalDate discharged = coded.coded().discharged();
            if (admitted == null || discharged == null || coded.outpatient() || !admitted.isBefore(discharged)) {
                return;
            }
            for (Dx dx : coded.all()) {
                if (wellFormed(coded, dx)
                        && coded.codes().standing(CodeSystem.ICD10CM, dx.code(), admitted) == Standing.VALID
                        && Set.of(Standing.ENDED, Standing.UNKNOWN, Standing.HEADING)
                                .contains(coded.codes().standing(CodeSystem.ICD10CM, dx.code(), discharged))) {
                    List<Concept> next = coded.codes().successors(dx.code());
                    report.add(
                            dx.item(),
                            dx.code() + " was valid on admission and is not on discharge (" + discharged
                                    + "), which chooses the release.",
                            next.size() == 1 && coded.standing(next.get(0).code()) == Standing.VALID
                                    ? code(dx, next.get(0).code())
                                    : null,
                            "admitted " + admitted,
                            "discharged " + discharged);
                }
            }
        }
    }

    /** DX-05: each code once. */
    static final class Duplicate extends DiagnosisRule {
        Duplicate() {
            super("DX-05", Severity.H, "ICD-10-CM guidelines I.B.12; MCE edit 3");
        }

        @Override
        public void check(CaseView coded, Report report) {
            Set<String> seen = new HashSet<>();
            coded.principal().ifPresent(dx -> seen.add(dx.code()));
            for (Dx dx : coded.diagnoses()) {
                boolean isPrincipal = coded.principal()
                        .filter(one -> one.index() == dx.index())
                        .isPresent();
                if (!isPrincipal && !seen.add(dx.code())) {
                    boolean ofPrincipal = coded.principal()
                            .filter(one -> one.code().equals(dx.code()))
                            .isPresent();
                    report.add(
                            dx.item(),
                            dx.code()
                                    + (ofPrincipal
                                            ? " is the principal diagnosis already (MCE edit 3)."
                                            : " is reported twice."),
                            Patch.remove(dx.pointer()),
                            dx.code());
                }
            }
        }
    }

    /** DX-57: what a claim holds. */
    static final class Limits extends DiagnosisRule {
        private static final int INSTITUTIONAL = 25;
        private static final int EXTERNAL = 12;
        private static final int PROFESSIONAL = 12;
        private static final int POINTERS = 4;

        Limits() {
            super("DX-57", Severity.H, "ASC X12N 837I and 837P 5010, segments HI and SV1");
        }

        @Override
        public void check(CaseView coded, Report report) {
            List<Dx> external =
                    coded.diagnoses().stream().filter(DiagnosisRule::external).toList();
            List<Dx> others =
                    coded.diagnoses().stream().filter(dx -> !external(dx)).toList();
            boolean professional = coded.outpatient()
                    && coded.coded().procedures().stream()
                            .anyMatch(line -> !line.pointers().isEmpty());
            int most = professional ? PROFESSIONAL : INSTITUTIONAL;
            if (professional && coded.diagnoses().size() > PROFESSIONAL) {
                over(coded.diagnoses(), PROFESSIONAL, "a professional claim holds 12 diagnoses", report);
            } else if (!professional && others.size() > most) {
                over(others, most, "a claim holds 25 diagnoses (the principal and 24 others)", report);
            }
            if (!professional && external.size() > EXTERNAL) {
                over(external, EXTERNAL, "a claim holds 12 external cause codes", report);
            }
            for (int i = 0; i < coded.coded().procedures().size(); i++) {
                List<Integer> pointers = coded.coded().procedures().get(i).pointers();
                if (pointers.size() > POINTERS) {
                    report.add(
                            "procedures[" + i + "].pointers",
                            "A line points to at most four diagnoses, not " + pointers.size() + ".",
                            pointers.toString());
                }
                for (int pointer : pointers) {
                    if (pointer < 1 || pointer > coded.coded().diagnoses().size()) {
                        report.add(
                                "procedures[" + i + "].pointers",
                                "There is no diagnosis " + pointer + " to point to.",
                                pointers.toString());
                    }
                }
            }
        }

        private static void over(List<Dx> all, int most, String limit, Report report) {
            Dx beyond = all.get(most);
            report.add(
                    beyond.item(),
                    beyond.code() + " is number " + (most + 1) + " of " + all.size() + ": " + limit + ".",
                    all.size() + " codes");
        }
    }
}
