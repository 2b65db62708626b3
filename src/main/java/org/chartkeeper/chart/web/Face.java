package org.chartkeeper.chart.web;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.chartkeeper.chart.ChangeDesk;
import org.chartkeeper.chart.ChartReader;
import org.chartkeeper.chart.EntryView;
import org.chartkeeper.chart.RecordMoves;
import org.chartkeeper.chart.VersionView;
import org.chartkeeper.chart.Way;
import org.chartkeeper.platform.Actor;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What the face of an entry says of how it came to be as it is, and which ways lead on from it. */
@Component
class Face {

    private static final Set<String> HEARD = Set.of("dictation", "note", "paper", "telephone");

    private final ChartReader reader;
    private final ChangeDesk changes;
    private final RecordMoves moves;

    Face(ChartReader reader, ChangeDesk changes, RecordMoves moves) {
        this.reader = reader;
        this.changes = changes;
        this.moves = moves;
    }

    /**
     * A mark on the face of an entry.
     *
     * @param said when and by whom
     * @param original where the first version stands, null where this is it
     * @param differences against the version before it
     */
    record Mark(
            Tag tag,
            String said,
            @Nullable String reason,
            @Nullable String original,
            List<VersionView.Difference> differences) {}

    /** A link to a form of change. */
    record Link(String path, String action, String meaning) {}

    /** The other end of a move, in words. */
    record Tied(
            boolean cameHere,
            String by,
            String when,
            @Nullable String otherPath,
            @Nullable String reason,
            @Nullable String disclosures) {}

    /** The newest change of an entry, and that it was a late entry, which it stays. An original in time has none. */
    List<Mark> marks(Actor actor, EntryView entry, ChangeDesk.Standing standing, Words words) {
        List<Mark> marks = new ArrayList<>();
        if (entry.retracted() && standing.moved()) {
            return marks; // the tie says it
        }
        boolean changed = entry.version() > 1;
        if (!changed && !entry.lastKind().equals("late-entry")) {
            String heard = heard(entry, words);
            if (heard != null) {
                marks.add(new Mark(new Tag("In time", ""), heard, null, null, List.of()));
            }
            return marks;
        }
        List<VersionView> versions = reader.history(actor, entry.patient(), entry.id());
        if (versions.isEmpty()) {
            return marks;
        }
        VersionView newest = versions.get(0);
        VersionView first = versions.get(versions.size() - 1);
        String history = Row.path(entry) + "/history";
        if (changed) {
            marks.add(new Mark(
                    tag(newest, entry),
                    words.moment(newest.enteredAt()) + ", stated by " + newest.statedBy()
                            + (newest.enteredBy().equals(newest.statedBy())
                                    ? ""
                                    : ", entered by " + newest.enteredBy()),
                    newest.reason(),
                    history + "#version-1",
                    words.tidy(newest.differences())));
        }
        if (first.kind().equalsIgnoreCase("late-entry")) {
            marks.add(new Mark(
                    new Tag("Late entry", "note"),
                    "of " + words.when(entry) + ", stated " + words.moment(first.statedAt()) + " by "
                            + first.statedBy(),
                    first.reason(),
                    null,
                    List.of()));
        }
        return marks;
    }

    /** What was documented in time and typed later is no late entry; it says from what it was typed. */
    private static @Nullable String heard(EntryView entry, Words words) {
        LocalDate stated = LocalDate.ofInstant(entry.statedAt(), words.zone());
        LocalDate entered = LocalDate.ofInstant(entry.enteredAt(), words.zone());
        return HEARD.contains(entry.sourceKind()) && stated.isBefore(entered)
                ? "entered " + words.nearDay(entry.enteredAt()) + " from " + words.source(entry.sourceKind()) + " of "
                        + words.nearDay(entry.statedAt())
                : null;
    }

    private static Tag tag(VersionView newest, EntryView entry) {
        boolean waits = entry.pendingKind() != null && newest.number() == entry.version();
        if (!waits && newest.number() > entry.inForce()) {
            return new Tag("Not taken over", "");
        }
        return switch (newest.kind()) {
            case "update" -> new Tag(waits ? "↻ Update proposed" : "↻ Updated", waits ? "warn" : "note");
            case "correction" -> new Tag(waits ? "✎ Correction proposed" : "✎ Corrected", waits ? "warn" : "note");
            case "retraction" -> new Tag(waits ? "✕ Removal proposed" : "✕ Entered in error", waits ? "warn" : "stop");
            default -> new Tag("✎ Revised", "note");
        };
    }

    ChangeDesk.Standing standing(Actor actor, EntryView entry) {
        return changes.standing(actor, entry);
    }

    /** The forms that are open to this actor, in the order of a page. */
    List<Link> ways(Actor actor, EntryView entry, ChangeDesk.Standing standing) {
        List<Link> links = new ArrayList<>();
        if (entry.pending() != null
                && (entry.enteredByUser().equals(actor.user())
                        || actor.practitioner() != null && actor.practitioner().equals(entry.signer()))) {
            links.add(new Link(
                    Row.path(entry) + "/withdraw",
                    "Take back what waits",
                    "The change that waits for a signature is withdrawn; what stood before stands alone again."));
        }
        for (ChangeDesk.Open open : standing.open()) {
            String path =
                    open.way() == Way.MOVE ? "/move" : "/change/" + open.way().key();
            links.add(new Link(
                    Row.path(entry) + path,
                    open.way().action(),
                    open.way().meaning() + (open.way() == Way.MOVE ? "" : " " + ChangeController.effect(open))));
        }
        return links;
    }

    @Nullable
    Tied tie(Actor actor, EntryView entry, ChangeDesk.Standing standing, Words words) {
        if (!standing.moved()) {
            return null;
        }
        return moves.tie(actor, entry.patient(), entry.id())
                .map(tie -> {
                    RecordMoves.Tie.Other other = tie.other();
                    return new Tied(
                            tie.cameHere(),
                            tie.by(),
                            words.moment(tie.at()),
                            other == null ? null : "/patients/" + other.patient() + "/entries/" + other.entry(),
                            other == null ? null : other.reason(),
                            other == null ? null : disclosures(other));
                })
                .orElse(null);
    }

    private static String disclosures(RecordMoves.Tie.Other other) {
        if (!other.disclosures().isEmpty()) {
            return "contained in " + String.join(", ", other.disclosures());
        }
        return other.disclosuresKnown() ? "no disclosure had contained it" : "disclosures were not looked up";
    }
}
