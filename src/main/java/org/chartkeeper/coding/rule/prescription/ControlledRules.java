package org.chartkeeper.coding.rule.prescription;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.chartkeeper.access.DeaNumbers;
import org.chartkeeper.coding.CodingCase.Prescriber;
import org.chartkeeper.coding.Patch;
import org.chartkeeper.coding.Severity;
import org.chartkeeper.coding.rule.CaseView;
import org.chartkeeper.coding.rule.Report;
import org.chartkeeper.coding.rule.prescription.ControlledDrugs.Controlled;
import org.chartkeeper.coding.rule.prescription.ControlledDrugs.Kind;
import org.jspecify.annotations.Nullable;

/** Controlled substances: 21 CFR part 1306, and part 1311 for electronic prescriptions. */
final class ControlledRules {

    private static final int II = 2;
    private static final int III = 3;
    private static final int IV = 4;
    private static final int V = 5;

    private ControlledRules() {}

    /** A rule about a prescription of a controlled drug. */
    abstract static class OfControlled extends RxRule {
        OfControlled(String id, Severity severity, String source) {
            super(id, severity, source);
        }

        @Override
        final void check(Rx rx, Report report) {
            Schedule schedule = Schedule.of(rx);
            if (schedule.controlled()) {
                check(rx, schedule, report);
            }
        }

        abstract void check(Rx rx, Schedule schedule, Report report);
    }

    /** CS-01: C-II is never refilled. */
    static final class NoRefills extends OfControlled {
        NoRefills() {
            super("CS-01", Severity.H, "21 CFR 1306.12(a)");
        }

        @Override
        void check(Rx rx, Schedule schedule, Report report) {
            Integer refills = rx.entered().refills();
            if (schedule.level() == II && refills != null && refills > 0) {
                report.add(
                        rx.item(),
                        schedule.words() + " must not be refilled: order 0 refills, and write a new prescription or a"
                                + " series for more.",
                        Patch.replace(rx.at("refills"), 0),
                        "refills " + refills,
                        schedule.words());
            }
        }
    }

    /** CS-02: a series of C-II. */
    static final class Series extends RxRule {
        private static final BigDecimal MOST = BigDecimal.valueOf(90);
        private static final Pattern EARLIEST = Pattern.compile(
                "(?i)(?:do not|don't|not to be|may not be) (?:fill|dispense)d? (?:before|until|prior|earlier)"
                        + "|earliest|fill(?:ed)? (?:on or after|after|no earlier|not before)|dnf|fill date"
                        + "|(?:fill|dispense) (?:on )?\\d");

        Series() {
            super("CS-02", Severity.H, "21 CFR 1306.12(b)");
        }

        @Override
        public void check(CaseView coded, Report report) {
            Map<String, List<Rx>> series = new LinkedHashMap<>();
            for (Rx rx : Rx.all(coded)) {
                Schedule schedule = Schedule.of(rx);
                if (schedule.level() == II) {
                    series.computeIfAbsent(key(rx, schedule), none -> new ArrayList<>())
                            .add(rx);
                }
            }
            series.values().forEach(each -> {
                if (each.size() > 1) {
                    series(each, report);
                } else {
                    check(each.get(0), report);
                }
            });
        }

        /** Of one drug in one strength, written on one day: other strengths are taken beside each other. */
        private static String key(Rx rx, Schedule schedule) {
            LocalDate ordered = rx.entered().ordered();
            String drug = Drugs.rxcui(rx).isEmpty() ? rx.text().toLowerCase(Locale.ROOT) : Drugs.rxcui(rx);
            return (drug.isEmpty() ? schedule.drug() : drug) + "|" + (ordered == null ? "" : ordered);
        }

        private static void series(List<Rx> all, Report report) {
            BigDecimal days = all.stream()
                    .map(rx -> rx.entered().days())
                    .filter(Objects::nonNull)
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
            Rx last = all.get(all.size() - 1);
            if (days.compareTo(MOST) > 0) {
                report.add(
                        last.item(),
                        "A series of " + all.size() + " prescriptions of one C-II drug for "
                                + days.stripTrailingZeros().toPlainString()
                                + " days: together they may last 90 days at most. Shorten or take out one.",
                        days.toPlainString() + " days in all");
            }
            for (Rx rx : all.subList(1, all.size())) {
                LocalDate ordered = rx.entered().ordered();
                LocalDate start = rx.entered().start();
                boolean later = start != null && ordered != null && start.isAfter(ordered);
                if (!later && !EARLIEST.matcher(rx.sig() + " " + rx.text()).find()) {
                    report.add(
                            rx.item(),
                            "A further prescription of a C-II series must say the earliest day on which it may be"
                                    + " filled: write \"do not fill before\" with the date, or enter a later start.",
                            rx.sig());
                }
            }
        }

        @Override
        void check(Rx rx, Report report) {
            BigDecimal days = rx.entered().days();
            if (days != null && days.compareTo(MOST) > 0) {
                report.add(
                        Severity.R,
                        rx.item(),
                        "One C-II prescription for " + days.stripTrailingZeros().toPlainString()
                                + " days: federal law limits only a series to 90 days, but many states and payers"
                                + " limit one prescription to fewer.",
                        null,
                        "days " + days.toPlainString());
            }
        }
    }

    /** CS-03: C-III and C-IV for six months and five refills at most. */
    static final class SixMonths extends OfControlled {
        private static final int MOST = 5;
        private static final int MONTHS = 6;

        SixMonths() {
            super("CS-03", Severity.H, "21 CFR 1306.22(a)");
        }

        @Override
        void check(Rx rx, Schedule schedule, Report report) {
            if (schedule.level() != III && schedule.level() != IV) {
                return;
            }
            Integer entered = rx.entered().refills();
            int refills = entered == null ? 0 : entered;
            if (refills > MOST) {
                report.add(
                        rx.item(),
                        schedule.words() + " may be refilled 5 times at most: order 5 or fewer.",
                        Patch.replace(rx.at("refills"), MOST),
                        "refills " + refills,
                        schedule.words());
                return;
            }
            LocalDate ordered = rx.entered().ordered();
            LocalDate start = rx.entered().start();
            if (ordered == null) {
                return;
            }
            LocalDate limit = ordered.plusMonths(MONTHS);
            if (start != null && start.isAfter(limit)) {
                report.add(
                        rx.item(),
                        schedule.words() + " may not be filled more than six months after " + ordered + ": start by "
                                + limit + ", or write it anew then.",
                        "start " + start,
                        "ordered " + ordered);
                return;
            }
            BigDecimal days = rx.entered().days();
            LocalDate from = start == null ? ordered : start;
            if (refills > 0 && days != null && days.signum() > 0) {
                long each = days.setScale(0, RoundingMode.FLOOR).longValue();
                if (from.plusDays(each * refills).isAfter(limit)) {
                    int fits = 0;
                    while (!from.plusDays(each * (fits + 1)).isAfter(limit)) {
                        fits++;
                    }
                    report.add(
                            rx.item(),
                            "The last refill of " + schedule.words() + " would be due on "
                                    + from.plusDays(each * refills) + ", more than six months after " + ordered
                                    + ": " + fits + " refills fit.",
                            Patch.replace(rx.at("refills"), fits),
                            "refills " + refills,
                            "days " + each,
                            "ordered " + ordered);
                    return;
                }
            }
            LocalDate end = rx.entered().end();
            if (end != null) {
                long last = days == null ? 0 : days.longValue();
                if (end.minusDays(last).isAfter(limit)) {
                    report.add(
                            rx.item(),
                            "The end on " + end + " needs " + schedule.words() + " filled more than six months after "
                                    + ordered + ": end earlier and write it anew.",
                            "end " + end,
                            "ordered " + ordered);
                }
            }
        }
    }

    /** CS-04: refills of C-V. */
    static final class FifthSchedule extends OfControlled {
        FifthSchedule() {
            super("CS-04", Severity.I, "21 CFR 1306.21 and 1306.22; 1306.26");
        }

        @Override
        void check(Rx rx, Schedule schedule, Report report) {
            Integer refills = rx.entered().refills();
            if (schedule.level() == V && refills != null && refills > 0) {
                report.add(
                        rx.item(),
                        schedule.words() + " may be refilled as authorized; the state may limit it to fewer (often 5"
                                + " in six months).",
                        "refills " + refills);
            }
        }
    }

    /** CS-05: what a prescription of a controlled drug must say. */
    static final class Content extends OfControlled {
        Content() {
            super("CS-05", Severity.H, "21 CFR 1306.05(a)");
        }

        @Override
        void check(Rx rx, Schedule schedule, Report report) {
            List<String> lacking = new ArrayList<>();
            Prescriber by = rx.entered().prescriber();
            if (by != null) {
                if (blank(by.name())) {
                    lacking.add("the prescriber's name");
                }
                if (blank(by.dea())) {
                    lacking.add("the prescriber's DEA number");
                }
            }
            if (rx.entered().sig() != null && rx.sig().isEmpty()) {
                lacking.add("directions");
            }
            BigDecimal quantity = rx.entered().quantity();
            if (quantity != null && quantity.signum() <= 0) {
                lacking.add("a quantity");
            }
            if (rx.entered().text() != null
                    && rx.text().chars().noneMatch(Character::isDigit)
                    && rx.entered().ndc() == null
                    && Drugs.rxcui(rx).isEmpty()) {
                lacking.add(rx.text().isEmpty() ? "the drug" : "the strength");
            }
            if (schedule.stated() < 0) {
                lacking.add("a schedule that can be read");
            }
            LocalDate ordered = rx.entered().ordered();
            if (!lacking.isEmpty()) {
                report.add(
                        rx.item(),
                        "A prescription of " + schedule.words() + " must also say " + String.join(", ", lacking) + ".",
                        schedule.words(),
                        ordered == null ? "order not dated" : "ordered " + ordered);
            }
        }

        private static boolean blank(@Nullable String text) {
            return text == null || text.isBlank();
        }
    }

    /** CS-06: the form and check digit of the DEA number. */
    static final class DeaNumber extends RxRule {
        DeaNumber() {
            super(
                    "CS-06",
                    Severity.H,
                    "DEA Diversion Control Division, form of registration numbers; 21 CFR 1306.05(a)");
        }

        @Override
        void check(Rx rx, Report report) {
            Prescriber by = rx.entered().prescriber();
            String entered = by == null ? null : by.dea();
            if (by == null || entered == null || entered.isBlank()) {
                return;
            }
            String dea = entered.strip();
            if (!DeaNumbers.SHAPE.matcher(dea).matches()) {
                String upper = dea.toUpperCase(Locale.ROOT).replaceAll("[\\s]", "");
                report.add(
                        rx.item(),
                        entered
                                + " is no DEA number: two letters (the first one of a registrant, the second usually the"
                                + " surname's) and seven digits.",
                        DeaNumbers.SHAPE.matcher(upper).matches() && DeaNumbers.checked(upper.substring(2, 9))
                                ? Patch.replace(rx.at("prescriber") + "/dea", upper)
                                : null,
                        entered);
                return;
            }
            if (!DeaNumbers.checked(dea.substring(2, 9))) {
                report.add(
                        rx.item(),
                        entered + " is no DEA number: its last digit is not the last one of (1st + 3rd + 5th) + 2 ×"
                                + " (2nd + 4th + 6th). Enter it as on the certificate.",
                        entered);
                return;
            }
            String name = by.name() == null ? "" : by.name();
            char initial = dea.charAt(1);
            List<Character> initials = Pattern.compile("[^\\p{L}]+")
                    .splitAsStream(name.replaceAll("(?i)\\b(?:dr|md|do|np|pa|jr|sr|ii|iii)\\b\\.?", " "))
                    .filter(word -> !word.isEmpty())
                    .map(word -> Character.toUpperCase(word.charAt(0)))
                    .toList();
            if (initial != '9' && !initials.isEmpty() && !initials.contains(initial)) {
                report.add(
                        Severity.W,
                        rx.item(),
                        "The second letter of " + dea + " is usually the surname's initial, and " + name
                                + " has none such: it may be a former name; make sure that the number is this"
                                + " prescriber's.",
                        null,
                        entered,
                        name);
            }
        }
    }

    /** CS-07: the registration covers the drug. */
    static final class Registration extends OfControlled {
        Registration() {
            super("CS-07", Severity.R, "21 CFR 1306.03; schedules in 21 CFR 1308");
        }

        @Override
        void check(Rx rx, Schedule schedule, Report report) {
            if (schedule.stated() == 1) {
                report.add(
                        Severity.H,
                        rx.item(),
                        "Drugs of schedule I cannot be prescribed: no registration of a prescriber covers them.",
                        null,
                        "schedule I");
            } else if (schedule.stated() > 0 && schedule.known() > 0 && schedule.stated() != schedule.known()) {
                report.add(
                        rx.item(),
                        "The order says C-" + Schedule.roman(schedule.stated()) + ", but " + schedule.drug() + " is C-"
                                + Schedule.roman(schedule.known()) + " under federal law: correct the schedule.",
                        Patch.replace(rx.at("schedule"), Schedule.roman(schedule.known())),
                        "schedule " + rx.entered().schedule(),
                        ControlledDrugs.EDITION);
            }
            Prescriber by = rx.entered().prescriber();
            String dea = by == null || by.dea() == null ? "" : by.dea().strip().toUpperCase(Locale.ROOT);
            if (!dea.matches("[A-Z][A-Z9]\\d{7}.*")) {
                return;
            }
            if ("EHJKLPRSTU".indexOf(dea.charAt(0)) >= 0) {
                report.add(
                        rx.item(),
                        dea + " begins with " + dea.charAt(0) + ", the letter of manufacturers, distributors,"
                                + " laboratories and treatment programs, not of prescribers: enter the prescriber's"
                                + " own number.",
                        dea);
            } else if (dea.charAt(0) == 'M' && schedule.level() == II) {
                report.add(
                        Severity.I,
                        rx.item(),
                        "A mid-level practitioner (M) prescribes C-II only where state law and the registration say so.",
                        null,
                        dea,
                        schedule.words());
            }
        }
    }

    /** CS-08: an emergency order of C-II by word of mouth. */
    static final class Emergency extends OfControlled {
        private static final Pattern SAID = Pattern.compile(
                "(?i)\\bemergency\\b(?! (?:room|department|dep|services?|care|medical|contact|number))|\\b(?:oral|verbal|phone|telephone|phoned)[- ](?:in )?(?:order|prescription|rx)\\b|\\bphoned in\\b|\\bcalled in\\b");
        private static final Pattern AUTHORIZED = Pattern.compile("(?i)authori[sz]ation for emergency dispensing");

        Emergency() {
            super("CS-08", Severity.R, "21 CFR 1306.11(d)");
        }

        @Override
        void check(Rx rx, Schedule schedule, Report report) {
            String words = rx.sig() + " " + rx.text();
            if (schedule.level() == II
                    && SAID.matcher(words).find()
                    && !AUTHORIZED.matcher(words).find()) {
                report.add(
                        rx.item(),
                        "An emergency oral order of " + schedule.words() + ": only the amount for the emergency, and a"
                                + " signed prescription to the pharmacy within 7 days, with the words \"Authorization for"
                                + " Emergency Dispensing\" and the date of the oral order.",
                        rx.sig(),
                        rx.entered().days() == null
                                ? "days not said"
                                : "days " + rx.entered().days());
            }
        }
    }

    /** CS-09: a partial fill of C-II. */
    static final class PartialFill extends OfControlled {
        private static final Pattern SAID = Pattern.compile(
                "(?i)\\bpartial(?:ly)?[- ](?:fill\\w*|dispens\\w*|suppl\\w*|quantity)\\b|\\bhospice\\b|\\bLTCF\\b|\\bterminal(?:ly)?\\b");

        PartialFill() {
            super("CS-09", Severity.I, "21 CFR 1306.13");
        }

        @Override
        void check(Rx rx, Schedule schedule, Report report) {
            if (schedule.level() == II
                    && SAID.matcher(rx.sig() + " " + rx.text()).find()) {
                report.add(
                        rx.item(),
                        "A partial fill of " + schedule.words() + ": the rest within 72 hours where the pharmacy is"
                                + " short of it, within 30 days of the order at request, within 60 days in long-term care"
                                + " or terminal illness.",
                        rx.sig());
            }
        }
    }

    /** CS-10: how an electronic prescription was signed; a case from a file does not say it. */
    static final class ElectronicSigning extends RxRule {
        ElectronicSigning() {
            super("CS-10", Severity.H, "21 CFR 1311.115 to 1311.150");
        }

        @Override
        public void check(CaseView coded, Report report) {
            Rx.all(coded).stream()
                    .filter(rx -> Schedule.of(rx).controlled())
                    .findFirst()
                    .ifPresent(rx -> check(rx, report));
        }

        @Override
        void check(Rx rx, Report report) {
            report.add(
                    Severity.I,
                    rx.item(),
                    "Not checked: the case does not say how the prescription of a controlled drug was signed. Sent"
                            + " electronically it needs two-factor signing, access control by two persons and an"
                            + " audit trail.",
                    null,
                    Schedule.of(rx).words());
        }
    }

    /** CS-11: opioids beside benzodiazepines, and their daily amount. */
    static final class OpioidSafety extends RxRule {
        private static final BigDecimal HIGH = BigDecimal.valueOf(50);
        private static final BigDecimal VERY_HIGH = BigDecimal.valueOf(90);

        OpioidSafety() {
            super(
                    "CS-11",
                    Severity.W,
                    "CDC Clinical Practice Guideline for Prescribing Opioids, 2022 (recommendations 4, 8, 9, 11); FDA boxed"
                            + " warning");
        }

        @Override
        public void check(CaseView coded, Report report) {
            List<Rx> opioids = new ArrayList<>();
            List<Rx> calming = new ArrayList<>();
            BigDecimal sum = BigDecimal.ZERO;
            List<String> parts = new ArrayList<>();
            for (Rx rx : Rx.all(coded)) {
                for (Controlled drug :
                        ControlledDrugs.of(Drugs.code(rx), rx.entered().text(), coded.drugs(), rx.day())) {
                    if (drug.kind() == Kind.OPIOID) {
                        opioids.add(rx);
                        Optional<BigDecimal> mme = equivalents(rx, drug);
                        if (mme.isPresent()) {
                            sum = sum.add(mme.get());
                            parts.add(drug.ingredient() + " " + plain(mme.get()) + " MME");
                        }
                    } else if (drug.kind() == Kind.BENZODIAZEPINE) {
                        calming.add(rx);
                    }
                }
            }
            // A third of a day and the like leave a hair less than the whole.
            sum = sum.setScale(1, RoundingMode.HALF_UP);
            String takenOpioid = taken(coded, Kind.OPIOID);
            String takenCalming = taken(coded, Kind.BENZODIAZEPINE);
            String naloxone = coded.coded().prescriptions().stream()
                            .anyMatch(one -> one.text() != null
                                    && one.text().toLowerCase(Locale.ROOT).matches(".*(naloxone|narcan).*"))
                    ? ""
                    : " and offer naloxone";
            boolean both = !opioids.isEmpty() && (!calming.isEmpty() || !takenCalming.isEmpty())
                    || !takenOpioid.isEmpty() && !calming.isEmpty();
            if (both) {
                Rx at = opioids.isEmpty() ? calming.get(0) : opioids.get(0);
                report.add(
                        at.item(),
                        "An opioid and a benzodiazepine together can stop the breathing: avoid one of them, check the"
                                + " prescription monitoring program" + naloxone + ".",
                        opioids.isEmpty() ? takenOpioid : Schedule.name(opioids.get(0)),
                        calming.isEmpty() ? takenCalming : Schedule.name(calming.get(0)),
                        ControlledDrugs.EDITION);
            }
            if (sum.compareTo(HIGH) >= 0) {
                String limit = sum.compareTo(VERY_HIGH) >= 0 ? "90" : "50";
                report.add(
                        opioids.get(0).item(),
                        "The opioids come to " + plain(sum) + " morphine milligram equivalents a day (" + limit
                                + " or more): reassess need and benefit, check the prescription monitoring program"
                                + naloxone + ".",
                        String.join(", ", parts),
                        ControlledDrugs.EDITION);
            }
        }

        @Override
        void check(Rx rx, Report report) {}

        /** The first drug of a kind that the patient takes already; empty where there is none. */
        private static String taken(CaseView coded, Kind kind) {
            return coded.coded().activeMedications().stream()
                    .filter(one -> ControlledDrugs.of(one.rxnorm(), one.text(), coded.drugs(), coded.today()).stream()
                            .anyMatch(drug -> drug.kind() == kind))
                    .map(one -> one.text() == null ? "RxCUI " + one.rxnorm() : one.text())
                    .findFirst()
                    .orElse("");
        }

        private static Optional<BigDecimal> equivalents(Rx rx, Controlled drug) {
            BigDecimal factor = drug.factor();
            DoseForm form = Drugs.formOf(rx).orElse(DoseForm.UNSAID);
            if (factor == null || form == DoseForm.INJECTION) {
                return Optional.empty();
            }
            if (drug.ingredient().equals("fentanyl")) {
                // The factor is of micrograms an hour of a patch.
                return Strengths.in(Schedule.name(rx)).stream()
                        .filter(one -> one.kind().equals("mg/h"))
                        .findFirst()
                        .map(one ->
                                one.value().multiply(BigDecimal.valueOf(1000)).multiply(factor));
            }
            return DoseMath.milligramsADay(rx, drug.ingredient()).map(each -> each.multiply(factor));
        }

        private static String plain(BigDecimal number) {
            return number.setScale(1, RoundingMode.HALF_UP).stripTrailingZeros().toPlainString();
        }
    }
}
