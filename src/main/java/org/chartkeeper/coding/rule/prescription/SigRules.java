package org.chartkeeper.coding.rule.prescription;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.chartkeeper.coding.CodingCase.Dose;
import org.chartkeeper.coding.Patch;
import org.chartkeeper.coding.Severity;
import org.chartkeeper.coding.rule.Report;
import org.chartkeeper.coding.rule.prescription.DoNotUse.Found;
import org.chartkeeper.coding.rule.prescription.DoseForm.Way;
import org.jspecify.annotations.Nullable;

/** Do the directions say one thing only: how much, by which route, when, what for? */
final class SigRules {

    private SigRules() {}

    /** RX-20: the dose and its unit. */
    static final class DoseAndUnit extends RxRule {
        DoseAndUnit() {
            super("RX-20", Severity.H, "UCUM (case-sensitive codes); 42 CFR 423.160(b) (NCPDP SCRIPT)");
        }

        @Override
        void check(Rx rx, Report report) {
            Dose dose = rx.entered().dose();
            if (dose == null) {
                return;
            }
            BigDecimal value = dose.value();
            if (value != null && value.signum() <= 0) {
                report.add(
                        rx.item(),
                        "A dose of " + value.toPlainString() + " is none: enter a number above zero.",
                        value.toPlainString());
            }
            String unit = dose.unit();
            if (unit == null) {
                if (value != null) {
                    report.add(
                            rx.item(),
                            "The dose has no unit: enter one in UCUM, such as mg, mL or {tbl}.",
                            value.toPlainString());
                }
            } else if (!DoseUnits.valid(unit)) {
                String meant = DoseUnits.meant(unit);
                report.add(
                        rx.item(),
                        "\"" + unit + "\" is no UCUM unit of a dose"
                                + (meant == null
                                        ? ": enter one such as mg, ug, mL, [iU], meq or {tbl}, in exactly these letters."
                                        : ": write " + meant + "."),
                        meant == null ? null : Patch.replace(rx.at("dose") + "/unit", meant),
                        unit);
            }
        }
    }

    /** RX-21: the route is coded and one for the dose form. */
    static final class RouteOfForm extends RxRule {
        private static final Set<String> NEVER_SWALLOWED = Set.of("injection", "ophthalmic", "otic", "nasal");

        RouteOfForm() {
            super("RX-21", Severity.H, "FHIR R4 value set route-codes (SNOMED CT); FDA labeling of the dose form");
        }

        @Override
        void check(Rx rx, Report report) {
            String entered = rx.entered().route();
            if (entered == null || entered.isBlank()) {
                return;
            }
            String code = entered.strip();
            Optional<RouteCode> route = RouteCode.of(code);
            if (route.isEmpty()) {
                Optional<RouteCode> meant = RouteCode.written(code);
                if (!RouteCode.wellFormed(code)) {
                    report.add(
                            rx.item(),
                            "The route \"" + entered + "\" is no SNOMED CT code"
                                    + meant.map(one -> ": write " + one.code() + " (" + one.name() + ").")
                                            .orElse(": enter one such as 26643006 (oral)."),
                            meant.map(one -> Patch.replace(rx.at("route"), one.code()))
                                    .orElse(null),
                            entered);
                } else {
                    report.add(
                            Severity.I,
                            rx.item(),
                            "Not checked: " + code
                                    + " is none of the routes that prescriptions usually have, so that it cannot be"
                                    + " compared with the dose form.",
                            null,
                            code);
                }
                return;
            }
            Optional<DoseForm> known = Drugs.formOf(rx);
            if (known.isEmpty() && route.get().way() == Way.MOUTH) {
                swallowed(rx, code, report);
            }
            known.ifPresent(form -> {
                Way way = route.get().way();
                if (way != null && !form.allows(way) && !Drugs.givenSo(rx, form, way)) {
                    report.add(
                            rx.item(),
                            route.get().name() + " (" + code + ") is no route for " + form.words()
                                    + ": choose a route for the form, or the form for the route.",
                            form == DoseForm.TABLET || form == DoseForm.CAPSULE
                                    ? Patch.replace(rx.at("route"), "26643006")
                                    : null,
                            code,
                            rx.text());
                }
            });
        }

        /** A drug whose name tells no form, but that is never swallowed: insulin. */
        private static void swallowed(Rx rx, String code, Report report) {
            List<DrugEntry> drugs = Drugs.entries(rx);
            if (!drugs.isEmpty() && drugs.stream().allMatch(drug -> NEVER_SWALLOWED.containsAll(drug.routes()))) {
                report.add(
                        rx.item(),
                        "oral (" + code + ") is no route for " + drugs.get(0).ingredient() + ", which is given by "
                                + String.join(", ", drugs.get(0).routes()) + ": choose the route of the drug.",
                        code,
                        Schedule.name(rx),
                        DrugTable.load().edition());
            }
        }
    }

    /** RX-22: when it is taken. */
    static final class When extends RxRule {
        When() {
            super("RX-22", Severity.H, "FHIR R4 Timing; Joint Commission and ISMP lists of error-prone abbreviations");
        }

        @Override
        void check(Rx rx, Report report) {
            if (rx.sig().isEmpty()) {
                return;
            }
            List<String> mistaken = new ArrayList<>();
            String mended = rx.sig();
            for (Map.Entry<Pattern, String> one : SigText.MISTAKEN_TIMES.entrySet()) {
                one.getKey()
                        .matcher(mended)
                        .results()
                        .forEach(found -> mistaken.add(found.group() + " (" + one.getValue() + ")"));
                mended = one.getKey().matcher(mended).replaceAll(one.getValue());
            }
            SigText sig = new SigText(rx.sig());
            if (!mistaken.isEmpty()) {
                report.add(
                        rx.item(),
                        "The timing is written in a way that is mistaken for others: " + String.join(", ", mistaken)
                                + ". Write it out.",
                        Patch.replace(rx.at("sig"), mended),
                        rx.sig());
            } else if (!sig.timed() && sig.asDirected()) {
                report.add(
                        Severity.W,
                        rx.item(),
                        "The directions leave the timing to what was said elsewhere: write when it is taken, unless the"
                                + " package or a plan in the chart says it.",
                        null,
                        rx.sig());
            } else if (!sig.timed() && !sig.asNeeded()) {
                report.add(
                        rx.item(),
                        "The directions say no timing that is understood: write daily, BID, TID, QID, q6h, at bedtime,"
                                + " weekly or the like.",
                        rx.sig());
            }
        }
    }

    /** RX-23: what "as needed" is for. */
    static final class AsNeeded extends RxRule {
        AsNeeded() {
            super("RX-23", Severity.R, "42 CFR 482.23(c); Joint Commission MM.04.01.01 (orders as needed)");
        }

        @Override
        void check(Rx rx, Report report) {
            SigText sig = new SigText(rx.sig());
            String reason = rx.entered().prnReason();
            if (sig.asNeeded() && (reason == null || reason.isBlank()) && !sig.saysWhy()) {
                report.add(rx.item(), "As needed, but not for what: enter the reason, such as \"prn pain\".", rx.sig());
            }
        }
    }

    /** RX-26: abbreviations that must not be used. */
    static final class Abbreviations extends RxRule {
        Abbreviations() {
            super("RX-26", Severity.H, "The Joint Commission, official \"Do Not Use\" list (IM.02.02.01)");
        }

        @Override
        void check(Rx rx, Report report) {
            for (String field : List.of("sig", "text")) {
                String words = field.equals("sig") ? rx.sig() : rx.text();
                List<Found> found = DoNotUse.in(words);
                if (!found.isEmpty()) {
                    report.add(
                            rx.item(),
                            "Abbreviations that must not be used: "
                                    + String.join(
                                            "; ",
                                            found.stream()
                                                    .map(one -> one.name() + " in \"" + one.written() + "\", write "
                                                            + one.advice())
                                                    .toList())
                                    + ".",
                            repair(rx, field, words, found),
                            words);
                }
            }
        }

        private static @Nullable Patch repair(Rx rx, String field, String words, List<Found> found) {
            return found.stream().allMatch(Found::clear) ? Patch.replace(rx.at(field), DoNotUse.mended(words)) : null;
        }
    }
}
