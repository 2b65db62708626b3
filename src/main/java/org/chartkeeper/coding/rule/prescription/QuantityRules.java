package org.chartkeeper.coding.rule.prescription;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.chartkeeper.coding.CodingCase.Dose;
import org.chartkeeper.coding.Patch;
import org.chartkeeper.coding.Severity;
import org.chartkeeper.coding.rule.Report;
import org.chartkeeper.coding.rule.prescription.DrugEntry.Elder;
import org.chartkeeper.coding.rule.prescription.DrugEntry.Youngest;
import org.jspecify.annotations.Nullable;

/** Do dose, frequency, quantity and days go together, and does the drug allow them? */
final class QuantityRules {

    private static final MathContext DIGITS = MathContext.DECIMAL64;

    private QuantityRules() {}

    private static String plain(BigDecimal number) {
        return number.setScale(2, RoundingMode.HALF_UP).stripTrailingZeros().toPlainString();
    }

    /** RX-24: the quantity lasts for the days. */
    static final class Lasts extends RxRule {
        private static final BigDecimal YEAR = BigDecimal.valueOf(365);
        private static final BigDecimal TENTH = new BigDecimal("0.1");
        /** Of "1-2 tablets" the least that is taken, less the tenth. */
        private static final BigDecimal LEAST = new BigDecimal("0.45");

        private static final Pattern PIECES = Pattern.compile("(?:^\\{|/ )(\\d{1,3}) \\(");

        Lasts() {
            super("RX-24", Severity.R, "NCPDP Telecommunication Standard, days supply (405-D5) and quantity (442-E7)");
        }

        @Override
        void check(Rx rx, Report report) {
            BigDecimal days = rx.entered().days();
            BigDecimal quantity = rx.entered().quantity();
            if (days != null && (days.compareTo(BigDecimal.ONE) < 0 || days.compareTo(YEAR) > 0)) {
                report.add(
                        rx.item(),
                        "A supply of " + plain(days) + " days is none: enter 1 to 365.",
                        "days " + plain(days));
                return;
            }
            if (quantity != null && quantity.signum() <= 0) {
                report.add(
                        rx.item(),
                        "A quantity of " + plain(quantity) + " is none: enter how much is dispensed.",
                        "quantity " + plain(quantity));
                return;
            }
            SigText sig = new SigText(rx.sig());
            Optional<BigDecimal> each = DoseMath.dispensed(rx);
            Optional<BigDecimal> times = sig.perDay();
            if (days == null || quantity == null || each.isEmpty()) {
                return;
            }
            if (sig.several()) {
                sig.course(days).map(each.get()::multiply).ifPresent(needed -> course(rx, quantity, needed, report));
                return;
            }
            if (times.isEmpty()) {
                return;
            }
            BigDecimal needed = each.get().multiply(times.get()).multiply(days);
            BigDecimal over = quantity.subtract(needed);
            boolean fits = over.abs().compareTo(needed.multiply(TENTH)) <= 0
                    || over.abs().compareTo(BigDecimal.ONE) < 0
                    || sig.asNeeded() && over.signum() < 0
                    || sig.ranged() && over.signum() < 0 && quantity.compareTo(needed.multiply(LEAST)) >= 0
                    || packs(rx, quantity, needed);
            if (!fits) {
                BigDecimal whole = needed.subtract(new BigDecimal("0.000001")).setScale(0, RoundingMode.CEILING);
                report.add(
                        rx.item(),
                        plain(quantity) + " for " + plain(days) + " days, but the directions take "
                                + (sig.asNeeded() ? "at most " : "") + plain(each.get()) + " × "
                                + plain(times.get()) + " a day = " + plain(needed)
                                + " (10 % more or less is accepted): mend quantity, days or directions.",
                        whole.signum() > 0 ? Patch.replace(rx.at("quantity"), whole) : null,
                        "quantity " + plain(quantity),
                        "days " + plain(days),
                        rx.sig());
            }
        }

        /** A taper or another course of several stretches. */
        private static void course(Rx rx, BigDecimal quantity, BigDecimal needed, Report report) {
            BigDecimal over = quantity.subtract(needed).abs();
            if (over.compareTo(needed.multiply(TENTH)) > 0
                    && over.compareTo(BigDecimal.ONE) >= 0
                    && !packs(rx, quantity, needed)) {
                report.add(
                        rx.item(),
                        plain(quantity) + ", but the stretches of the directions take " + plain(needed)
                                + " together (10 % more or less is accepted): mend quantity or directions.",
                        Patch.replace(rx.at("quantity"), needed.setScale(0, RoundingMode.CEILING)),
                        "quantity " + plain(quantity),
                        rx.sig());
            }
        }

        /** Whether so many packs hold what is needed: the name of a pack says how many pieces of each are in it. */
        private static boolean packs(Rx rx, BigDecimal quantity, BigDecimal needed) {
            Matcher pieces = PIECES.matcher(Schedule.name(rx));
            int each = 0;
            while (pieces.find()) {
                each += Integer.parseInt(pieces.group(1));
            }
            BigDecimal all = quantity.multiply(BigDecimal.valueOf(each));
            return each > 0 && all.subtract(needed).abs().compareTo(needed.multiply(TENTH)) <= 0;
        }
    }

    /** RX-25: not more a day than the labeling allows; by weight only where the weight is known. */
    static final class Limits extends RxRule {
        /** Below this age, in years, the dose goes by weight. */
        private static final int CHILD = 12;

        /** A dose of a child is rounded to what can be measured. */
        private static final BigDecimal ROUNDED = new BigDecimal("1.1");

        Limits() {
            super("RX-25", Severity.R, "FDA labeling (sections 2 and 4: dosage, contraindications by age)");
        }

        @Override
        void check(Rx rx, Report report) {
            Dose dose = rx.entered().dose();
            String unit = dose == null ? null : dose.unit();
            BigDecimal value = dose == null ? null : dose.value();
            BigDecimal weight = rx.of().coded().weightKg();
            boolean byWeight = unit != null && unit.contains("/kg");
            if (byWeight && (weight == null || weight.signum() <= 0)) {
                report.add(
                        Severity.I,
                        rx.item(),
                        "Not checked: a dose of " + unit
                                + " needs the patient's weight; enter one of the last 30 days.",
                        null,
                        "dose " + unit);
            }
            Integer age = rx.of().years();
            DrugTable table = DrugTable.load();
            for (DrugEntry drug : Drugs.entries(rx)) {
                Youngest youngest = drug.youngest();
                if (age != null && youngest != null && age < youngest.years()) {
                    report.add(
                            rx.item(),
                            drug.ingredient() + " is not for a child under " + youngest.years() + " years ("
                                    + youngest.why() + "): another drug.",
                            "age " + age,
                            table.edition());
                }
            }
            DoseForm form = Drugs.formOf(rx).orElse(DoseForm.UNSAID);
            if (!form.allows(DoseForm.Way.MOUTH) && form != DoseForm.UNSAID) {
                return;
            }
            for (DrugEntry drug : Drugs.entries(rx)) {
                BigDecimal most = most(rx, drug);
                Optional<BigDecimal> aDay =
                        byWeight && value != null && weight != null && unit != null && unit.startsWith("mg/kg")
                                ? times(rx, unit)
                                        .map(times -> value.multiply(weight).multiply(times))
                                : DoseMath.milligramsADay(rx, drug.ingredient());
                if (most != null && aDay.isPresent() && aDay.get().compareTo(most) > 0) {
                    report.add(
                            rx.item(),
                            "The directions come to " + plain(aDay.get()) + " mg of " + drug.ingredient()
                                    + " a day; usual are " + plain(most) + " mg at most" + why(rx, drug)
                                    + ": lower dose or frequency.",
                            plain(aDay.get()) + " mg a day",
                            "at most " + plain(most) + " mg a day",
                            table.edition());
                }
            }
        }

        /** The usual greatest daily dose in mg: of a child by weight, but never above the adult's; null where unknown. */
        private static @Nullable BigDecimal most(Rx rx, DrugEntry drug) {
            Elder elder = elder(rx, drug);
            BigDecimal adult = elder == null ? drug.maxDailyMg() : elder.maxDailyMg();
            BigDecimal perKg = ofChild(rx, drug);
            BigDecimal weight = rx.of().coded().weightKg();
            if (perKg == null || weight == null) {
                return adult;
            }
            BigDecimal child = perKg.multiply(weight).multiply(ROUNDED);
            return adult == null ? child : child.min(adult);
        }

        private static @Nullable Elder elder(Rx rx, DrugEntry drug) {
            Integer age = rx.of().years();
            Elder elder = drug.elder();
            return age == null || elder == null || age <= elder.over() ? null : elder;
        }

        private static @Nullable BigDecimal ofChild(Rx rx, DrugEntry drug) {
            Integer age = rx.of().years();
            BigDecimal weight = rx.of().coded().weightKg();
            return age == null || age >= CHILD || weight == null || weight.signum() <= 0 ? null : drug.childMgPerKg();
        }

        private static String why(Rx rx, DrugEntry drug) {
            Elder elder = elder(rx, drug);
            if (elder != null) {
                return " over " + elder.over() + " years";
            }
            BigDecimal perKg = ofChild(rx, drug);
            BigDecimal weight = rx.of().coded().weightKg();
            return perKg == null || weight == null
                    ? ""
                    : " in a child of " + plain(weight) + " kg (" + perKg.toPlainString() + " mg/kg, and a tenth for"
                            + " rounding)";
        }

        private static Optional<BigDecimal> times(Rx rx, String unit) {
            return unit.endsWith("/d") ? Optional.of(BigDecimal.ONE) : new SigText(rx.sig()).perDay();
        }
    }

    /** RX-27: drugs that are taken once a week. */
    static final class Weekly extends RxRule {
        private static final Pattern A_WEEK = Pattern.compile(
                "(?i)\\b(?:weekly|(?:once |twice )?(?:a|per|each|every|/) ?week|q ?wk|q7d|every (?:7|seven) days|q ?weekly|/wk"
                        + "|every \\d* ?weeks?|monthly|once a month)\\b|\\b(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?s?\\b");
        private static final BigDecimal ONE_WEEK = BigDecimal.valueOf(7);

        /** @param strength mg (or units) of the tablet that is weekly; null where the drug is at any strength */
        private record Drug(Pattern name, @Nullable Integer strength, boolean oralOnly, boolean hard) {}

        private static final List<Drug> DRUGS = List.of(
                drug("methotrexate|mtx|trexall|xatmep|rheumatrex", null, true, true),
                drug("otrexup|rasuvo", null, false, true),
                drug("alendron|fosamax", 70, true, false),
                drug("alendron|fosamax", 35, true, false),
                drug("risedron|actonel|atelvia", 35, true, false),
                drug("ozempic|wegovy|semaglutide.*(?:inject|pen|subcut|sopn)", null, false, false),
                drug("dulaglutide|trulicity", null, false, false),
                drug("tirzepatide|mounjaro|zepbound", null, false, false),
                drug("bydureon|exenatide.*extended", null, false, false),
                drug("ergocalciferol|cholecalciferol|vitamin d", 50000, true, false));

        Weekly() {
            super(
                    "RX-27",
                    Severity.R,
                    "ISMP Targeted Medication Safety Best Practices (oral methotrexate); FDA labeling");
        }

        private static Drug drug(String name, @Nullable Integer strength, boolean oralOnly, boolean hard) {
            return new Drug(Pattern.compile("\\b(?:" + name + ")", Pattern.CASE_INSENSITIVE), strength, oralOnly, hard);
        }

        @Override
        void check(Rx rx, Report report) {
            String name = Schedule.name(rx);
            String directions = rx.sig().isEmpty() ? rx.text() : rx.sig();
            Optional<BigDecimal> times = new SigText(directions).perDay();
            if (times.isEmpty()
                    || A_WEEK.matcher(directions).find()
                    || times.get().multiply(ONE_WEEK, DIGITS).compareTo(new BigDecimal("1.01")) <= 0) {
                return;
            }
            for (Drug drug : DRUGS) {
                if (drug.name.matcher(name).find()
                        && strength(drug, name)
                        && way(drug, rx)
                        && !(drug.hard && oncology(rx))) {
                    report.add(
                            drug.hard ? Severity.H : Severity.R,
                            rx.item(),
                            name + " is taken once a week, the directions say " + plain(times.get()) + " a day"
                                    + (drug.hard
                                            ? ": daily doses have killed. Write once weekly with the day of the week, or"
                                                    + " give the cancer that it is for as the indication."
                                            : ": write once weekly, or choose a drug and strength for daily use."),
                            null,
                            name,
                            directions);
                    return;
                }
            }
        }

        private static boolean strength(Drug drug, String name) {
            Integer wanted = drug.strength;
            return wanted == null
                    || name.replace(",", "").matches("(?s).*(?<![\\d.])" + wanted + "(?![\\d.]).*")
                    || wanted == 50000 && name.contains("1.25 MG");
        }

        private static boolean way(Drug drug, Rx rx) {
            String route = rx.entered().route();
            DoseForm form = Drugs.formOf(rx).orElse(DoseForm.UNSAID);
            boolean injected = form == DoseForm.INJECTION
                    || route != null
                            && RouteCode.of(route.strip())
                                    .map(RouteCode::way)
                                    .filter(way -> DoseForm.INJECTION.allows(way))
                                    .isPresent()
                    || rx.sig().matches("(?is).*\\b(?:inject|iv|im|sc|subcut\\w*|intrathecal\\w*)\\b.*");
            return !drug.oralOnly || !injected;
        }

        private static boolean oncology(Rx rx) {
            String indication = rx.entered().indication();
            return Stream.concat(
                            Stream.ofNullable(indication),
                            rx.of().all().stream().map(dx -> dx.code()))
                    .map(code -> code.strip().toUpperCase(Locale.ROOT))
                    .anyMatch(code -> code.matches("C[0-9].*|D[0-4].*"));
        }
    }
}
