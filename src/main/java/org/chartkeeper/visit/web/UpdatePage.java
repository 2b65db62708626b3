package org.chartkeeper.visit.web;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.chartkeeper.access.Directory;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.EntryView;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.PartialDate;
import org.chartkeeper.platform.Problem;
import org.chartkeeper.platform.TypedDate;
import org.chartkeeper.visit.UpdateItem;
import org.chartkeeper.visit.VisitUpdates;
import org.chartkeeper.visit.VisitUpdates.Finding;
import org.chartkeeper.visit.VitalSign;
import org.jspecify.annotations.Nullable;

/** The page of an update as its template reads it: texts of fields, what is said beside them, rows of lists. */
public final class UpdatePage {

    private static final List<String> MAKERS = List.of(
            "AstraZeneca (ASZ)",
            "GlaxoSmithKline (SKB)",
            "Janssen (JSN)",
            "MedImmune (MED)",
            "Merck (MSD)",
            "Moderna (MOD)",
            "Novavax (NVX)",
            "Pfizer (PFR)",
            "Sanofi Pasteur (PMC)",
            "Seqirus (SEQ)",
            "Valneva (VAL)");

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.US);
    private static final DateTimeFormatter DAY_OF_YEAR = DateTimeFormatter.ofPattern("d MMM yyyy", Locale.US);

    private final VisitUpdates.View view;
    private final List<Problem> problems;
    private final ZoneId zone;
    private final Actor actor;
    private final LocalDate today;

    UpdatePage(VisitUpdates.View view, List<Problem> problems, ZoneId zone, Actor actor, Instant now) {
        this.today = LocalDate.ofInstant(now, zone);
        this.view = view;
        this.problems = problems;
        this.zone = zone;
        this.actor = actor;
    }

    public VisitUpdates.View getView() {
        return view;
    }

    public VisitUpdates.Work getWork() {
        return view.work();
    }

    /** The text of a field. */
    public String text(String field) {
        return view.sheet().get(field);
    }

    public boolean is(String field, String value) {
        return view.sheet().is(field, value);
    }

    /** The problem of a field that is no finding of a check; null where there is none. */
    public @Nullable String problem(String field) {
        return problems.stream()
                .filter(problem -> field.equals(problem.field()))
                .map(Problem::message)
                .filter(message -> view.checks().of(field).stream()
                        .noneMatch(finding -> finding.message().equals(message)))
                .findFirst()
                .orElse(null);
    }

    /** The finding of a field, null for a quiet one. */
    public @Nullable Finding finding(String field) {
        List<Finding> found = view.checks().of(field);
        return found.isEmpty() ? null : found.get(0);
    }

    public @Nullable String echo(String field) {
        return view.checks().echoes().get(field);
    }

    /** Ids of what stands beside a field, for who cannot see it; null where nothing does. */
    public @Nullable String described(String field) {
        boolean said = problem(field) != null || finding(field) != null || echo(field) != null;
        return said ? field + "-check" : null;
    }

    /** Numbers of the rows of a kind: those typed, and one to type into; one more where more is wanted. */
    public List<Integer> rows(String kind, String more) {
        List<Integer> rows = new ArrayList<>(view.sheet().rows(kind));
        int next = rows.isEmpty() ? 0 : rows.get(rows.size() - 1) + 1;
        if (rows.isEmpty() || kind.equals(more)) {
            rows.add(next);
        }
        return rows;
    }

    /** The number of the row that a script adds next. */
    public int nextRow(String kind, String more) {
        List<Integer> rows = rows(kind, more);
        return rows.get(rows.size() - 1) + 1;
    }

    /**
     * An item of the list in the middle.
     *
     * @param sign what its tag says, with its tone
     */
    public record ItemLine(String key, String label, String sign, String tone, String words) {}

    public List<ItemLine> getItems() {
        return view.items().stream().map(this::line).toList();
    }

    private ItemLine line(VisitUpdates.Item item) {
        String key = item.item().key();
        String state = item.state();
        if (problems.stream().anyMatch(problem -> ("state." + key).equals(problem.field()))) {
            return new ItemLine(key, item.label(), "open", "stop", "open");
        }
        if (item.number() > 0) {
            return new ItemLine(key, item.label(), "✓ " + item.number(), "ok", item.number() + " entered");
        }
        if (state == null) {
            return new ItemLine(key, item.label(), item.asked() ? "? asked" : "○", item.asked() ? "warn" : "", "open");
        }
        return switch (state) {
            case "no change" -> new ItemLine(key, item.label(), "✓", "ok", "no change documented");
            case "not documented" -> new ItemLine(key, item.label(), item.asked() ? "? asked" : "? ask", "warn", state);
            case "does not apply" -> new ItemLine(key, item.label(), "n/a", "", state);
            default -> new ItemLine(key, item.label(), "✓", "ok", state);
        };
    }

    public long getSettled() {
        return view.items().stream().filter(item -> item.state() != null).count();
    }

    public boolean has(String key) {
        return view.items().stream().anyMatch(item -> item.item().key().equals(key));
    }

    public String label(String key) {
        return view.items().stream()
                .filter(item -> item.item().key().equals(key))
                .map(VisitUpdates.Item::label)
                .findFirst()
                .orElse(key);
    }

    /** Whether something is typed into an item. */
    public boolean entered(String key) {
        return view.items().stream().anyMatch(item -> item.item().key().equals(key) && item.number() > 0);
    }

    /** Whether "clinician documents no change" can be said of an item. */
    public boolean reviewable(String key) {
        return UpdateItem.ofKey(key)
                .filter(item -> item == UpdateItem.PROBLEMS
                        || item == UpdateItem.ALLERGIES
                        || item == UpdateItem.MEDICATIONS
                        || item == UpdateItem.IMMUNIZATIONS)
                .isPresent();
    }

    /** Who is asked and who signs: "Dr. A. Okafor". */
    public String getClinician() {
        String chosen = text("said.who");
        return view.clinicians().stream()
                .filter(each -> each.id().toString().equals(chosen))
                .map(Directory.Practitioner::name)
                .findFirst()
                .orElse(
                        view.work().attendingName() == null
                                ? "the clinician"
                                : view.work().attendingName());
    }

    /** Who stated it, when and from what, in one line. */
    public String getSaid() {
        String who = switch (text("said.by")) {
            case "nurse" -> named("nurse");
            case "patient" -> named("the patient");
            case "outside" -> text("said.name").isEmpty() ? "an outside source" : text("said.name");
            default -> getClinician();
        };
        String when = (said(text("said.on")) + " " + text("said.time")).strip();
        String from = switch (text("said.from")) {
            case "dictation" -> "from dictation";
            case "note" -> "from a note";
            case "paper" -> "from a paper form";
            case "telephone" -> "by telephone";
            case "device" -> "from a device";
            case "direct" -> "said to me";
            default -> "source not chosen";
        };
        return "Stated by " + who + (when.isEmpty() ? "" : ", " + when) + " · " + from;
    }

    /** A day as pages show it; what is no day yet stands as typed. */
    private String said(String typed) {
        return TypedDate.past(typed, today)
                .filter(PartialDate::exact)
                .map(day -> {
                    if (day.from().equals(today)) {
                        return "today";
                    }
                    return day.from().equals(today.minusDays(1)) ? "yesterday" : DAY_OF_YEAR.format(day.from());
                })
                .orElse(typed);
    }

    private String named(String kind) {
        String name = text("said.name");
        return name.isEmpty() ? kind : kind + " " + name;
    }

    public boolean isSaidOpen() {
        return text("said.from").isEmpty()
                || problems.stream()
                        .anyMatch(problem ->
                                problem.field() != null && problem.field().startsWith("said."));
    }

    /** Class of the visit and its clinician: "Cardiology, outpatient · Dr. A. Okafor". */
    public String getKind() {
        String klass = switch (view.work().klass()) {
            case "ambulatory" -> "outpatient";
            default -> view.work().klass();
        };
        String attending = view.work().attendingName();
        return view.work().kind() + ", " + klass + (attending == null ? "" : " · " + attending);
    }

    public boolean isMine() {
        return actor.user().equals(view.work().owner());
    }

    /** The last value of a vital sign before this visit: "157 lb on 14 Nov"; null where there is none. */
    public @Nullable String last(VitalSign sign) {
        EntryView entry = view.latest().get(sign.loinc());
        if (entry == null
                || view.work().visit().equals(entry.encounter())
                || !(entry.content() instanceof Content.Observation observation)) {
            return null;
        }
        return shown(observation) + " on " + day(entry.event());
    }

    private String day(Instant moment) {
        LocalDate day = LocalDate.ofInstant(moment, zone);
        long months =
                ChronoUnit.MONTHS.between(day, LocalDate.ofInstant(view.work().ended(), zone));
        return (months < 10 ? DAY : DAY_OF_YEAR).format(day);
    }

    public String unit(VitalSign sign) {
        return sign.quantity().usual();
    }

    public List<VitalSign> getVitals() {
        List<VitalSign> signs = new ArrayList<>(List.of(VitalSign.values()));
        if (!view.child()) {
            signs.remove(VitalSign.HEAD);
        }
        return signs;
    }

    static String shown(Content.Observation observation) {
        if (observation.value() != null) {
            return observation.value().display();
        }
        List<String> parts = new ArrayList<>();
        String unit = "";
        for (Content.Component component : observation.components()) {
            Content.Value value = component.value();
            if (value != null && value.number() != null) {
                parts.add(value.number());
                unit = value.unit() == null ? unit : value.unit();
            }
        }
        return String.join("/", parts) + (unit.isEmpty() ? "" : " " + unit);
    }

    /**
     * A problem, allergy or drug that stands.
     *
     * @param mark what waits for its signature, null where nothing does
     */
    public record Standing(
            String id,
            String title,
            String beside,
            @Nullable String mark,
            boolean order,
            boolean noneKnown) {}

    public List<Standing> getProblems() {
        return standing(Content.Condition.class);
    }

    public List<Standing> getAllergies() {
        return standing(Content.Allergy.class);
    }

    /** Manufacturers of vaccines in use, as value=label; in brackets the code of CDC's MVX. */
    public List<String> getMakers() {
        return MAKERS;
    }

    public List<Standing> getDrugs() {
        List<Standing> drugs = new ArrayList<>(standing(Content.MedicationOrder.class));
        drugs.addAll(standing(Content.MedicationStatement.class));
        return drugs;
    }

    private List<Standing> standing(Class<? extends Content> type) {
        return view.listed().stream()
                .filter(entry -> type.isInstance(entry.content()))
                .map(UpdatePage::standing)
                .toList();
    }

    private static Standing standing(EntryView entry) {
        String mark = entry.pending() != null
                ? entry.pendingKind() + " pending signature"
                : entry.proposed() ? "proposed, pending signature" : entry.unsigned() ? "unsigned" : null;
        return new Standing(
                entry.id().toString(),
                entry.content().title(),
                beside(entry.content()),
                mark,
                entry.content() instanceof Content.MedicationOrder,
                entry.content() instanceof Content.Allergy allergy && allergy.noneKnown());
    }

    private static String beside(Content content) {
        return switch (content) {
            case Content.Condition it ->
                it.code().codings().isEmpty() ? "" : it.code().codings().get(0).code();
            case Content.Allergy it ->
                it.reactions().isEmpty() ? "" : it.reactions().get(0).manifestation();
            case Content.MedicationOrder it ->
                it.dosage() == null ? "" : it.dosage().text();
            case Content.MedicationStatement it ->
                (it.dosage() == null ? "" : it.dosage().text() + ", ") + "as reported";
            default -> "";
        };
    }

    /** What is entered of the visit already, one line each. */
    public List<String> getWritten() {
        return view.written().stream()
                .map(entry -> entry.type().label() + ": " + entry.content().title()
                        + (entry.content() instanceof Content.Observation observation ? " " + shown(observation) : ""))
                .toList();
    }

    /** An entry that came back with what the clinician said. */
    public record Back(String id, String title, String beside, String comment) {}

    public List<Back> getReturned() {
        return view.written().stream()
                .filter(entry -> view.returned().containsKey(entry.id()))
                .map(entry -> new Back(
                        entry.id().toString(),
                        entry.content().title(),
                        entry.content() instanceof Content.Observation observation
                                ? shown(observation)
                                : beside(entry.content()),
                        view.returned().getOrDefault(entry.id(), "")))
                .toList();
    }

    /** The versions that the page was read at, to be sent again. */
    public Map<String, String> getVersions() {
        return view.sheet()
                .keep(name -> name.startsWith("v.") || name.startsWith("on."))
                .fields();
    }
}
