package org.chartkeeper.chart.note.domain;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.chartkeeper.audit.AuditEvent;
import org.chartkeeper.audit.AuditTrail;
import org.chartkeeper.chart.ChartReader;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.Encounters;
import org.chartkeeper.chart.EntryView;
import org.chartkeeper.chart.VersionView;
import org.chartkeeper.chart.note.NoteDrafts;
import org.chartkeeper.chart.note.NoteSheet;
import org.chartkeeper.chart.note.NoteTemplate;
import org.chartkeeper.chart.note.NoteTemplates;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.NotFound;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Problem;
import org.chartkeeper.platform.Rejected;
import org.chartkeeper.platform.Requires;
import org.chartkeeper.platform.Stale;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
class DraftService implements NoteDrafts {

    /** A note of more is a file. */
    private static final int LONGEST = 200_000;

    private static final Set<String> OPEN = Set.of("unsigned", "returned");

    private final DraftRows rows;
    private final NoteTemplates templates;
    private final Encounters encounters;
    private final ChartReader reader;
    private final AuditTrail trail;
    private final Clock clock;

    DraftService(
            DraftRows rows,
            NoteTemplates templates,
            Encounters encounters,
            ChartReader reader,
            AuditTrail trail,
            Clock clock) {
        this.rows = rows;
        this.templates = templates;
        this.encounters = encounters;
        this.reader = reader;
        this.trail = trail;
        this.clock = clock;
    }

    @Override
    @Requires({Permission.CHART_SIGN, Permission.VISIT_UPDATE})
    @Transactional
    public UUID open(Actor actor, PatientId patient, Start asked) {
        Start start = asked;
        NoteSheet sheet;
        Integer basedOn = null;
        if (asked.revises() != null) {
            EntryView note = note(actor, patient, asked.revises());
            mayRevise(actor, note);
            Content.Note content = (Content.Note) note.content();
            start = new Start(note.encounter(), content.kind(), note.id());
            sheet = sheet(actor, note, content);
            basedOn = note.version();
        } else {
            NoteTemplate template = templates
                    .find(asked.kind())
                    .orElseThrow(() -> new Rejected(List.of(Problem.error("kind", "Choose what to write"))));
            if (template.own() && !actor.may(Permission.CHART_SIGN)) {
                throw new Rejected(List.of(Problem.error("kind", "Only its author writes a note of this type")));
            }
            if (template.adds()) {
                throw new Rejected(
                        List.of(Problem.error("kind", "This is written where the note stands that it adds to")));
            }
            if (asked.visit() != null && encounters.find(patient, asked.visit()).isEmpty()) {
                throw new NotFound("encounter " + asked.visit() + " of patient " + patient);
            }
            sheet = NoteSheet.of(template.beginning());
        }
        UUID draft = rows.open(actor.user(), patient, start, basedOn, sheet, now());
        trail.record(AuditEvent.done("note.draft").of(patient).on("note-draft", draft));
        return draft;
    }

    private EntryView note(Actor actor, PatientId patient, EntryId entry) {
        return reader.entry(actor, patient, entry)
                .filter(found -> found.content() instanceof Content.Note)
                .orElseThrow(() -> new NotFound("note " + entry + " of patient " + patient));
    }

    private static void mayRevise(Actor actor, EntryView note) {
        if (!OPEN.contains(note.signature()) || note.signedAt() != null || note.retracted()) {
            throw new Rejected("This note is signed or entered in error. What is to be added is an addendum.");
        }
        boolean author = actor.practitioner() != null && actor.practitioner().equals(note.statedByPractitioner());
        if (!author && !actor.may(Permission.VISIT_UPDATE)) {
            throw new Rejected("Only its author goes on with this note.");
        }
    }

    /** The sheet of a note that is there; times stay as they were unless they are typed anew. */
    private NoteSheet sheet(Actor actor, EntryView note, Content.Note content) {
        NoteTemplate template = templates
                .find(content.kind())
                .filter(each -> each.fits(content.text()))
                .orElse(null);
        Map<String, String> sections = template == null
                ? Map.of(NoteTemplate.WHOLE, content.text())
                : content.text().isBlank() ? template.beginning() : template.parse(content.text());
        String job = reader.history(actor, note.patient(), note.id()).stream()
                .findFirst()
                .map(VersionView::sourceReference)
                .orElse(null);
        boolean author = actor.practitioner() != null && actor.practitioner().equals(note.statedByPractitioner());
        return new NoteSheet(
                "",
                "",
                author || note.statedByPractitioner() == null
                        ? ""
                        : note.statedByPractitioner().toString(),
                author ? "" : note.sourceKind(),
                job == null ? "" : job,
                "",
                "",
                "",
                "",
                sections,
                List.of());
    }

    @Override
    @Requires({Permission.CHART_SIGN, Permission.VISIT_UPDATE})
    @Transactional(readOnly = true)
    public Draft get(Actor actor, PatientId patient, UUID draft) {
        return rows.find(actor.user(), patient, draft, false).orElseThrow(() -> missing(patient, draft));
    }

    @Override
    @Requires({Permission.CHART_READ, Permission.CHART_SIGN, Permission.VISIT_UPDATE})
    @Transactional(readOnly = true)
    public List<Draft> mine(Actor actor, PatientId patient, int limit) {
        return rows.of(actor.user(), patient, limit);
    }

    @Override
    @Requires({Permission.CHART_SIGN, Permission.VISIT_UPDATE})
    @Transactional
    public Saved save(Actor actor, PatientId patient, UUID id, int number, NoteSheet sheet) {
        Draft draft = locked(actor, patient, id, number);
        if (sheet.sections().values().stream().mapToInt(String::length).sum() > LONGEST) {
            throw new Rejected("A note has at most 200,000 characters; file a longer one as a document");
        }
        if (draft.sheet().equals(sheet)) {
            return new Saved(draft.number(), draft.saved());
        }
        Instant now = now();
        rows.save(id, sheet, now);
        return new Saved(number + 1, now);
    }

    @Override
    @Requires({Permission.CHART_SIGN, Permission.VISIT_UPDATE})
    @Transactional
    public void discard(Actor actor, PatientId patient, UUID id) {
        Draft draft = rows.find(actor.user(), patient, id, true).orElseThrow(() -> missing(patient, id));
        rows.remove(draft.id());
        trail.record(AuditEvent.done("note.discard").of(patient).on("note-draft", id));
    }

    /** The draft as it was read, locked until the transaction ends. */
    Draft locked(Actor actor, PatientId patient, UUID id, int number) {
        Draft draft = rows.find(actor.user(), patient, id, true).orElseThrow(() -> missing(patient, id));
        if (draft.number() != number) {
            throw new Stale("note draft " + id, number, draft.number());
        }
        return draft;
    }

    private static NotFound missing(PatientId patient, UUID draft) {
        return new NotFound("note draft " + draft + " of patient " + patient);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
