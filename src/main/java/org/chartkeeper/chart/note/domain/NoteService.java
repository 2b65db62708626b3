package org.chartkeeper.chart.note.domain;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.chartkeeper.access.Directory;
import org.chartkeeper.chart.ChartReader;
import org.chartkeeper.chart.ChartWriter;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.EncounterView;
import org.chartkeeper.chart.Encounters;
import org.chartkeeper.chart.EntryCommand;
import org.chartkeeper.chart.EntryCommand.VersionKind;
import org.chartkeeper.chart.EntryView;
import org.chartkeeper.chart.Signing;
import org.chartkeeper.chart.note.CopyMeter;
import org.chartkeeper.chart.note.NoteDrafts.Draft;
import org.chartkeeper.chart.note.NoteSheet;
import org.chartkeeper.chart.note.NoteState;
import org.chartkeeper.chart.note.NoteTemplate;
import org.chartkeeper.chart.note.NoteTemplates;
import org.chartkeeper.chart.note.NoteTexts;
import org.chartkeeper.chart.note.Notes;
import org.chartkeeper.chart.note.Origins;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.Idempotency;
import org.chartkeeper.platform.NotFound;
import org.chartkeeper.platform.PartialDate;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.PractitionerId;
import org.chartkeeper.platform.Problem;
import org.chartkeeper.platform.Rejected;
import org.chartkeeper.platform.Requires;
import org.chartkeeper.platform.Stale;
import org.chartkeeper.platform.TypedDate;
import org.chartkeeper.platform.TypedTime;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
class NoteService implements Notes {

    /** Labels of notes that nobody but their author reads; their words stay there. */
    private static final Set<String> CLOSED = Set.of("psychotherapy", "sud-counseling");

    private static final Set<String> BY_HAND =
            Set.of("genetic", "hiv", "mental-health", "minor-consent", "reproductive");
    private static final Set<String> SOURCES = Set.of("dictation", "paper", "telephone");

    private final DraftService drafts;
    private final DraftRows rows;
    private final NoteTemplates templates;
    private final NoteTexts texts;
    private final ChartReader reader;
    private final ChartWriter writer;
    private final Signing signing;
    private final Encounters encounters;
    private final Directory directory;
    private final Idempotency idempotency;
    private final Clock clock;

    NoteService(
            DraftService drafts,
            DraftRows rows,
            NoteTemplates templates,
            NoteTexts texts,
            ChartReader reader,
            ChartWriter writer,
            Signing signing,
            Encounters encounters,
            Directory directory,
            Idempotency idempotency,
            Clock clock) {
        this.drafts = drafts;
        this.rows = rows;
        this.templates = templates;
        this.texts = texts;
        this.reader = reader;
        this.writer = writer;
        this.signing = signing;
        this.encounters = encounters;
        this.directory = directory;
        this.idempotency = idempotency;
        this.clock = clock;
    }

    @Override
    @Requires({Permission.CHART_SIGN, Permission.VISIT_UPDATE})
    @Transactional
    public Filed file(Actor actor, PatientId patient, UUID id, int number, NoteSheet sheet, boolean sign, String key) {
        String answer = idempotency.once(key, () -> {
            Draft draft = drafts.locked(actor, patient, id, number);
            Filing filing = new Filing(actor, draft, sheet, sign);
            EntryCommand command = filing.command();
            ChartWriter.Written written = writer.write(List.of(command)).get(0);
            if (sign) {
                signing.sign(
                        actor,
                        List.of(new Signing.VersionRef(patient, written.entry(), written.version(), written.hash())),
                        "author");
            }
            rows.remove(id);
            return written.entry() + (sign ? " signed" : " waiting");
        });
        String[] parts = answer.split(" ");
        return new Filed(EntryId.of(parts[0]), parts[1].equals("signed"));
    }

    @Override
    @Requires({Permission.CHART_SIGN, Permission.VISIT_UPDATE})
    @Transactional
    public void rebase(Actor actor, PatientId patient, UUID id, int number) {
        Draft draft = drafts.locked(actor, patient, id, number);
        if (draft.revises() != null) {
            rows.rebase(id, entry(actor, patient, draft.revises()).version());
        }
    }

    @Override
    @Requires({Permission.CHART_SIGN, Permission.VISIT_UPDATE})
    @Transactional(readOnly = true)
    public CopyMeter.Reading meter(Actor actor, Draft draft, NoteSheet sheet) {
        String text = template(draft).compose(sheet.sections());
        return text.isEmpty()
                ? new CopyMeter(List.of()).read("")
                : new CopyMeter(texts.earlier(actor, draft.patient(), null, draft.revises(), COMPARED)).read(text);
    }

    @Override
    @Requires(Permission.CHART_SIGN)
    @Transactional
    public @Nullable EntryId attest(Actor actor, Signing.VersionRef note, String statement, String key) {
        String answer = idempotency.once(key, () -> {
            EntryView entry = entry(actor, note.patient(), note.entry());
            if (!entry.signature().equals("co-signature due")
                    || actor.practitioner() == null
                    || !actor.practitioner().equals(entry.signer())) {
                throw new Rejected("This note does not wait for your co-signature.");
            }
            ChartWriter.Written written = statement.isBlank() ? null : attestation(actor, entry, statement);
            signing.sign(actor, List.of(note), "co-signature");
            if (written == null) {
                return "";
            }
            signing.sign(
                    actor,
                    List.of(new Signing.VersionRef(note.patient(), written.entry(), written.version(), written.hash())),
                    "author");
            return written.entry().toString();
        });
        return answer.isEmpty() ? null : EntryId.of(answer);
    }

    private ChartWriter.Written attestation(Actor actor, EntryView entry, String statement) {
        NoteTemplate template = templates.find("attestation").orElseThrow();
        String text = template.compose(Map.of(template.sections().get(0).key(), statement));
        Instant now = now();
        Content.Note content = new Content.Note(
                template.key(),
                template.heading(),
                "final",
                text,
                new Content.EntryRef(entry.id().toString()),
                Origins.of(text, List.of(), List.of(), "", "typed"));
        return writer.write(List.of(new EntryCommand(
                        VersionKind.ORIGINAL,
                        null,
                        null,
                        entry.patient(),
                        entry.facility(),
                        entry.encounter(),
                        content,
                        now,
                        "minute",
                        new EntryCommand.Statement("practitioner", actor.practitioner(), null, now, null),
                        new EntryCommand.Source("direct", null, null),
                        null,
                        entry.sensitivity(),
                        false)))
                .get(0);
    }

    private NoteTemplate template(Draft draft) {
        return templates.of(draft);
    }

    private EntryView entry(Actor actor, PatientId patient, EntryId entry) {
        return reader.entry(actor, patient, entry)
                .filter(found -> found.content() instanceof Content.Note)
                .orElseThrow(() -> new NotFound("note " + entry + " of patient " + patient));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** One sheet on its way into the record: everything wrong with it is gathered before anything is refused. */
    private final class Filing {
        private final Actor actor;
        private final Draft draft;
        private final NoteSheet sheet;
        private final boolean sign;
        private final NoteTemplate template;
        private final List<Problem> problems = new ArrayList<>();
        private final @Nullable EntryView former;
        private final Content.@Nullable EntryRef addendumTo;
        private final @Nullable EncounterView visit;
        private final boolean own;

        Filing(Actor actor, Draft draft, NoteSheet sheet, boolean sign) {
            this.actor = actor;
            this.draft = draft;
            this.sheet = sheet;
            this.sign = sign;
            this.template = template(draft);
            this.former = draft.revises() == null ? null : entry(actor, draft.patient(), draft.revises());
            this.addendumTo = former == null ? null : ((Content.Note) former.content()).addendumTo();
            this.visit = draft.visit() == null
                    ? null
                    : encounters
                            .find(draft.patient(), draft.visit())
                            .orElseThrow(() ->
                                    new NotFound("encounter " + draft.visit() + " of patient " + draft.patient()));
            this.own = actor.practitioner() != null && actor.may(Permission.CHART_SIGN);
        }

        EntryCommand command() {
            if (former != null && draft.basedOn() != null && former.version() != draft.basedOn()) {
                throw new Stale("entry " + former.id(), draft.basedOn(), former.version());
            }
            String text = template.compose(sheet.sections());
            boolean dictated = text.isEmpty()
                    && sheet.source().equals("dictation")
                    && !sheet.job().isBlank()
                    && !own;
            Instant event = event();
            PractitionerId author = author();
            Instant stated = own
                    ? now()
                    : moment(
                            "statedDate", sheet.statedDate(), "statedTime", sheet.statedTime(), statedOtherwise(event));
            words(text, dictated);
            List<CopyMeter.Earlier> earlier = texts.earlier(actor, draft.patient(), null, draft.revises(), COMPARED);
            List<Content.Passage> passages = Origins.of(
                    text,
                    earlier,
                    sheet.brought().stream().map(EntryId::of).toList(),
                    String.join("\n", template.beginning().values()),
                    own ? "typed" : "dictated");
            copied(text, earlier, passages);
            if (!sheet.sensitivity().isBlank() && !BY_HAND.contains(sheet.sensitivity())) {
                problems.add(Problem.error("sensitivity", "Choose a label of the list"));
            }
            if (!problems.isEmpty()) {
                throw new Rejected(problems);
            }
            Content.Note content = new Content.Note(
                    template.key(),
                    former == null ? template.heading() : ((Content.Note) former.content()).heading(),
                    dictated ? "dictated" : own ? sign ? "final" : "preliminary" : "transcribed",
                    text,
                    addendumTo,
                    passages);
            return new EntryCommand(
                    former == null ? VersionKind.ORIGINAL : VersionKind.REVISION,
                    former == null ? null : former.id(),
                    former == null ? null : former.version(),
                    draft.patient(),
                    facility(),
                    draft.visit(),
                    content,
                    event,
                    "minute",
                    new EntryCommand.Statement("practitioner", author, null, stated, null),
                    new EntryCommand.Source(
                            own ? "direct" : sheet.source(),
                            sheet.job().isBlank() ? null : sheet.job().strip(),
                            null),
                    sheet.reason().isBlank() ? null : sheet.reason().strip(),
                    labels(earlier, passages),
                    false);
        }

        private void words(String text, boolean dictated) {
            if (text.isEmpty() && !dictated) {
                problems.add(Problem.error(
                        "sections[" + template.sections().get(0).key() + "]",
                        own
                                ? "Write the note"
                                : "Type the note, or give the number of a dictation that is to be typed"));
                return;
            }
            if (!sign) {
                return;
            }
            if (!own) {
                problems.add(Problem.error(null, "Only its author signs a note"));
            }
            for (NoteTemplate.Section section : template.sections()) {
                if (section.required()
                        && sheet.sections().getOrDefault(section.key(), "").isBlank()) {
                    problems.add(Problem.error(
                            "sections[" + section.key() + "]",
                            section.label() + ": write it, or that there is nothing to say"));
                }
            }
            String unsignable =
                    NoteState.unsignable(new Content.Note(template.key(), template.heading(), "final", text, null));
            if (unsignable != null) {
                problems.add(Problem.error(null, unsignable));
            }
        }

        private void copied(String text, List<CopyMeter.Earlier> earlier, List<Content.Passage> passages) {
            int percent = new CopyMeter(earlier).read(text).percent();
            if (percent >= COPIED_WARNING && sheet.reason().isBlank()) {
                problems.add(Problem.warning(
                        "reason",
                        percent + " % of this stands word for word in earlier notes. Shorten it, or say why it is so"));
            }
            if (!template.own()
                    && sources(earlier, passages).stream()
                            .anyMatch(source ->
                                    labels(source.sensitivity()).stream().anyMatch(CLOSED::contains))) {
                problems.add(Problem.error(
                        null,
                        "A paragraph stands word for word in a note that only its author may read. Put it in other"
                                + " words, or leave it there"));
            }
        }

        private static List<CopyMeter.Earlier> sources(
                List<CopyMeter.Earlier> earlier, List<Content.Passage> passages) {
            Set<String> from = passages.stream()
                    .map(Content.Passage::from)
                    .filter(java.util.Objects::nonNull)
                    .map(Content.EntryRef::entry)
                    .collect(Collectors.toSet());
            return earlier.stream()
                    .filter(each -> from.contains(each.entry().toString()))
                    .toList();
        }

        /** What was set by hand, what the note had before, and what the words brought along. */
        private String labels(List<CopyMeter.Earlier> earlier, List<Content.Passage> passages) {
            TreeSet<String> all = new TreeSet<>(labels(sheet.sensitivity()));
            if (former != null) {
                all.addAll(labels(former.sensitivity()));
            }
            sources(earlier, passages).forEach(source -> all.addAll(labels(source.sensitivity())));
            return String.join(" ", all);
        }

        private static List<String> labels(String sensitivity) {
            return Arrays.stream(sensitivity.split(" "))
                    .filter(label -> !label.isBlank())
                    .toList();
        }

        private Instant event() {
            Instant otherwise =
                    former != null ? former.event() : visit == null || visit.end() == null ? now() : visit.end();
            return moment("date", sheet.date(), "time", sheet.time(), otherwise);
        }

        private Instant statedOtherwise(Instant event) {
            return former != null ? former.statedAt() : event;
        }

        /** The moment of a typed day and time; each blank takes that of {@code otherwise}. */
        private Instant moment(String dateField, String date, String timeField, String time, Instant otherwise) {
            ZoneId zone = zone();
            LocalDate today = LocalDate.ofInstant(now(), zone);
            LocalDate day = LocalDate.ofInstant(otherwise, zone);
            LocalTime at = LocalTime.ofInstant(otherwise, zone);
            if (!date.isBlank()) {
                Optional<PartialDate> read = TypedDate.past(date, today).filter(PartialDate::exact);
                if (read.isEmpty()) {
                    problems.add(Problem.error(dateField, "Enter a day, such as 11/22 or t-1"));
                } else {
                    day = read.get().from();
                }
            }
            if (!time.isBlank()) {
                Optional<LocalTime> read = TypedTime.read(time);
                if (read.isEmpty()) {
                    problems.add(Problem.error(timeField, "Enter a time, such as 3:52 pm or 1552"));
                } else {
                    at = read.get();
                }
            }
            if (date.isBlank() && time.isBlank()) {
                return otherwise;
            }
            Instant moment = day.atTime(at).atZone(zone).toInstant();
            if (moment.isAfter(now().plus(5, ChronoUnit.MINUTES))) {
                problems.add(Problem.error(date.isBlank() ? timeField : dateField, "That lies in the future"));
            }
            return moment;
        }

        /** Whose words these are: those of the clinician who types, else of the practitioner who is named. */
        private @Nullable PractitionerId author() {
            if (own) {
                return actor.practitioner();
            }
            if (!SOURCES.contains(sheet.source())) {
                problems.add(Problem.error("source", "Choose what this is taken from"));
            }
            PractitionerId named;
            try {
                named = sheet.author().isBlank() ? null : PractitionerId.of(sheet.author());
            } catch (IllegalArgumentException malformed) {
                named = null;
            }
            if (named == null || !known(named)) {
                problems.add(Problem.error("author", "Choose the clinician whose words these are"));
            }
            return named;
        }

        private boolean known(PractitionerId practitioner) {
            return visit != null && practitioner.equals(visit.attending())
                    || former != null && practitioner.equals(former.statedByPractitioner())
                    || directory.practitionersAt(facility()).stream()
                            .map(Directory.Practitioner::id)
                            .anyMatch(practitioner::equals);
        }

        private FacilityId facility() {
            FacilityId facility =
                    former != null ? former.facility() : visit != null ? visit.facility() : actor.facility();
            if (facility == null) {
                throw new Rejected("Choose a facility in the bar first");
            }
            return facility;
        }

        private ZoneId zone() {
            return directory.facility(facility()).map(Directory.Facility::zone).orElse(ZoneOffset.UTC);
        }
    }
}
