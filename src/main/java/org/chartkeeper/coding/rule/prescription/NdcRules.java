package org.chartkeeper.coding.rule.prescription;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.chartkeeper.coding.Patch;
import org.chartkeeper.coding.Severity;
import org.chartkeeper.coding.rule.Report;
import org.chartkeeper.coding.rule.prescription.PackageCode.Form;
import org.jspecify.annotations.Nullable;

/** Is the package code (NDC) one that can be read in one way only? */
final class NdcRules {

    private static final String SOURCE = "21 CFR 207.33; HIPAA form of 11 digits (5-4-2)";
    private static final String WHAT =
            " Enter it with hyphens as on the package (4-4-2, 5-3-2 or 5-4-1), or in 11 digits (5-4-2).";

    private NdcRules() {}

    /** A rule about the package code, where there is one. */
    abstract static class OfNdc extends RxRule {
        OfNdc(String id, Severity severity) {
            super(id, severity, SOURCE);
        }

        @Override
        final void check(Rx rx, Report report) {
            String entered = rx.entered().ndc();
            if (entered != null && !entered.isBlank()) {
                check(rx, PackageCode.of(entered), report);
            }
        }

        abstract void check(Rx rx, PackageCode code, Report report);

        static Patch to(Rx rx, String code) {
            return Patch.replace(rx.at("ndc"), code);
        }
    }

    /** RX-01: three segments of 10 digits in one of three shapes. */
    static final class Segments extends OfNdc {
        Segments() {
            super("RX-01", Severity.H);
        }

        @Override
        void check(Rx rx, PackageCode code, Report report) {
            if (code.form() == Form.WRONG_SEGMENTS) {
                report.add(
                        rx.item(),
                        code.entered() + " has segments of " + code.shape()
                                + ": 10 digits are 4-4-2, 5-3-2 or 5-4-1, else no zero can be put into the short"
                                + " segment." + WHAT,
                        code.entered(),
                        code.shape());
            }
        }
    }

    /** RX-02: 10 digits without hyphens. */
    static final class Ambiguous extends OfNdc {
        Ambiguous() {
            super("RX-02", Severity.H);
        }

        @Override
        void check(Rx rx, PackageCode code, Report report) {
            if (code.form() != Form.AMBIGUOUS) {
                return;
            }
            List<String> known = code.candidates().stream()
                    .filter(one ->
                            !rx.of().drugs().rxcuisOf(one.replace("-", "")).isEmpty())
                    .toList();
            report.add(
                    rx.item(),
                    code.entered() + " has 10 digits without hyphens and may be any of "
                            + String.join(", ", code.candidates()) + "."
                            + (known.size() == 1 ? " Of these the loaded table knows " + known.get(0) + "." : "")
                            + WHAT,
                    known.size() == 1 ? to(rx, known.get(0)) : null,
                    code.entered(),
                    rx.of().drugs().edition().orElse("no drug table loaded"));
        }
    }

    /** RX-03: digits alone, with all their zeros. */
    static final class Characters extends OfNdc {
        Characters() {
            super("RX-03", Severity.H);
        }

        @Override
        void check(Rx rx, PackageCode code, Report report) {
            if (code.form() != Form.CHARACTERS) {
                return;
            }
            boolean placeholder = code.entered().indexOf('*') >= 0;
            report.add(
                    rx.item(),
                    code.entered()
                            + (placeholder
                                    ? " has an asterisk in place of a digit; it stands for a zero that was left out."
                                    : " has letters; a package code has digits alone.")
                            + WHAT,
                    repair(rx, code),
                    code.entered());
        }

        private static @Nullable Patch repair(Rx rx, PackageCode code) {
            PackageCode filled = PackageCode.of(code.entered().replace('*', '0'));
            PackageCode bare = PackageCode.of(code.entered().replaceFirst("(?i)^NDC[:#\\s]*", ""));
            if (filled.form() == Form.ELEVEN) {
                return to(rx, filled.entered());
            }
            return bare.form() == Form.TEN || bare.form() == Form.ELEVEN ? to(rx, bare.entered()) : null;
        }
    }

    /** RX-04: no other shape. */
    static final class Shape extends OfNdc {
        Shape() {
            super("RX-04", Severity.H);
        }

        @Override
        void check(Rx rx, PackageCode code, Report report) {
            if (code.form() == Form.TWELVE && rx.day().isBefore(PackageCode.TWELVE_FROM)) {
                String older = code.hyphened();
                report.add(
                        rx.item(),
                        code.entered() + " has 12 digits, which begin on " + PackageCode.TWELVE_FROM
                                + "; the order is of " + rx.day() + "." + WHAT,
                        older == null ? null : to(rx, older),
                        code.entered(),
                        "day " + rx.day());
            } else if (code.form() == Form.WRONG_SHAPE) {
                String digits = code.entered().replaceAll("[\\s.\\u2010-\\u2015-]", "-");
                PackageCode mended = PackageCode.of(digits);
                report.add(
                        rx.item(),
                        "\"" + code.entered() + "\" (" + code.shape() + ") is no package code (NDC)." + WHAT,
                        mended.form() == Form.TEN || mended.form() == Form.ELEVEN ? to(rx, mended.entered()) : null,
                        code.entered(),
                        code.shape());
            }
        }
    }

    /** RX-05: 12 digits from 2033 on. */
    static final class TwelveDigits extends OfNdc {
        TwelveDigits() {
            super("RX-05", Severity.I);
        }

        @Override
        void check(Rx rx, PackageCode code, Report report) {
            LocalDate day = rx.day();
            String older = code.hyphened();
            if (day.isBefore(PackageCode.TWELVE_FROM) || code.form() == Form.TWELVE || older == null) {
                return;
            }
            boolean late = day.isAfter(PackageCode.OLDER_UNTIL);
            report.add(
                    late ? Severity.H : Severity.I,
                    rx.item(),
                    "Since " + PackageCode.TWELVE_FROM + " a package code has 12 digits (6-4-2): " + code.entered()
                            + " is 0" + older + ". "
                            + (late ? "The older form ended on " : "The older form is accepted until ")
                            + PackageCode.OLDER_UNTIL + ".",
                    to(rx, "0" + older),
                    code.entered(),
                    "day " + day);
        }
    }

    /** RX-06: still marketed on the day, and of the form that is prescribed. */
    static final class Marketed extends OfNdc {
        Marketed() {
            super("RX-06", Severity.R);
        }

        @Override
        void check(Rx rx, PackageCode code, Report report) {
            String normal = code.normal();
            if (normal == null) {
                return;
            }
            if (!rx.of().drugs().tellsMarketing()) {
                report.notChecked(rx.item(), "FDA NDC directory with the end of marketing of packages", code.entered());
            }
            LocalDate end = rx.of().drugs().marketingEnd(normal).orElse(null);
            if (end != null && end.isBefore(rx.day())) {
                report.add(
                        rx.item(),
                        "The marketing of package " + code.hyphened() + " ended on " + end + ", before the order of "
                                + rx.day() + ": choose a package that is marketed.",
                        code.entered(),
                        "FDA NDC directory: marketing end " + end);
            }
            DoseForm wanted = DoseForm.in(rx.text());
            Set<DoseForm> packed = rx.of().drugs().rxcuisOf(normal).stream()
                    .flatMap(rxcui -> rx.of().drugs().drug(rxcui).stream())
                    .map(drug -> DoseForm.in(drug.name()))
                    .filter(form -> form != DoseForm.UNSAID)
                    .collect(Collectors.toSet());
            if (wanted != DoseForm.UNSAID
                    && !packed.isEmpty()
                    && packed.stream().noneMatch(wanted::like)) {
                report.add(
                        rx.item(),
                        "The order says " + wanted.words() + ", package " + code.hyphened() + " has "
                                + packed.stream().map(DoseForm::words).sorted().collect(Collectors.joining(" or "))
                                + ": choose the package that fits the order.",
                        code.entered(),
                        rx.text(),
                        rx.of().drugs().edition().orElse(""));
            }
        }
    }
}
