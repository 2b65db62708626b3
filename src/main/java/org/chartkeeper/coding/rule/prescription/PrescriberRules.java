package org.chartkeeper.coding.rule.prescription;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.chartkeeper.coding.CodingCase.Prescriber;
import org.chartkeeper.coding.Patch;
import org.chartkeeper.coding.Severity;
import org.chartkeeper.coding.rule.Dx;
import org.chartkeeper.coding.rule.Report;
import org.chartkeeper.terminology.CodeBook.Standing;
import org.chartkeeper.terminology.CodeSystem;

/** Who ordered, for what, and when. */
final class PrescriberRules {

    private static final int MOST_REFILLS = 12;
    private static final BigDecimal YEAR = BigDecimal.valueOf(366);

    private PrescriberRules() {}

    /** RX-28: the prescriber's number. */
    static final class Number extends RxRule {
        Number() {
            super("RX-28", Severity.H, "45 CFR 162.406 and 162.410 (NPI, Luhn check digit with prefix 80840)");
        }

        @Override
        void check(Rx rx, Report report) {
            Prescriber prescriber = rx.entered().prescriber();
            String npi = prescriber == null ? null : prescriber.npi();
            if (npi != null && !npi.isEmpty() && !CheckDigits.npi(npi)) {
                report.add(
                        rx.item(),
                        npi
                                + (npi.matches("[12]\\d{9}")
                                        ? " is no NPI: its check digit is wrong."
                                        : " is no NPI: it has 10 digits and begins with 1 or 2.")
                                + " Enter the prescriber's number as the registry has it.",
                        npi);
            }
        }
    }

    /** RX-29: what the drug is for. */
    static final class Indication extends RxRule {
        Indication() {
            super("RX-29", Severity.R, "45 CFR 162.1002; ICD-10-CM guidelines I.B.2");
        }

        @Override
        void check(Rx rx, Report report) {
            String entered = rx.entered().indication();
            if (entered == null || entered.isBlank()) {
                return;
            }
            String code = Dx.withDot(entered.strip());
            LocalDate day = rx.day();
            Standing standing = rx.of().codes().standing(CodeSystem.ICD10CM, code, day);
            boolean shaped = code.matches("[A-Z][0-9][0-9A-Z](\\.[0-9A-Z]{1,4})?");
            if (standing == Standing.NO_RELEASE && shaped) {
                report.notChecked(rx.item(), "full ICD-10-CM release that covers " + day, code);
            } else if (standing != Standing.VALID) {
                report.add(
                        rx.item(),
                        "The indication " + entered
                                + switch (standing) {
                                    case HEADING -> " is a heading: choose a code below it.";
                                    case ENDED -> " had ended by " + day + ".";
                                    case NOT_YET -> " begins after " + day + ".";
                                    default -> " is no ICD-10-CM code in force on " + day + ".";
                                },
                        repair(rx, code, standing, day),
                        entered,
                        "day " + day,
                        rx.of().codes().release(CodeSystem.ICD10CM, day).orElse("no release"));
            }
        }

        private static @org.jspecify.annotations.Nullable Patch repair(
                Rx rx, String code, Standing standing, LocalDate day) {
            var choices = standing == Standing.ENDED
                    ? rx.of().codes().successors(code)
                    : standing == Standing.HEADING
                            ? rx.of().codes().children(CodeSystem.ICD10CM, code, day)
                            : java.util.List.<org.chartkeeper.terminology.CodeBook.Concept>of();
            return choices.size() == 1
                            && rx.of()
                                            .codes()
                                            .standing(
                                                    CodeSystem.ICD10CM,
                                                    choices.get(0).code(),
                                                    day)
                                    == Standing.VALID
                    ? Patch.replace(rx.at("indication"), choices.get(0).code())
                    : null;
        }
    }

    /** RX-30: the days of the order, and how long it may be refilled. */
    static final class Days extends RxRule {
        Days() {
            super("RX-30", Severity.R, "State pharmacy acts (refills of up to 12 months); NCPDP SCRIPT dates");
        }

        @Override
        void check(Rx rx, Report report) {
            LocalDate ordered = rx.entered().ordered();
            LocalDate start = rx.entered().start();
            LocalDate end = rx.entered().end();
            LocalDate today = rx.of().today();
            if (ordered != null && ordered.isAfter(today)) {
                report.add(
                        rx.item(),
                        "Ordered on " + ordered + ", which is after today (" + today
                                + "): an order is dated on the day on which it is signed.",
                        "ordered " + ordered,
                        "today " + today);
            }
            if (ordered != null && start != null && start.isBefore(ordered)) {
                report.add(
                        rx.item(),
                        "Starts on " + start + ", before the order of " + ordered + ": start on that day or later.",
                        Patch.replace(rx.at("start"), ordered.toString()),
                        "ordered " + ordered,
                        "start " + start);
            }
            LocalDate first = start == null ? ordered : start;
            if (first != null && end != null && end.isBefore(first)) {
                report.add(
                        rx.item(),
                        "Ends on " + end + ", before it begins on " + first + ": end on that day or later.",
                        "begins " + first,
                        "end " + end);
            }
            refills(rx, report);
        }

        private static void refills(Rx rx, Report report) {
            Integer refills = rx.entered().refills();
            if (refills == null || Schedule.of(rx).controlled()) {
                return;
            }
            BigDecimal days = rx.entered().days();
            boolean tooLong = days != null && days.signum() > 0
                    ? days.multiply(BigDecimal.valueOf(refills)).compareTo(YEAR) > 0
                    : refills > MOST_REFILLS;
            if (refills < 0) {
                report.add(
                        rx.item(),
                        refills + " refills are none: enter 0 or more.",
                        Patch.replace(rx.at("refills"), 0),
                        "refills " + refills);
            } else if (tooLong) {
                report.add(
                        rx.item(),
                        refills + " refills"
                                + (days == null
                                        ? ""
                                        : " of " + days.stripTrailingZeros().toPlainString() + " days")
                                + " reach beyond the 12 months for which most states let a prescription be refilled:"
                                + " order fewer.",
                        "refills " + refills);
            }
        }
    }
}
