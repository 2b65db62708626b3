package org.chartkeeper.chart.web;

import java.util.List;
import java.util.UUID;
import org.chartkeeper.chart.ChangeDesk;
import org.chartkeeper.chart.ChartReader;
import org.chartkeeper.chart.ChartWriter;
import org.chartkeeper.chart.EntryCommand;
import org.chartkeeper.chart.EntryCommand.VersionKind;
import org.chartkeeper.chart.EntryType;
import org.chartkeeper.chart.EntryView;
import org.chartkeeper.chart.RecordMoves;
import org.chartkeeper.chart.Signing;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.Idempotency;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Requires;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Changes of what stands, each in one transaction; a repeated submit gives the first answer again. */
@Service
class ChangeFlow {

    private final ChartWriter writer;
    private final Signing signing;
    private final ChangeDesk changes;
    private final RecordMoves moves;
    private final ChartReader reader;
    private final Idempotency idempotency;

    ChangeFlow(
            ChartWriter writer,
            Signing signing,
            ChangeDesk changes,
            RecordMoves moves,
            ChartReader reader,
            Idempotency idempotency) {
        this.writer = writer;
        this.signing = signing;
        this.changes = changes;
        this.moves = moves;
        this.reader = reader;
        this.idempotency = idempotency;
    }

    /**
     * Writes a change and, for a clinician who has just confirmed who he is, signs it.
     *
     * @return path of the entry
     */
    @Transactional
    @Requires({Permission.VISIT_UPDATE, Permission.CHART_SIGN})
    public String write(Actor actor, String key, EntryCommand command) {
        return idempotency.once(key, () -> {
            ChartWriter.Written written = writer.write(List.of(command)).get(0);
            boolean waits = written.pending()
                    || command.kind() != VersionKind.RETRACTION
                            && command.content().type() != EntryType.DOCUMENT;
            if (waits && actor.practitioner() != null && actor.may(Permission.CHART_SIGN)) {
                signing.sign(
                        actor,
                        List.of(new Signing.VersionRef(
                                command.patient(), written.entry(), written.version(), written.hash())),
                        actor.practitioner().equals(command.statement().practitioner()) ? "author" : "attending");
            }
            return "/patients/" + command.patient() + "/entries/" + written.entry();
        });
    }

    /** How a new note was labelled, in words for the page that follows. */
    @Transactional(readOnly = true)
    @Requires({Permission.VISIT_UPDATE, Permission.CHART_SIGN})
    public boolean late(Actor actor, PatientId patient, EntryId entry) {
        return reader.entry(actor, patient, entry)
                .map(EntryView::lastKind)
                .filter("late-entry"::equals)
                .isPresent();
    }

    @Transactional
    @Requires({Permission.VISIT_UPDATE, Permission.CHART_SIGN})
    public void withdraw(Actor actor, String key, PatientId patient, EntryId entry, int version, String reason) {
        idempotency.once(key, () -> {
            changes.withdraw(actor, patient, entry, version, reason);
            return "";
        });
    }

    /** @return "done" or "waiting" */
    @Transactional
    @Requires(Permission.VISIT_UPDATE)
    public String move(Actor actor, String key, RecordMoves.Order order) {
        return idempotency.once(key, () -> moves.move(actor, order).done() ? "done" : "waiting");
    }

    @Transactional
    @Requires(Permission.MOVE_CONFIRM)
    public void confirm(Actor actor, String key, UUID move, int version) {
        idempotency.once(key, () -> {
            moves.confirm(actor, move, version);
            return "";
        });
    }

    @Transactional
    @Requires(Permission.MOVE_CONFIRM)
    public void refuse(Actor actor, String key, UUID move, int version, String comment) {
        idempotency.once(key, () -> {
            moves.refuse(actor, move, version, comment);
            return "";
        });
    }

    @Transactional
    @Requires({Permission.VISIT_UPDATE, Permission.CHART_SIGN})
    public void seen(Actor actor, UUID notice) {
        moves.seen(actor, notice);
    }
}
