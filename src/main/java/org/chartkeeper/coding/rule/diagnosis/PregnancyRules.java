package org.chartkeeper.coding.rule.diagnosis;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.chartkeeper.coding.CodingCase.Kind;
import org.chartkeeper.coding.Patch;
import org.chartkeeper.coding.Severity;
import org.chartkeeper.coding.rule.CaseView;
import org.chartkeeper.coding.rule.Dx;
import org.chartkeeper.coding.rule.NoteText.Stance;
import org.chartkeeper.coding.rule.Report;
import org.jspecify.annotations.Nullable;

/** Mother and newborn: chapters 15 and 16 with the weeks of gestation and the outcome of delivery. */
final class PregnancyRules {

    private static final Pattern WEEKS = Pattern.compile(
            "\\b(\\d{1,2})(?: ?(?:\\+|\\d/7|w(?:ee)?ks?,? (?:and )?)[ ]?\\d{0,2}[ ]?(?:d(?:ays?)?)?|[ -]?w(?:ee)?ks?)"
                    + "[^.;]{0,15}(?:gestation|ga\\b|pregnan|eg?a\\b)|\\b(?:gestation(?:al age)?|ega|ga)\\b[^.;0-9]{0,12}(\\d{1,2})\\b"
                    + "|\\biup\\b[^.;0-9]{0,12}(\\d{1,2})\\b|\\bpregnant[^.;0-9]{0,12}(\\d{1,2})[ -]?w");

    private PregnancyRules() {}

    /** O00 to O08. */
    private static boolean abortive(Dx dx) {
        return dx.between("O00", "O08");
    }

    /** Codes of the time after delivery, which take no weeks. */
    private static boolean postpartum(CaseView coded, Dx dx) {
        String title = coded.title(dx.code());
        boolean pregnancy = title.contains("pregnancy") || title.contains("trimester") || title.contains("childbirth");
        return dx.in("O85", "O86", "O87", "O89", "O90", "O94")
                || !pregnancy && (title.contains("puerperium") || title.contains("postpartum"));
    }

    /** Completed weeks of a Z3A code; empty where it names none. */
    private static OptionalInt weeksOf(Dx dx) {
        if (!dx.in("Z3A") || dx.plain().length() != 5) {
            return OptionalInt.empty();
        }
        String number = dx.plain().substring(3);
        if (!number.matches("\\d\\d") || number.equals("00")) {
            return OptionalInt.empty();
        }
        int weeks = Integer.parseInt(number);
        return OptionalInt.of(weeks == 1 ? 7 : weeks == 49 ? 43 : weeks);
    }

    /** Weeks that the note names, where it names one number alone. */
    private static OptionalInt weeksOf(CaseView coded) {
        Set<Integer> found = new TreeSet<>();
        for (String sentence : coded.note().sentences()) {
            Matcher matcher = WEEKS.matcher(sentence);
            while (matcher.find()) {
                for (int group = 1; group <= matcher.groupCount(); group++) {
                    if (matcher.group(group) != null) {
                        int weeks = Integer.parseInt(matcher.group(group));
                        if (weeks >= 4 && weeks <= 43) {
                            found.add(weeks);
                        }
                    }
                }
            }
        }
        return found.size() == 1 ? OptionalInt.of(found.iterator().next()) : OptionalInt.empty();
    }

    private static @Nullable String codeOf(CaseView coded, OptionalInt weeks) {
        if (weeks.isEmpty()) {
            return null;
        }
        int number = weeks.getAsInt();
        String code = number < 8 ? "Z3A.01" : number > 42 ? "Z3A.49" : "Z3A.%02d".formatted(number);
        return valid(coded, code) ? code : null;
    }

    private static boolean valid(CaseView coded, String code) {
        return DiagnosisRule.usable(coded, code);
    }

    /** DX-29: normal delivery. */
    static final class NormalDelivery extends DiagnosisRule {
        NormalDelivery() {
            super("DX-29", Severity.H, "ICD-10-CM guidelines I.C.15.n");
        }

        @Override
        public void check(CaseView coded, Report report) {
            for (Dx dx : coded.in("O80")) {
                List<Dx> others = coded.diagnoses().stream()
                        .filter(one -> obstetric(one) && !one.in("O80"))
                        .toList();
                if (!others.isEmpty()) {
                    report.add(
                            dx.item(),
                            "O80 is for a delivery without any complication: " + codes(others)
                                    + " is of chapter 15 and takes its place.",
                            without(dx, others.get(0)),
                            codes(others));
                    continue;
                }
                if (!dx.principal()) {
                    report.add(dx.item(), "O80 is always the principal diagnosis.", first(coded, dx), dx.item());
                }
                List<Dx> outcomes = coded.in("Z37");
                if (outcomes.stream().noneMatch(one -> one.in("Z37.0"))) {
                    report.add(
                            dx.item(),
                            "O80 needs the outcome Z37.0 (single live birth), the only one that it allows.",
                            outcomes.isEmpty() && usable(coded, "Z37.0") ? append("Z37.0") : null,
                            outcomes.isEmpty() ? "no outcome of delivery" : codes(outcomes));
                }
            }
        }
    }

    /** DX-30: weeks of gestation. */
    static final class Weeks extends DiagnosisRule {
        Weeks() {
            super("DX-30", Severity.W, "ICD-10-CM guidelines I.C.21.c.11; Tabular List chapter 15");
        }

        @Override
        public void check(CaseView coded, Report report) {
            List<Dx> weeks = coded.in("Z3A");
            List<Dx> chapter =
                    coded.diagnoses().stream().filter(DiagnosisRule::obstetric).toList();
            List<Dx> taking = chapter.stream()
                    .filter(dx -> !abortive(dx) && !postpartum(coded, dx))
                    .toList();
            if (weeks.isEmpty() && !taking.isEmpty()) {
                String told = codeOf(coded, weeksOf(coded));
                report.add(
                        taking.get(0).item(),
                        coded.named(taking.get(0).code()) + " needs the weeks of gestation (Z3A), where they are known"
                                + (told == null ? "." : ": the note tells " + told + "."),
                        told == null ? null : append(told),
                        codes(taking));
            } else if (!weeks.isEmpty()
                    && taking.isEmpty()
                    && (chapter.stream().anyMatch(dx -> abortive(dx) || postpartum(coded, dx)) || coded.has("Z33.2"))) {
                for (Dx dx : weeks) {
                    report.add(
                            Severity.R,
                            dx.item(),
                            dx.code() + " is not reported with a pregnancy that ended in abortion or after delivery ("
                                    + (chapter.isEmpty() ? "Z33.2" : codes(chapter)) + ").",
                            without(dx),
                            chapter.isEmpty() ? "Z33.2" : codes(chapter));
                }
            }
        }
    }

    /** DX-31: trimester and weeks. */
    static final class Trimester extends DiagnosisRule {
        private static final List<String> NAMES = List.of("first trimester", "second trimester", "third trimester");

        Trimester() {
            super("DX-31", Severity.R, "ICD-10-CM guidelines I.C.15.a.3; Tabular List chapter 15");
        }

        /** 1 under 14 weeks, 2 under 28, 3 from then on. */
        private static int of(int weeks) {
            return weeks < 14 ? 1 : weeks < 28 ? 2 : 3;
        }

        @Override
        public void check(CaseView coded, Report report) {
            List<Dx> coding = coded.in("Z3A");
            OptionalInt weeks = coding.isEmpty()
                    ? weeksOf(coded)
                    : coding.size() == 1 ? weeksOf(coding.get(0)) : OptionalInt.empty();
            if (weeks.isEmpty()) {
                return;
            }
            int right = of(weeks.getAsInt());
            for (Dx dx : coded.diagnoses()) {
                String title = coded.title(dx.code());
                for (int named = 1; named <= NAMES.size(); named++) {
                    if ((obstetric(dx) || dx.in("Z34")) && title.contains(NAMES.get(named - 1)) && named != right) {
                        String wanted = title.replace(NAMES.get(named - 1), NAMES.get(right - 1));
                        String other = sibling(coded, dx, wanted);
                        report.add(
                                dx.item(),
                                coded.named(dx.code()) + " does not fit " + weeks.getAsInt() + " weeks, which are the "
                                        + NAMES.get(right - 1) + ".",
                                other == null ? null : code(dx, other),
                                coding.isEmpty() ? "note" : codes(coding));
                    }
                }
            }
        }

        private static @Nullable String sibling(CaseView coded, Dx dx, String title) {
            String plain = dx.plain();
            for (int place = Math.min(6, plain.length()); place >= 4; place--) {
                for (char symbol = '0'; symbol <= '9'; symbol++) {
                    String code = Dx.withDot(plain.substring(0, place - 1) + symbol + plain.substring(place));
                    if (coded.title(code).equals(title) && usable(coded, code)) {
                        return code;
                    }
                }
            }
            return null;
        }
    }

    /** DX-32: chapter 15 first. */
    static final class ChapterFirst extends DiagnosisRule {
        ChapterFirst() {
            super("DX-32", Severity.R, "ICD-10-CM guidelines I.C.15.a.1");
        }

        @Override
        public void check(CaseView coded, Report report) {
            Optional<Dx> principal = coded.principal();
            if (principal.isEmpty() || newborn(coded)) {
                return;
            }
            Dx dx = principal.get();
            Optional<Dx> chapter =
                    coded.diagnoses().stream().filter(DiagnosisRule::obstetric).findFirst();
            boolean pregnant = chapter.isPresent() || coded.has("Z3A");
            boolean allowed = obstetric(dx)
                    || dx.between("Z30", "Z39")
                    || dx.in("Z3A", "Z03.7", "A34", "F53", "Z64.0", "Z79", "P")
                    || coded.has("Z33.1") && chapter.isEmpty();
            if (pregnant && !allowed) {
                report.add(
                        dx.item(),
                        coded.named(dx.code())
                                + " is first in a pregnancy: a code of chapter 15 comes first, unless the"
                                + " provider says that the pregnancy is incidental (Z33.1).",
                        chapter.map(one -> first(coded, one)).orElse(null),
                        chapter.map(Dx::code).orElse(codes(coded.in("Z3A"))));
            }
        }
    }

    private static boolean newborn(CaseView coded) {
        Long days = coded.days();
        Integer years = coded.years();
        if (days != null && years != null) {
            return years < 1;
        }
        return coded.has("Z38");
    }

    /** DX-33: codes of the mother and of the child each on their own record. */
    static final class OtherRecord extends DiagnosisRule {
        OtherRecord() {
            super("DX-33", Severity.H, "ICD-10-CM guidelines I.C.15.a.2 and I.C.16.a.1");
        }

        @Override
        public void check(CaseView coded, Report report) {
            boolean newborn = newborn(coded);
            boolean mother = !newborn
                    && coded.diagnoses().stream()
                            .anyMatch(dx -> obstetric(dx) || dx.in("Z37", "Z3A", "Z39", "Z33", "Z34"));
            for (Dx dx : coded.diagnoses()) {
                boolean wrong = newborn && (obstetric(dx) || dx.in("Z37", "Z3A")) || mother && dx.in("P", "Z38");
                if (wrong) {
                    Optional<Dx> heir = coded.diagnoses().stream()
                            .filter(one -> newborn ? one.in("P", "Z38", "Q") : obstetric(one))
                            .findFirst();
                    report.add(
                            dx.item(),
                            coded.named(dx.code())
                                    + (newborn
                                            ? " belongs on the mother's record, not on the newborn's."
                                            : " belongs on the newborn's record, not on the mother's."),
                            heir.map(one -> without(dx, one)).orElse(without(dx)),
                            "age " + (coded.days() == null ? "not said" : coded.days() + " days"));
                }
            }
        }
    }

    /** DX-34: the birth itself. */
    static final class Birth extends DiagnosisRule {
        private static final Pattern AGAIN = Pattern.compile("\\bre-?admi(t|ssion)");

        Birth() {
            super("DX-34", Severity.H, "ICD-10-CM guidelines I.C.16.a.2");
        }

        @Override
        public void check(CaseView coded, Report report) {
            List<Dx> births = coded.in("Z38");
            for (int i = 0; i < births.size(); i++) {
                Dx dx = births.get(i);
                boolean principal = births.stream().anyMatch(Dx::principal);
                if (i > 0 && births.get(0).index() != dx.index() && (principal && !dx.principal() || !principal)) {
                    report.add(
                            dx.item(),
                            "Z38 is reported once; " + births.get(0).code() + " is there already.",
                            without(dx),
                            codes(births));
                } else if (!dx.principal() && !principal) {
                    report.add(
                            dx.item(),
                            coded.named(dx.code()) + " is the principal diagnosis of the record of birth, never a"
                                    + " secondary one.",
                            first(coded, dx),
                            dx.code());
                }
                // Born elsewhere (Z38.1, Z38.4, Z38.7) a child may come a little later.
                Long days = coded.days();
                long most = dx.in("Z38.1", "Z38.4", "Z38.7") ? 2 : 0;
                boolean later = days != null && coded.coded().admitted() != null && days > most;
                boolean again =
                        coded.note().mentions(AGAIN).stream().anyMatch(mention -> mention.stance() == Stance.AFFIRMED);
                if (later || again || coded.coded().kind() == Kind.AMBULATORY && days != null && days > most) {
                    Optional<Dx> heir = coded.diagnoses().stream()
                            .filter(one -> !one.in("Z38") && !external(one))
                            .findFirst();
                    Patch repair =
                            dx.principal() ? heir.map(one -> without(dx, one)).orElse(null) : without(dx);
                    report.add(
                            dx.item(),
                            dx.code() + " is for the record of birth alone, not for a later admission.",
                            repair,
                            days == null ? "note: readmission" : "age " + days + " days on admission");
                }
            }
        }
    }
}
