package org.chartkeeper.visit.domain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.EntryCommand;
import org.chartkeeper.chart.EntryCommand.Source;
import org.chartkeeper.chart.EntryCommand.Statement;
import org.chartkeeper.chart.EntryCommand.VersionKind;
import org.chartkeeper.chart.EntryView;
import org.chartkeeper.platform.PractitionerId;
import org.chartkeeper.platform.Problem;
import org.chartkeeper.visit.UpdateItem;
import org.chartkeeper.visit.UpdateSheet;
import org.chartkeeper.visit.VisitUpdates;
import org.chartkeeper.visit.VisitUpdates.Finding;
import org.jspecify.annotations.Nullable;

/** What an update would write, gathered part by part, with everything that is wrong or unlikely about it. */
final class Plan {

    static final String ACCEPTED = "Unlikely value accepted: ";

    final UpdateSheet sheet;
    final Ground ground;
    final Said said;

    private final List<Step> steps = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private final Map<String, String> echoes = new LinkedHashMap<>();
    private final Map<UpdateItem, Integer> typed = new EnumMap<>(UpdateItem.class);
    private List<VisitUpdates.Item> items = List.of();

    Plan(UpdateSheet sheet, Ground ground) {
        this.sheet = sheet;
        this.ground = ground;
        this.said = Said.read(this);
    }

    /**
     * A command with the field it came from.
     *
     * @param effect new, replacement, stop, resolution, refutation, change, update, correction, withdrawal
     */
    record Step(EntryCommand command, String field, UpdateItem item, String effect) {}

    /** Writes something that is not there yet. */
    void create(UpdateItem item, String field, Content content, Instant event, String precision) {
        create(item, field, content, event, precision, said.statement());
    }

    void create(UpdateItem item, String field, Content content, Instant event, String precision, Statement statement) {
        boolean replaces = content instanceof Content.MedicationOrder order && order.replaces() != null;
        add(
                item,
                field,
                replaces ? "replacement" : "new",
                command(VersionKind.ORIGINAL, null, null, content, event, precision, statement, reason(field)));
    }

    /** Moves the state of a living entry on. */
    void update(UpdateItem item, String field, String effect, EntryView entry, Content content) {
        Integer readAt = readAt(entry);
        add(
                item,
                field,
                effect,
                command(
                        VersionKind.UPDATE,
                        entry,
                        readAt,
                        content,
                        ground.event(),
                        "minute",
                        said.statement(),
                        reason(field)));
    }

    void change(
            UpdateItem item,
            String field,
            String effect,
            VersionKind kind,
            EntryView entry,
            Content content,
            @Nullable String why) {
        add(
                item,
                field,
                effect,
                command(
                        kind,
                        entry,
                        readAt(entry),
                        content,
                        entry.event(),
                        entry.eventPrecision(),
                        said.statement(),
                        why));
    }

    private EntryCommand command(
            VersionKind kind,
            @Nullable EntryView entry,
            @Nullable Integer basedOn,
            Content content,
            Instant event,
            String precision,
            Statement statement,
            @Nullable String why) {
        VisitUpdates.Work work = ground.work();
        return new EntryCommand(
                kind,
                entry == null ? null : entry.id(),
                basedOn,
                work.patient(),
                work.facility(),
                // A change of what stands keeps the visit that it was written for.
                entry == null ? work.visit() : null,
                content,
                event,
                precision,
                statement,
                said.source(),
                why,
                "",
                false);
    }

    private void add(UpdateItem item, String field, String effect, EntryCommand command) {
        steps.add(new Step(command, field, item, effect));
        typed(item);
    }

    /** Counts something typed into an item, whether or not it can be written. */
    private void typed(UpdateItem item) {
        typed.merge(item, 1, Integer::sum);
    }

    /** Something typed is wrong; it counts as typed, so that its item is not asked for as well. */
    void wrong(UpdateItem item, String field, String message) {
        problems.add(Problem.error(field, message));
        typed(item);
    }

    /** Something is wrong that belongs to no item's fields. */
    void wrong(@Nullable String field, String message) {
        problems.add(Problem.error(field, message));
    }

    /** Impossible where {@code warning} is false; else unlikely, and accepted where the sheet says so for this very text. */
    void doubt(String field, Plausibility.Doubt doubt) {
        boolean accepted = doubt.warning() && accepted(field);
        findings.add(new Finding(
                doubt.rule(), field, doubt.message(), doubt.warning(), doubt.repair(), doubt.repairLabel(), accepted));
    }

    void unlikely(String rule, String field, String message) {
        doubt(field, new Plausibility.Doubt(rule, message, true, null, null));
    }

    /** A reason stands beside it, and it was given for the text that stands there now. */
    private boolean accepted(String field) {
        return sheet.has("why." + field) && sheet.get("ok." + field).equals(sheet.get(field));
    }

    private @Nullable String reason(String field) {
        return accepted(field) ? ACCEPTED + sheet.get("why." + field) : null;
    }

    void echo(String field, @Nullable String text) {
        if (text != null) {
            echoes.put(field, text);
        }
    }

    /** The version that the reader saw; without one the newest. */
    int readAt(EntryView entry) {
        String version = sheet.get("v." + entry.id());
        return version.matches("\\d{1,6}") ? Integer.parseInt(version) : entry.version();
    }

    int typedIn(UpdateItem item) {
        return typed.getOrDefault(item, 0);
    }

    void items(List<VisitUpdates.Item> decided) {
        items = List.copyOf(decided);
    }

    List<VisitUpdates.Item> items() {
        return items;
    }

    List<Step> steps() {
        return steps;
    }

    Map<String, String> echoes() {
        return echoes;
    }

    List<Finding> findings() {
        return findings;
    }

    /** What is said while somebody types: the findings, and what cannot be read; what is still missing waits for the post. */
    List<Finding> remarks() {
        List<Finding> all = new ArrayList<>(findings);
        for (Problem problem : problems) {
            String field = problem.field();
            if (field != null && sheet.has(field)) {
                all.add(new Finding("", field, problem.message(), false, null, null, false));
            }
        }
        return all;
    }

    /** All that stands in the way of posting: errors, and warnings that were not accepted. */
    List<Problem> obstacles() {
        List<Problem> all = new ArrayList<>();
        for (Finding finding : findings) {
            if (!finding.accepted()) {
                all.add(new Problem(finding.field(), finding.message(), finding.warning()));
            }
        }
        all.addAll(problems);
        return all;
    }

    /** Who is to sign, by id. */
    Set<PractitionerId> signers() {
        Set<PractitionerId> signers = new LinkedHashSet<>();
        for (Step step : steps) {
            Statement statement = step.command().statement();
            PractitionerId signer = statement.signer() == null ? statement.practitioner() : statement.signer();
            if (signer != null) {
                signers.add(signer);
            }
        }
        return signers;
    }

    int pending() {
        return (int) steps.stream()
                .filter(step ->
                        !Set.of("new", "update", "correction", "withdrawal").contains(step.effect))
                .count();
    }

    /** "4 new, 1 stop pending, to Dr. A. Okafor"; empty where nothing would be written. */
    String words() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        steps.forEach(step -> counts.merge(step.effect, 1, Integer::sum));
        List<String> parts = new ArrayList<>();
        counts.forEach((effect, count) -> parts.add(count + " "
                + switch (effect) {
                    case "new" -> "new";
                    case "update", "correction", "withdrawal" -> count == 1 ? effect : effect + "s";
                    default -> effect + " pending";
                }));
        if (parts.isEmpty()) {
            return "";
        }
        List<String> names = signers().stream().map(said::name).toList();
        return String.join(", ", parts) + (names.isEmpty() ? "" : ", to " + String.join(" and ", names));
    }

    /** What posting will do. */
    String preview() {
        String words = words();
        long questions = items.stream()
                .filter(item -> "not documented".equals(item.state()) && !item.asked())
                .count();
        String asks = questions == 0 ? "" : " asks " + questions + (questions == 1 ? " question" : " questions");
        if (words.isEmpty()) {
            return asks.isEmpty() ? "Nothing to post yet" : capital(asks.strip());
        }
        return "Posts " + words + (asks.isEmpty() ? "" : ";" + asks);
    }

    private static String capital(String text) {
        return text.substring(0, 1).toUpperCase(Locale.US) + text.substring(1);
    }

    Source source() {
        return said.source();
    }
}
