package org.chartkeeper.coding.rule.diagnosis;

import java.util.List;
import java.util.Optional;
import org.chartkeeper.coding.Severity;
import org.chartkeeper.coding.rule.CaseView;
import org.chartkeeper.coding.rule.Dx;
import org.chartkeeper.coding.rule.Report;

/** Injuries, poisonings and their causes. */
final class InjuryRules {

    private InjuryRules() {}

    private static boolean sequela(Dx dx) {
        return dx.plain().length() == 7 && dx.at(7) == 'S';
    }

    /** Codes of injuries that name the encounter in their seventh character, with those of chapter 13. */
    private static boolean withEncounter(Dx dx) {
        return dx.plain().length() == 7 && (injury(dx) || dx.in("M80", "M84", "M97", "M48.4", "M48.5"));
    }

    private static boolean injury(Dx dx) {
        return DiagnosisRule.injury(dx);
    }

    /** DX-40: what remains comes first, the injury that it comes of second. */
    static final class SequelaSecond extends DiagnosisRule {
        SequelaSecond() {
            super("DX-40", Severity.H, "ICD-10-CM guidelines I.B.10 and I.C.19.a");
        }

        @Override
        public void check(CaseView coded, Report report) {
            List<Dx> residual = coded.diagnoses().stream()
                    .filter(dx -> !sequela(dx) && !external(dx) && !dx.in("Z"))
                    .toList();
            for (Dx dx : coded.diagnoses()) {
                if (!sequela(dx) || external(dx) || !withEncounter(dx)) {
                    continue;
                }
                if (dx.principal() || residual.isEmpty()) {
                    report.add(
                            dx.item(),
                            coded.named(dx.code()) + " says what a condition is a sequela of: the condition itself is"
                                    + " coded first.",
                            residual.isEmpty() || !dx.principal() ? null : first(coded, residual.get(0)),
                            dx.code());
                }
            }
        }
    }

    /** DX-41: no aftercare code beside an injury. */
    static final class Aftercare extends DiagnosisRule {
        private static final String LATER = "DEFGHJKMNPQR";

        Aftercare() {
            super("DX-41", Severity.R, "ICD-10-CM guidelines I.C.19.a and I.C.21.c.7");
        }

        @Override
        public void check(CaseView coded, Report report) {
            Optional<Dx> injured = coded.diagnoses().stream()
                    .filter(dx -> withEncounter(dx) && !dx.between("T80", "T88") && LATER.indexOf(seventh(dx)) >= 0)
                    .findFirst();
            if (injured.isEmpty()) {
                return;
            }
            for (Dx dx : coded.in("Z47", "Z48")) {
                report.add(
                        dx.item(),
                        coded.named(dx.code()) + " is not used with an injury: the seventh character of "
                                + injured.get().code() + " says that this is aftercare.",
                        without(dx, injured.get()),
                        dx.code(),
                        injured.get().code());
            }
        }
    }

    /** DX-42: place, activity and status of the event. */
    static final class PlaceAndActivity extends DiagnosisRule {
        private static final List<String> KINDS = List.of("Y92", "Y93", "Y99");

        PlaceAndActivity() {
            super("DX-42", Severity.R, "ICD-10-CM guidelines I.C.20.b, c, d and k");
        }

        @Override
        public void check(CaseView coded, Report report) {
            List<Dx> injuries = coded.diagnoses().stream()
                    .filter(dx -> injury(dx) || dx.in("M80", "M84", "M48.4", "M48.5") || complication(coded, dx))
                    .toList();
            boolean initial = injuries.stream().anyMatch(InjuryRules::initial);
            for (String kind : KINDS) {
                List<Dx> all = coded.in(kind);
                for (int i = 0; i < all.size(); i++) {
                    Dx dx = all.get(i);
                    String why = injuries.isEmpty()
                            ? " needs an injury or another condition of the event beside it."
                            : !initial
                                    ? " is reported at the initial encounter alone; " + codes(injuries)
                                            + " is later care."
                                    : i > 0 ? " is the second code of " + kind + "; one is reported." : null;
                    if (why != null) {
                        report.add(
                                dx.item(),
                                coded.named(dx.code()) + why,
                                without(dx),
                                dx.code(),
                                injuries.isEmpty() ? "no injury" : codes(injuries));
                    }
                }
            }
        }
    }

    /** What came about in or after a procedure, of whatever chapter: it has a place of occurrence too. */
    private static boolean complication(CaseView coded, Dx dx) {
        return coded.title(dx.code())
                .matches(".*\\b(?:intraoperative|postprocedural|postoperative|complicating a procedure)\\b.*");
    }

    /** Active treatment: seventh character A, B or C, or none at all. */
    private static boolean initial(Dx dx) {
        return dx.plain().length() < 7 || DiagnosisRule.INITIAL.contains(String.valueOf(dx.at(7)));
    }

    /** DX-43: the drug and what it did. */
    static final class DrugOrder extends DiagnosisRule {
        DrugOrder() {
            super("DX-43", Severity.H, "ICD-10-CM guidelines I.C.19.e.5");
        }

        @Override
        public void check(CaseView coded, Report report) {
            for (Dx dx : coded.diagnoses()) {
                char intent = intent(dx);
                boolean toxic = dx.between("T51", "T65") && !sequela(dx);
                if (dx.principal() && (intent == '5' || intent == '6')) {
                    Optional<Dx> effect = coded.diagnoses().stream()
                            .filter(one ->
                                    !one.principal() && !external(one) && !one.between("T36", "T50") && !one.in("Z"))
                            .findFirst();
                    report.add(
                            dx.item(),
                            coded.named(dx.code())
                                    + (intent == '5'
                                            ? " is an adverse effect: what it did is coded first, the drug second."
                                            : " is an underdosing and never first: the condition is coded first."),
                            effect.map(one -> first(coded, one)).orElse(null),
                            dx.code());
                } else if (!sequela(dx) && initial(dx) && (intent >= '1' && intent <= '4' || toxic)) {
                    poisoning(coded, dx, report);
                }
            }
        }

        private static void poisoning(CaseView coded, Dx dx, Report report) {
            Optional<Dx> principal = coded.principal();
            if (principal.isEmpty() || dx.principal()) {
                return;
            }
            Dx first = principal.get();
            // Another injury, a pregnancy, a newborn or a routine encounter may be why the patient came.
            boolean other = injury(first) || obstetric(first) || external(first) || first.in("P", "Z");
            boolean adverse = coded.diagnoses().stream().anyMatch(one -> intent(one) == '5' && one.principal());
            if (!other && !adverse) {
                report.add(
                        dx.item(),
                        coded.named(dx.code()) + " is a poisoning and comes first, what it did (" + first.code()
                                + ") second.",
                        first(coded, dx),
                        dx.code(),
                        first.code());
            }
        }
    }
}
