package org.chartkeeper.visit.domain;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.chartkeeper.chart.Concept;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.Content.Dosage;
import org.chartkeeper.chart.Content.Value;
import org.chartkeeper.chart.DaysSupply;
import org.chartkeeper.chart.EntryView;
import org.chartkeeper.chart.Sig;
import org.chartkeeper.platform.PartialDate;
import org.chartkeeper.platform.PractitionerId;
import org.chartkeeper.platform.TypedDate;
import org.chartkeeper.terminology.CodeLookup;
import org.chartkeeper.terminology.CodeSystem;
import org.chartkeeper.visit.UpdateItem;
import org.jspecify.annotations.Nullable;

/** What is new: diagnoses, problems, allergies, drugs, vaccines, procedures, orders, and what classes of visit add. */
final class RowsPart {

    private static final String SEVERITY_INDEX = "75636-1";
    private static final String ARRIVAL_MODE = "11459-5";
    private static final String DISCHARGE_DISPOSITION = "75527-2";
    private static final Pattern SPAN =
            Pattern.compile("(?:in\\s+)?([0-9]{1,3}|one|two|three|four|six)\\s*(d|w|m|y|day|week|month|year)s?");
    private static final Set<String> ORDERS = Set.of("follow-up", "laboratory", "imaging", "referral");
    private static final Set<String> SEVERITIES = Set.of("mild", "moderate", "severe");

    private final Plan plan;
    private final Naming naming;

    RowsPart(Plan plan, Naming naming) {
        this.plan = plan;
        this.naming = naming;
    }

    void plan() {
        int rank = (int) ofVisit(Content.Condition.class);
        for (int row : plan.sheet.rows("dx")) {
            rank = diagnosis("dx" + row + ".", rank);
        }
        plan.sheet.rows("pn").forEach(row -> problem("pn" + row + "."));
        allergies();
        plan.sheet.rows("mn").forEach(row -> drug("mn" + row + "."));
        plan.sheet.rows("im").forEach(row -> vaccine("im" + row + "."));
        plan.sheet.rows("pr").forEach(row -> procedure("pr" + row + "."));
        plan.sheet.rows("fu").forEach(row -> order("fu" + row + "."));
        arrival();
        disposition();
        call();
    }

    private long ofVisit(Class<? extends Content> type) {
        return plan.ground.standing().ofVisit().stream()
                .filter(entry -> type.isInstance(entry.content()) && !entry.retracted())
                .filter(entry -> !(entry.content() instanceof Content.Condition it) || it.visitDiagnosis())
                .count();
    }

    private boolean typed(String row, String... fields) {
        for (String field : fields) {
            if (plan.sheet.has(row + field)) {
                return true;
            }
        }
        return false;
    }

    private int diagnosis(String row, int rank) {
        UpdateItem item = UpdateItem.DIAGNOSES;
        if (!typed(row, "text", "code")) {
            return rank;
        }
        Concept code = naming.diagnosis(item, row);
        if (code == null) {
            return rank;
        }
        boolean twice = plan.ground.standing().ofVisit().stream()
                        .anyMatch(entry -> !entry.retracted()
                                && entry.content() instanceof Content.Condition there
                                && there.visitDiagnosis()
                                && Naming.same(there.code(), code))
                || plan.steps().stream()
                        .anyMatch(step -> step.command().content() instanceof Content.Condition there
                                && there.visitDiagnosis()
                                && Naming.same(there.code(), code));
        if (twice) {
            plan.wrong(item, row + "text", code.text() + " is a diagnosis of this visit already");
            return rank;
        }
        plan.create(
                item,
                row + "text",
                new Content.Condition(true, code, "active", "confirmed", null, null, null, rank + 1, null),
                plan.ground.event(),
                "minute");
        alsoOnList(row, code);
        return rank + 1;
    }

    /** The diagnosis goes onto the problem list too, as a new problem or in place of one that stands there. */
    private void alsoOnList(String row, Concept code) {
        String choice = plan.sheet.get(row + "list");
        if (choice.isEmpty()) {
            return;
        }
        if (choice.equals("add")) {
            addProblem(UpdateItem.PROBLEMS, row + "list", code, null);
            return;
        }
        Optional<EntryView> replaced =
                problems().filter(entry -> entry.id().toString().equals(choice)).findFirst();
        if (replaced.isEmpty()
                || replaced.get().pending() != null
                || !(replaced.get().content() instanceof Content.Condition was)) {
            plan.wrong(
                    UpdateItem.PROBLEMS,
                    row + "list",
                    "That problem is no longer on the list, or waits for a signature");
            return;
        }
        plan.update(
                UpdateItem.PROBLEMS,
                row + "list",
                "change",
                replaced.get(),
                StandingPart.with(was, code, was.clinicalStatus(), null));
    }

    private java.util.stream.Stream<EntryView> problems() {
        return plan.ground.standing().listed().stream().filter(entry -> entry.content() instanceof Content.Condition);
    }

    private void problem(String row) {
        if (!typed(row, "text", "code")) {
            return;
        }
        Concept code = naming.diagnosis(UpdateItem.PROBLEMS, row);
        if (code != null) {
            addProblem(UpdateItem.PROBLEMS, row + "text", code, past(UpdateItem.PROBLEMS, row + "onset"));
        }
    }

    private void addProblem(UpdateItem item, String field, Concept code, @Nullable PartialDate onset) {
        Optional<EntryView> there = problems()
                .filter(entry -> Naming.same(((Content.Condition) entry.content()).code(), code))
                .findFirst();
        if (there.isPresent()) {
            plan.wrong(item, field, there.get().content().title() + " is on the problem list already");
            return;
        }
        plan.create(
                item,
                field,
                new Content.Condition(
                        false,
                        code,
                        "active",
                        "confirmed",
                        null,
                        onset == null ? null : onset.toString(),
                        null,
                        null,
                        null),
                plan.ground.event(),
                "minute");
    }

    private void allergies() {
        UpdateItem item = UpdateItem.ALLERGIES;
        List<EntryView> listed = plan.ground.standing().listed().stream()
                .filter(entry -> entry.content() instanceof Content.Allergy)
                .toList();
        List<EntryView> real = listed.stream()
                .filter(entry -> !((Content.Allergy) entry.content()).noneKnown())
                .toList();
        boolean added = false;
        for (int number : plan.sheet.rows("an")) {
            added |= allergy("an" + number + ".", real);
        }
        boolean none = plan.sheet.has("al.none");
        if (none && (added || !real.isEmpty())) {
            plan.wrong(
                    item,
                    "al.none",
                    added
                            ? "“No known allergies” and a new allergy contradict each other"
                            : "“No known allergies” contradicts "
                                    + real.get(0).content().title() + ". Refute what is listed first");
            return;
        }
        List<EntryView> stated = listed.stream()
                .filter(entry -> ((Content.Allergy) entry.content()).noneKnown())
                .toList();
        if (none && stated.isEmpty()) {
            plan.create(
                    item,
                    "al.none",
                    new Content.Allergy(
                            "none-known",
                            null,
                            Concept.of(Concept.SNOMED, "716186003", "No known allergies"),
                            "active",
                            "confirmed",
                            null,
                            List.of(),
                            null,
                            null),
                    plan.ground.event(),
                    "minute");
        }
        if (added) {
            // That none is known is no longer so.
            for (EntryView entry : stated) {
                plan.update(
                        item,
                        "al." + entry.id() + ".do",
                        "update",
                        entry,
                        StandingPart.with((Content.Allergy) entry.content(), "inactive", "confirmed"));
            }
        }
    }

    private boolean allergy(String row, List<EntryView> real) {
        UpdateItem item = UpdateItem.ALLERGIES;
        String words = plan.sheet.get(row + "text");
        if (words.isEmpty()) {
            if (typed(row, "reaction", "severity")) {
                plan.wrong(item, row + "text", "Enter what the patient is allergic to");
            }
            return false;
        }
        Optional<CodeLookup.Code> known = naming.exact(CodeSystem.ALLERGEN, words);
        Concept substance = Concept.of(known.map(CodeLookup.Code::display).orElse(words));
        Optional<EntryView> there = real.stream()
                .filter(entry -> Naming.same(((Content.Allergy) entry.content()).substance(), substance))
                .findFirst();
        if (there.isPresent()) {
            plan.wrong(item, row + "text", there.get().content().title() + " is listed already");
            return false;
        }
        String severity = plan.sheet.get(row + "severity");
        String reaction = plan.sheet.get(row + "reaction");
        plan.create(
                item,
                row + "text",
                new Content.Allergy(
                        plan.sheet.is(row + "kind", "intolerance") ? "intolerance" : "allergy",
                        known.map(CodeLookup.Code::kind)
                                .filter(kind -> !kind.isEmpty())
                                .orElse(null),
                        substance,
                        "active",
                        "confirmed",
                        severity.equals("severe") ? "high" : null,
                        reaction.isEmpty()
                                ? List.of()
                                : List.of(new Content.Reaction(
                                        reaction, SEVERITIES.contains(severity) ? severity : null)),
                        null,
                        null),
                plan.ground.event(),
                "minute");
        return true;
    }

    private void drug(String row) {
        UpdateItem item = UpdateItem.MEDICATIONS;
        String words = plan.sheet.get(row + "text");
        String sig = plan.sheet.get(row + "sig");
        if (words.isEmpty()) {
            if (typed(row, "sig", "qty")) {
                plan.wrong(item, row + "text", "Enter the drug with its strength");
            }
            return;
        }
        Concept drug = naming.named(CodeSystem.DRUG, words, plan.sheet.get(row + "code"));
        if (duplicate(item, row, drug)) {
            return;
        }
        Dosage dosage = sig.isEmpty() ? null : Sig.read(sig, null);
        String day = plan.ground.day(plan.ground.event()).toString();
        Content content;
        if (plan.sheet.is(row + "kind", "taken")) {
            content = new Content.MedicationStatement(drug, "active", dosage, null, null, null);
        } else {
            if (sig.isEmpty()) {
                plan.wrong(item, row + "sig", "Enter how " + drug.text() + " is taken");
                return;
            }
            PractitionerId signer = plan.said.signer();
            content = new Content.MedicationOrder(
                    drug,
                    "active",
                    dosage,
                    plan.sheet.has(row + "qty") ? plan.sheet.get(row + "qty") : null,
                    number(item, row + "refills"),
                    DaysSupply.of(drug.text(), dosage, plan.sheet.get(row + "qty"))
                            .orElse(null),
                    null,
                    day,
                    day,
                    null,
                    null,
                    null,
                    signer == null ? null : plan.said.name(signer),
                    null);
        }
        plan.create(item, row + "text", content, plan.ground.event(), "minute");
    }

    private boolean duplicate(UpdateItem item, String row, Concept drug) {
        for (EntryView entry : plan.ground.standing().listed()) {
            boolean medicine = entry.content() instanceof Content.MedicationOrder
                    || entry.content() instanceof Content.MedicationStatement;
            if (!medicine) {
                continue;
            }
            Concept there = Naming.concept(entry.content());
            if (Naming.same(there, drug)) {
                plan.wrong(item, row + "text", there.text() + " is on the list already. Change that one instead");
                return true;
            }
            if (firstWord(there.text()).equals(firstWord(drug.text()))) {
                plan.unlikely(
                        "MD-01",
                        row + "text",
                        there.text() + " is on the list: two orders of one drug. Change that one instead?");
                return false;
            }
        }
        return false;
    }

    private static String firstWord(String text) {
        return text.strip().toLowerCase(Locale.US).split("\\s+")[0];
    }

    private @Nullable Integer number(UpdateItem item, String field) {
        String typed = plan.sheet.get(field);
        if (typed.isEmpty()) {
            return null;
        }
        if (!typed.matches("\\d{1,2}")) {
            plan.wrong(item, field, "Refills: enter a number, 0 to 99");
            return null;
        }
        return Integer.parseInt(typed);
    }

    private void vaccine(String row) {
        UpdateItem item = UpdateItem.IMMUNIZATIONS;
        String words = plan.sheet.get(row + "text");
        if (words.isEmpty()) {
            if (typed(row, "lot", "expires", "maker", "site", "route", "number", "on", "not")) {
                plan.wrong(item, row + "text", "Enter the vaccine");
            }
            return;
        }
        boolean historical = plan.sheet.has(row + "historical");
        String not = text(row + "not");
        if (not != null && (historical || text(row + "lot") != null)) {
            plan.wrong(item, row + "not", "What was not given has no lot and was not given elsewhere either");
            return;
        }
        PartialDate given = past(item, row + "on");
        Concept vaccine = naming.named(CodeSystem.VACCINE, words, plan.sheet.get(row + "code"));
        Instant event = given == null ? plan.ground.event() : moment(given);
        LocalDate day = plan.ground.day(event);
        boolean twice = plan.ground.standing().ofVisit().stream()
                .anyMatch(entry -> !entry.retracted()
                        && entry.content() instanceof Content.Immunization there
                        && Naming.same(there.vaccine(), vaccine)
                        && plan.ground.day(entry.event()).equals(day));
        if (twice) {
            plan.wrong(item, row + "text", vaccine.text() + " of that day is entered already");
            return;
        }
        plan.create(
                item,
                row + "text",
                new Content.Immunization(
                        vaccine,
                        not == null ? "completed" : "not-done",
                        historical,
                        text(row + "lot"),
                        text(row + "maker"),
                        expiry(item, row, day),
                        text(row + "site"),
                        text(row + "route"),
                        null,
                        text(row + "number"),
                        not,
                        null),
                event,
                precision(given));
    }

    /** The day or month that stands on the vial; a lot that had expired when it was given is unlikely, but happens. */
    private @Nullable String expiry(UpdateItem item, String row, LocalDate given) {
        String typed = plan.sheet.get(row + "expires");
        if (typed.isEmpty()) {
            return null;
        }
        Optional<PartialDate> read = TypedDate.near(typed, plan.ground.day(plan.ground.now()));
        if (read.isEmpty()) {
            plan.wrong(item, row + "expires", "Enter the date on the vial, such as 06/2027 or 6/30/2027");
            return null;
        }
        if (read.get().to().isBefore(given)) {
            plan.unlikely("IM-01", row + "expires", "This lot had expired when it was given. Was it?");
        }
        return read.get().toString();
    }

    private void procedure(String row) {
        UpdateItem item = UpdateItem.PROCEDURES;
        String words = plan.sheet.get(row + "text");
        if (words.isEmpty()) {
            if (typed(row, "by", "on", "site")) {
                plan.wrong(item, row + "text", "Enter the procedure");
            }
            return;
        }
        PartialDate on = past(item, row + "on");
        Concept code = Concept.of(words);
        boolean twice = plan.ground.standing().ofVisit().stream()
                .anyMatch(entry -> !entry.retracted()
                        && entry.content() instanceof Content.Procedure there
                        && Naming.same(there.code(), code));
        if (twice) {
            plan.unlikely("PR-01", row + "text", words + " is entered for this visit already. Done twice?");
        }
        plan.create(
                item,
                row + "text",
                new Content.Procedure(
                        code,
                        "completed",
                        on == null ? plan.ground.day(plan.ground.event()).toString() : on.toString(),
                        null,
                        text(row + "by"),
                        text(row + "site"),
                        null,
                        null,
                        null),
                on == null ? plan.ground.event() : moment(on),
                precision(on));
    }

    private void order(String row) {
        UpdateItem item = UpdateItem.FOLLOWUP;
        String words = plan.sheet.get(row + "text");
        if (words.isEmpty()) {
            if (typed(row, "due")) {
                plan.wrong(item, row + "text", "Enter what is to be done");
            }
            return;
        }
        String kind = plan.sheet.has(row + "kind") ? plan.sheet.get(row + "kind") : "follow-up";
        if (!ORDERS.contains(kind)) {
            plan.wrong(item, row + "kind", "Choose a kind");
            return;
        }
        PractitionerId signer = plan.said.signer();
        plan.create(
                item,
                row + "text",
                new Content.Order(
                        kind,
                        Concept.of(words),
                        "active",
                        "written",
                        signer == null ? null : plan.said.name(signer),
                        null,
                        null,
                        plan.ground.day(plan.ground.event()).toString(),
                        due(item, row + "due"),
                        null),
                plan.ground.event(),
                "minute");
    }

    /** A date, or a span from the visit: {@code in 2 weeks}, {@code 1 w}. */
    private @Nullable String due(UpdateItem item, String field) {
        String typed = plan.sheet.get(field).toLowerCase(Locale.US);
        if (typed.isEmpty()) {
            return null;
        }
        LocalDate visit = plan.ground.day(plan.ground.event());
        Matcher span = SPAN.matcher(typed);
        if (span.matches()) {
            int amount = amount(span.group(1));
            LocalDate day = switch (span.group(2).charAt(0)) {
                case 'd' -> visit.plusDays(amount);
                case 'w' -> visit.plusWeeks(amount);
                case 'm' -> visit.plusMonths(amount);
                default -> visit.plusYears(amount);
            };
            plan.echo(field, PartialDate.of(day).show());
            return day.toString();
        }
        Optional<PartialDate> date = TypedDate.near(typed, plan.ground.day(plan.ground.now()));
        if (date.isEmpty()) {
            plan.wrong(item, field, "Enter when, such as 2 weeks or 12/6");
            return null;
        }
        plan.echo(field, date.get().show());
        return date.get().toString();
    }

    private static int amount(String text) {
        return switch (text) {
            case "one" -> 1;
            case "two" -> 2;
            case "three" -> 3;
            case "four" -> 4;
            case "six" -> 6;
            default -> Integer.parseInt(text);
        };
    }

    private void arrival() {
        UpdateItem item = UpdateItem.ARRIVAL;
        if (plan.sheet.has("ar.mode")) {
            fact(item, "ar.mode", ARRIVAL_MODE, "Mode of arrival", words(plan.sheet.get("ar.mode")));
        }
        String level = plan.sheet.get("ar.triage");
        if (!level.isEmpty()) {
            if (!level.matches("[1-5]")) {
                plan.wrong(item, "ar.triage", "Triage: enter a level, 1 to 5");
            } else {
                fact(
                        item,
                        "ar.triage",
                        SEVERITY_INDEX,
                        "Emergency severity index",
                        new Value(level, null, "{score}", null, level));
            }
        }
    }

    private void disposition() {
        UpdateItem item = UpdateItem.DISPOSITION;
        if (plan.sheet.has("ds.code")) {
            fact(item, "ds.code", DISCHARGE_DISPOSITION, "Discharge disposition", words(plan.sheet.get("ds.code")));
        }
        if (plan.sheet.has("ds.condition")) {
            fact(item, "ds.condition", null, "Condition at discharge", words(plan.sheet.get("ds.condition")));
        }
    }

    private static Value words(String text) {
        return new Value(null, null, null, text, null);
    }

    private void fact(UpdateItem item, String field, @Nullable String loinc, String title, Value value) {
        Concept code = loinc == null ? Concept.of(title) : Concept.of(Concept.LOINC, loinc, title);
        boolean there = plan.ground.standing().ofVisit().stream()
                .anyMatch(entry -> !entry.retracted()
                        && entry.content() instanceof Content.Observation observation
                        && Naming.same(observation.code(), code));
        if (there) {
            plan.wrong(item, field, title + " is entered for this visit already");
            return;
        }
        plan.create(
                item,
                field,
                new Content.Observation(
                        "other", code, value, List.of(), "final", null, null, null, null, null, null, null, null, null),
                plan.ground.event(),
                "minute");
    }

    private void call() {
        UpdateItem item = UpdateItem.CALL;
        if (!typed("cl.", "caller", "advice", "by", "relation")) {
            return;
        }
        if (!plan.sheet.has("cl.caller") || !plan.sheet.has("cl.advice")) {
            plan.wrong(
                    item,
                    plan.sheet.has("cl.caller") ? "cl.advice" : "cl.caller",
                    "Enter who called and what was advised");
            return;
        }
        StringBuilder text = new StringBuilder("Caller: ").append(plan.sheet.get("cl.caller"));
        if (plan.sheet.has("cl.relation")) {
            text.append(" (").append(plan.sheet.get("cl.relation")).append(')');
        }
        if (plan.sheet.has("cl.by")) {
            text.append("\nTaken by: ").append(plan.sheet.get("cl.by"));
        }
        text.append("\nAdvice: ").append(plan.sheet.get("cl.advice"));
        plan.create(
                item,
                "cl.advice",
                new Content.Note("telephone", Concept.of("Telephone call"), "final", text.toString(), null),
                plan.ground.event(),
                "minute");
    }

    private @Nullable String text(String field) {
        return plan.sheet.has(field) ? plan.sheet.get(field) : null;
    }

    private @Nullable PartialDate past(UpdateItem item, String field) {
        String typed = plan.sheet.get(field);
        if (typed.isEmpty()) {
            return null;
        }
        LocalDate today = plan.ground.day(plan.ground.now());
        Optional<PartialDate> read = TypedDate.past(typed, today);
        if (read.isEmpty() || read.get().from().isAfter(today)) {
            plan.wrong(item, field, "Enter a date that is not in the future, such as 11/22 or 2019");
            return null;
        }
        return read.get();
    }

    private Instant moment(PartialDate date) {
        return date.from().atStartOfDay(plan.ground.zone()).toInstant();
    }

    private static String precision(@Nullable PartialDate date) {
        if (date == null) {
            return "minute";
        }
        if (date.exact()) {
            return "day";
        }
        return date.month() == 0 ? "year" : "month";
    }
}
