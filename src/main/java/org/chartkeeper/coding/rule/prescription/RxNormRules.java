package org.chartkeeper.coding.rule.prescription;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.chartkeeper.chart.Sig;
import org.chartkeeper.coding.Patch;
import org.chartkeeper.coding.Severity;
import org.chartkeeper.coding.rule.CaseView;
import org.chartkeeper.coding.rule.Report;
import org.chartkeeper.coding.rule.prescription.DoseForm.Way;
import org.chartkeeper.terminology.DrugBook.Drug;
import org.chartkeeper.terminology.DrugBook.Status;

/** Does the drug's code say what is ordered? */
final class RxNormRules {

    private static final String SOURCE = "RxNorm technical documentation (NLM), term types and status";
    private static final Set<String> ORDERABLE = Set.of("SCD", "SBD", "GPCK", "BPCK");
    private static final Pattern FULL = Pattern.compile("RxNorm \\d");

    private RxNormRules() {}

    private static String edition(CaseView coded) {
        return coded.drugs().edition().orElse("no drug table loaded");
    }

    /** Whether a full RxNorm is loaded: only that knows which codes there are. */
    private static boolean full(CaseView coded) {
        return FULL.matcher(coded.drugs().edition().orElse("")).find();
    }

    /** RX-10: a code that names ingredient, strength and form. */
    static final class Orderable extends RxRule {
        Orderable() {
            super("RX-10", Severity.R, SOURCE);
        }

        @Override
        void check(Rx rx, Report report) {
            String code = Drugs.rxcui(rx);
            if (!code.matches("\\d+")) {
                return;
            }
            Optional<Drug> drug = rx.of().drugs().drug(code);
            String type = drug.map(Drug::termType).orElse("");
            if (!type.isEmpty()) {
                if (!ORDERABLE.contains(type)) {
                    fire(rx, report, code, drug.get().name(), "term type " + type);
                }
                return;
            }
            Optional<String> ingredient = Drugs.ingredient(code);
            if (ingredient.isPresent()) {
                fire(rx, report, code, ingredient.get(), "term type IN");
            } else if (drug.isEmpty() && Drugs.named(rx, code).isEmpty()) {
                if (rx.text().isEmpty()) {
                    report.notChecked(rx.item(), "RxNorm table that has " + code, edition(rx.of()));
                } else if (Strengths.in(rx.text()).isEmpty()
                        && Strengths.bare(rx.text()).isEmpty()
                        && rx.text().chars().noneMatch(Character::isDigit)) {
                    fire(rx, report, code, rx.text(), "by its name: no strength");
                }
            }
        }

        private static void fire(Rx rx, Report report, String code, String name, String fact) {
            report.add(
                    rx.item(),
                    code + " (" + name + ") is no complete order: choose the code that names ingredient, strength and"
                            + " dose form (SCD, SBD, GPCK or BPCK).",
                    code,
                    fact,
                    edition(rx.of()));
        }
    }

    /** RX-11: a code that is in use. */
    static final class InUse extends RxRule {
        InUse() {
            super("RX-11", Severity.R, SOURCE);
        }

        @Override
        public void check(CaseView coded, Report report) {
            super.check(coded, report);
            boolean asked =
                    Rx.all(coded).stream().anyMatch(rx -> !Drugs.rxcui(rx).isEmpty());
            if (asked && !full(coded)) {
                report.notChecked(Report.CASE, "RxNorm release that tells which codes are in use", edition(coded));
            }
        }

        @Override
        void check(Rx rx, Report report) {
            String code = Drugs.rxcui(rx);
            if (code.isEmpty()) {
                return;
            }
            Optional<Drug> drug = code.matches("\\d{1,10}") ? rx.of().drugs().drug(code) : Optional.empty();
            if (!code.matches("\\d{1,10}") || drug.isEmpty() && full(rx.of())) {
                report.add(rx.item(), code + " is no code of RxNorm: choose the drug again.", code, edition(rx.of()));
                return;
            }
            Status status = drug.map(Drug::status).orElse(Status.UNSAID);
            if (status == Status.ACTIVE || status == Status.UNSAID) {
                return;
            }
            List<String> next = drug.get().successors();
            report.add(
                    rx.item(),
                    code + " (" + drug.get().name() + ") is no longer in use ("
                            + status.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ') + ")"
                            + (next.isEmpty()
                                    ? ": choose the drug again."
                                    : "; in its place: " + String.join(", ", next) + "."),
                    next.size() == 1 ? Patch.replace(rx.at("rxnorm"), next.get(0)) : null,
                    code,
                    drug.get().edition());
        }
    }

    /** RX-12: package and drug belong together. */
    static final class Together extends RxRule {
        private static final Pattern SLOW =
                Pattern.compile("\\b(?:extended[- ]release|(?:12|24) ?hr|er|xr|xl|sr)\\b", Pattern.CASE_INSENSITIVE);

        Together() {
            super("RX-12", Severity.R, "RxNorm and the FDA NDC directory: codes of packages of a drug");
        }

        @Override
        void check(Rx rx, Report report) {
            String entered = rx.entered().ndc();
            String code = Drugs.rxcui(rx);
            if (entered == null || code.isEmpty()) {
                return;
            }
            String normal = PackageCode.of(entered).normal();
            if (normal == null) {
                return;
            }
            Set<String> packed = rx.of().drugs().rxcuisOf(normal);
            if (packed.contains(code)) {
                return;
            }
            if (packed.isEmpty()) {
                report.notChecked(rx.item(), "table that has package " + entered, edition(rx.of()));
                return;
            }
            List<String> names = packed.stream()
                    .flatMap(each -> Drugs.named(rx, each).stream())
                    .sorted()
                    .toList();
            Optional<String> wanted = Drugs.named(rx, code)
                    .or(() -> Drugs.ingredient(code))
                    .or(() -> Optional.of(rx.text()).filter(text -> !text.isEmpty()));
            if (names.isEmpty() || wanted.isEmpty()) {
                report.notChecked(rx.item(), "name of " + code, edition(rx.of()));
                return;
            }
            if (names.stream().noneMatch(name -> same(name, wanted.get()))) {
                report.add(
                        rx.item(),
                        "Package " + entered + " holds " + String.join(" or ", names) + ", but " + code + " is "
                                + wanted.get() + ": choose the package of the drug, or the drug of the package.",
                        entered,
                        code,
                        edition(rx.of()));
            }
        }

        /** A brand and its generic, or two names of one drug: a common ingredient or brand, no other strength or form. */
        private static boolean same(String packed, String wanted) {
            DoseForm form = DoseForm.in(packed);
            DoseForm other = DoseForm.in(wanted);
            boolean formsDiffer = form != DoseForm.UNSAID && other != DoseForm.UNSAID && !form.like(other);
            boolean releaseDiffers = form != DoseForm.UNSAID
                    && other != DoseForm.UNSAID
                    && SLOW.matcher(packed).find() != SLOW.matcher(wanted).find();
            return !formsDiffer
                    && !releaseDiffers
                    && !Collections.disjoint(Drugs.words(packed), Drugs.words(wanted))
                    && Strengths.differing(wanted, packed).isEmpty()
                    && Strengths.differing(packed, wanted).isEmpty();
        }
    }

    /** RX-13: the text says the strength of the code, and the form goes with the route. */
    static final class TextAndCode extends RxRule {
        TextAndCode() {
            super(
                    "RX-13",
                    Severity.W,
                    "RxNorm names; ISMP guidelines for electronic communication of medication orders");
        }

        @Override
        void check(Rx rx, Report report) {
            strength(rx, report);
            DoseForm form = Drugs.formOf(rx).orElse(DoseForm.UNSAID);
            String said = rx.entered().route();
            String entered = said == null ? "" : said;
            Optional<RouteCode> route = entered.isBlank()
                    ? ofSig(rx.sig())
                    : RouteCode.of(entered.strip()).or(() -> RouteCode.written(entered));
            Way way = route.map(RouteCode::way).orElse(null);
            if (way != null && form != DoseForm.UNSAID && !form.allows(way) && !Drugs.givenSo(rx, form, way)) {
                boolean coded = !entered.isBlank();
                report.add(
                        rx.item(),
                        "The order is of " + form.words() + ", the route is "
                                + route.get().name() + ": choose the form for the route, or the route for the form.",
                        coded && (form == DoseForm.TABLET || form == DoseForm.CAPSULE)
                                ? Patch.replace(rx.at("route"), "26643006")
                                : null,
                        rx.text(),
                        route.get().code());
            }
        }

        private static Optional<RouteCode> ofSig(String sig) {
            String words = sig.replaceAll("(?i)p\\.?r\\.?n\\.?", " ").strip();
            return words.isEmpty()
                    ? Optional.empty()
                    : Optional.ofNullable(Sig.read(words, null).route()).flatMap(RouteCode::written);
        }

        private static void strength(Rx rx, Report report) {
            String code = Drugs.rxcui(rx);
            if (code.isEmpty() || rx.text().isEmpty()) {
                return;
            }
            if (Drugs.named(rx, code).isEmpty()
                    && Drugs.ingredient(code).isEmpty()
                    && !Strengths.in(rx.text()).isEmpty()) {
                report.notChecked(rx.item(), "RxNorm table that has " + code, rx.text(), edition(rx.of()));
            }
            Drugs.named(rx, code)
                    .ifPresent(name -> Strengths.differing(rx.text(), name)
                            .ifPresent(said -> report.add(
                                    rx.item(),
                                    "The text says " + said + ", but " + code + " is " + name
                                            + ": choose the code of the strength that is meant.",
                                    rx.text(),
                                    code,
                                    name)));
        }
    }
}
