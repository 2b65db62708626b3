package org.chartkeeper.chart.document.domain;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.chartkeeper.access.Access;
import org.chartkeeper.access.Directory;
import org.chartkeeper.audit.AuditEvent;
import org.chartkeeper.audit.AuditTrail;
import org.chartkeeper.chart.ChartReader;
import org.chartkeeper.chart.ChartWriter;
import org.chartkeeper.chart.Concept;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.EncounterView;
import org.chartkeeper.chart.Encounters;
import org.chartkeeper.chart.EntryCommand;
import org.chartkeeper.chart.EntryCommand.VersionKind;
import org.chartkeeper.chart.EntryView;
import org.chartkeeper.chart.document.DocumentType;
import org.chartkeeper.chart.document.DocumentTypes;
import org.chartkeeper.chart.document.Documents;
import org.chartkeeper.chart.document.Intake.Page;
import org.chartkeeper.chart.document.PageImage;
import org.chartkeeper.patient.PatientSummary;
import org.chartkeeper.patient.Patients;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.ContentStore;
import org.chartkeeper.platform.EncounterId;
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
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** Files what came in: as an entry of the record, by the one writer, with the pages that are its own and no other. */
@Service
class FilingService implements Documents {

    private static final Set<String> LABELS = Set.of(
            "genetic",
            "hiv",
            "mental-health",
            "minor-consent",
            "part2",
            "psychotherapy",
            "reproductive",
            "sud-counseling");
    private static final Set<String> DECISIONS = Set.of("given", "refused", "not-obtained", "none-on-file");
    private static final int LONGEST_TITLE = 200;
    private static final int LONGEST_TEXT = 1000;

    private final IntakeStore rows;
    private final TextStore texts;
    private final Workbench bench;
    private final ContentStore store;
    private final DocumentTypes types;
    private final ChartWriter writer;
    private final ChartReader reader;
    private final Encounters encounters;
    private final Patients patients;
    private final Access access;
    private final Directory directory;
    private final AuditTrail audit;
    private final Idempotency idempotency;
    private final Recognition recognition;
    private final ObjectProvider<SchedulerClient> scheduler;
    private final TransactionTemplate transactions;
    private final Clock clock;

    FilingService(
            IntakeStore rows,
            TextStore texts,
            Workbench bench,
            ContentStore store,
            DocumentTypes types,
            ChartWriter writer,
            ChartReader reader,
            Encounters encounters,
            Patients patients,
            Access access,
            Directory directory,
            AuditTrail audit,
            Idempotency idempotency,
            Recognition recognition,
            ObjectProvider<SchedulerClient> scheduler,
            PlatformTransactionManager transactionManager,
            Clock clock) {
        this.rows = rows;
        this.texts = texts;
        this.bench = bench;
        this.store = store;
        this.types = types;
        this.writer = writer;
        this.reader = reader;
        this.encounters = encounters;
        this.patients = patients;
        this.access = access;
        this.directory = directory;
        this.audit = audit;
        this.idempotency = idempotency;
        this.recognition = recognition;
        this.scheduler = scheduler;
        this.transactions = new TransactionTemplate(transactionManager);
        this.clock = clock;
    }

    // ---- filing
    // ------------------------------------------------------------------------------------------------------------

    @Override
    @Requires(Permission.DOCUMENT_INDEX)
    public Filed file(Actor actor, Filing filing) throws IOException {
        IntakeStore.FileRow file = transactions.execute(status -> row(actor, filing.file(), false));
        if (file == null) {
            throw new NotFound("intake " + filing.file());
        }
        List<Page> pages = transactions.execute(status -> rows.pages(file.id()));
        List<Problem> problems = new ArrayList<>();
        checkPages(filing.pages(), file, problems);
        PatientSummary patient = patient(actor, filing.patient());
        Described described = describe(
                new Index(
                        patient.id(),
                        file.facility(),
                        filing.visit(),
                        filing.type(),
                        filing.title(),
                        filing.date(),
                        filing.author(),
                        filing.authorName(),
                        filing.sensitivity(),
                        filing.directive(),
                        filing.note(),
                        filing.origin()),
                patient,
                problems);
        problems.addAll(IdentityCheck.problems(
                filing.identity(), patient, described.account(), LocalDate.now(clock.withZone(zone(file.facility())))));
        if (!problems.isEmpty()) {
            throw new Rejected(problems);
        }
        Made made = make(file, filing.pages(), pages == null ? List.of() : pages);
        String answer = transactions.execute(status -> idempotency.once(filing.key(), () -> {
            IntakeStore.FileRow locked = row(actor, filing.file(), true);
            if (locked.version() != filing.version()) {
                throw new Stale("intake " + locked.id(), filing.version(), locked.version());
            }
            EntryId entry = write(actor, filing, locked, patient, described, made);
            int left = rows.settle(locked.id(), actor.user(), clock.instant());
            return entry + " " + left;
        }));
        String[] parts = String.valueOf(answer).split(" ");
        return new Filed(EntryId.of(parts[0]), Integer.parseInt(parts[1]));
    }

    private EntryId write(
            Actor actor,
            Filing filing,
            IntakeStore.FileRow file,
            PatientSummary patient,
            Described described,
            Made made) {
        Instant now = clock.instant();
        Content.Document content = described.content(made, file.receivedAt().toString(), filing.note());
        EntryId entry = writer.write(List.of(new EntryCommand(
                        VersionKind.ORIGINAL,
                        null,
                        null,
                        patient.id(),
                        file.facility(),
                        filing.visit(),
                        content,
                        described.event(),
                        described.precision(),
                        described.statement(),
                        new EntryCommand.Source(
                                file.kind() == FileKind.CDA || file.kind() == FileKind.TEXT ? "import" : "paper",
                                file.sha256(),
                                "pages " + joined(filing.pages())),
                        null,
                        described.sensitivity(),
                        false)))
                .get(0)
                .entry();
        if (rows.move(file.id(), filing.pages(), "open", "filed", entry)
                != filing.pages().size()) {
            throw new Rejected(List.of(Problem.error(
                    "pages", "Some of these pages were filed or left out meanwhile. Open the file again.")));
        }
        rows.filed(entry, patient.id().value(), file, filing.pages(), actor.user(), now);
        texts.awaited(entry, patient.id().value(), now);
        TextJob.enqueue(scheduler, entry, clock);
        audit.record(AuditEvent.done("document.file")
                .of(patient.id())
                .at(file.facility())
                .on("intake", file.id())
                .count(filing.pages().size())
                .details(entry.toString()));
        return entry;
    }

    private static void checkPages(List<Integer> pages, IntakeStore.FileRow file, List<Problem> problems) {
        if (pages.isEmpty()) {
            problems.add(Problem.error("pages", "Say which pages."));
        } else if (pages.stream().anyMatch(page -> page < 1 || page > file.pages())) {
            problems.add(Problem.error("pages", "The file has pages 1 to " + file.pages() + "."));
        } else if (new HashSet<>(pages).size() != pages.size()) {
            problems.add(Problem.error("pages", "A page is named twice."));
        }
    }

    /** The file of a document. */
    private record Made(String sha256, long size, String mediaType, int pages) {}

    /** The file as it came where all of it is one document as it lies; else a PDF of the pages. Safe on disk afterwards. */
    private Made make(IntakeStore.FileRow file, List<Integer> chosen, List<Page> pages) throws IOException {
        List<PdfAssembly.Turned> turned = chosen.stream()
                .map(number -> new PdfAssembly.Turned(
                        number, number <= pages.size() ? pages.get(number - 1).rotation() : 0))
                .toList();
        boolean whole = turned.size() == file.pages();
        for (int i = 0; i < turned.size(); i++) {
            whole &= turned.get(i).number() == i + 1 && turned.get(i).rotation() == 0;
        }
        if (whole || !file.kind().drawn()) {
            return new Made(file.sha256(), file.size(), file.kind().mediaType(), file.pages());
        }
        try (Workbench.OnBench from = bench.fetch(file.sha256());
                Workbench.OnBench to = new Workbench.OnBench()) {
            bench.drawing(() -> {
                PdfAssembly.write(from.path, file.kind(), turned, to.path);
                return true;
            });
            try (InputStream in = Files.newInputStream(to.path)) {
                ContentStore.Stored stored = store.put(in);
                return new Made(stored.sha256(), stored.size(), FileKind.PDF.mediaType(), turned.size());
            }
        }
    }

    private IntakeStore.FileRow row(Actor actor, UUID file, boolean lock) {
        FacilityId here = actor.facility();
        IntakeStore.FileRow row = rows.find(file, here == null ? List.of() : List.of(here), lock)
                .orElseThrow(() -> new NotFound("intake " + file));
        return row;
    }

    /** A patient whose chart the actor may open; any other is as if not there. */
    private PatientSummary patient(Actor actor, PatientId id) {
        if (!(access.decideChart(actor, id) instanceof Access.Decision.Granted)) {
            throw new NotFound("patient " + id);
        }
        return patients.find(id).orElseThrow(() -> new NotFound("patient " + id));
    }

    // ---- what an index says
    // --------------------------------------------------------------------------------------------------

    private record Index(
            PatientId patient,
            FacilityId facility,
            @Nullable EncounterId visit,
            String type,
            @Nullable String title,
            PartialDate date,
            @Nullable PractitionerId author,
            @Nullable String authorName,
            String sensitivity,
            Content.@Nullable Directive directive,
            @Nullable String note,
            @Nullable String origin) {}

    /** An index that was checked. */
    private record Described(
            DocumentType type,
            String title,
            String date,
            @Nullable String author,
            @Nullable String origin,
            Content.@Nullable Directive directive,
            Instant event,
            String precision,
            EntryCommand.Statement statement,
            String sensitivity,
            @Nullable String account) {

        Content.Document content(Made made, @Nullable String received, @Nullable String note) {
            Concept kind = type.loinc() == null
                    ? Concept.of(type.title())
                    : new Concept(type.title(), List.of(new Concept.Coding(Concept.LOINC, type.loinc(), type.title())));
            return new Content.Document(
                    kind,
                    title,
                    made.mediaType(),
                    made.sha256(),
                    made.size(),
                    date,
                    author,
                    origin,
                    blankToNull(note),
                    type.key(),
                    type.section().key(),
                    received,
                    made.pages(),
                    directive);
        }
    }

    private Described describe(Index index, PatientSummary patient, List<Problem> problems) {
        DocumentType type = types.find(index.type()).orElse(null);
        if (type == null) {
            problems.add(Problem.error("type", "Choose what kind of document it is."));
            throw new Rejected(problems);
        }
        ZoneId zone = zone(index.facility());
        checkDate(index.date(), patient, zone, problems);
        String title = index.title() == null || index.title().isBlank()
                ? type.title()
                : index.title().strip();
        tooLong("title", title, LONGEST_TITLE, problems);
        tooLong("note", index.note(), LONGEST_TEXT, problems);
        tooLong("authorName", index.authorName(), LONGEST_TITLE, problems);
        tooLong("origin", index.origin(), LONGEST_TITLE, problems);
        if (!index.sensitivity().isBlank() && !LABELS.contains(index.sensitivity())) {
            problems.add(Problem.error("sensitivity", "Choose a label of the list."));
        }
        String account = null;
        if (index.visit() != null) {
            EncounterView visit =
                    encounters.find(index.patient(), index.visit()).orElse(null);
            if (visit == null) {
                problems.add(Problem.error("visit", "This visit is not the chosen patient's."));
            } else {
                account = visit.accountNumber();
            }
        }
        String author = blankToNull(index.authorName());
        PractitionerId practitioner = index.author();
        if (practitioner != null) {
            Map<PractitionerId, Directory.Practitioner> found = directory.practitioners(List.of(practitioner));
            Directory.Practitioner known = found.get(practitioner);
            if (known == null) {
                problems.add(Problem.error("author", "Choose an author of the list."));
            } else {
                author = known.name();
            }
        }
        Content.Directive directive = directive(type, index.directive(), problems);
        Instant event = index.date().from().atStartOfDay(zone).toInstant();
        Set<String> labels = new java.util.TreeSet<>(
                List.of(type.sensitivity(), index.sensitivity().strip()));
        labels.remove("");
        return new Described(
                type,
                title,
                index.date().toString(),
                author,
                blankToNull(index.origin()),
                directive,
                event,
                index.date().exact() ? "day" : index.date().month() > 0 ? "month" : "year",
                practitioner != null
                        ? new EntryCommand.Statement("practitioner", practitioner, null, event, null)
                        : new EntryCommand.Statement(
                                "outside", null, author == null ? "as the document says" : author, event, null),
                String.join(" ", labels),
                account);
    }

    private void checkDate(PartialDate date, PatientSummary patient, ZoneId zone, List<Problem> problems) {
        if (date.from().isAfter(LocalDate.now(clock.withZone(zone)))) {
            problems.add(Problem.error("date", "The document's date lies in the future."));
        }
        LocalDate born = patient.bornOn();
        if (born != null && date.to().isBefore(born)) {
            problems.add(Problem.error("date", "The document's date lies before the patient's birth."));
        }
    }

    private Content.@Nullable Directive directive(
            DocumentType type, Content.@Nullable Directive typed, List<Problem> problems) {
        if (type.directive() == null) {
            return null;
        }
        if (typed == null || !DECISIONS.contains(typed.decision())) {
            problems.add(Problem.error("decision", "Choose what was decided."));
            return null;
        }
        if (typed.decision().equals("not-obtained") && blankToNull(typed.reason()) == null) {
            problems.add(Problem.error("whyNot", "Say why it was not obtained."));
        }
        if (typed.validFrom() != null
                && typed.validUntil() != null
                && typed.validUntil().compareTo(typed.validFrom()) < 0) {
            problems.add(Problem.error("validUntil", "It would end before it begins."));
        }
        for (String text : new String[] {typed.concerns(), typed.reason(), typed.signedBy(), typed.witnessedBy()}) {
            tooLong("decision", text, LONGEST_TITLE, problems);
        }
        return new Content.Directive(
                type.directive(),
                typed.decision(),
                blankToNull(typed.concerns()),
                blankToNull(typed.reason()),
                blankToNull(typed.signedBy()),
                blankToNull(typed.witnessedBy()),
                blankToNull(typed.validFrom()),
                blankToNull(typed.validUntil()),
                blankToNull(typed.revoked()));
    }

    private static void tooLong(String field, @Nullable String text, int longest, List<Problem> problems) {
        if (text != null && text.length() > longest) {
            problems.add(Problem.error(field, "At most " + longest + " characters."));
        }
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    private static String joined(List<Integer> pages) {
        return String.join(", ", pages.stream().map(String::valueOf).toList());
    }

    private ZoneId zone(FacilityId facility) {
        return directory.facility(facility).map(Directory.Facility::zone).orElse(ZoneOffset.UTC);
    }

    // ---- filed documents
    // ---------------------------------------------------------------------------------------------------

    @Override
    @Requires(Permission.DOCUMENT_INDEX)
    @Transactional
    public void reindex(Actor actor, Reindexing change) {
        EntryView entry = entry(actor, change.patient(), change.entry());
        Content.Document before = document(entry);
        List<Problem> problems = new ArrayList<>();
        if (blankToNull(change.reason()) == null) {
            problems.add(Problem.error("reason", "Say why it is indexed anew."));
        }
        tooLong("reason", change.reason(), LONGEST_TEXT, problems);
        PatientSummary patient =
                patients.find(entry.patient()).orElseThrow(() -> new NotFound("patient " + entry.patient()));
        Described described = describe(
                new Index(
                        entry.patient(),
                        entry.facility(),
                        change.visit(),
                        change.type(),
                        change.title(),
                        change.date(),
                        change.author(),
                        change.authorName(),
                        change.sensitivity(),
                        change.directive(),
                        change.note(),
                        change.origin()),
                patient,
                problems);
        if (!problems.isEmpty()) {
            throw new Rejected(problems);
        }
        Made same = new Made(
                before.sha256(), before.size(), before.mediaType(), before.pages() == null ? 0 : before.pages());
        Content.Document drawn = described.content(same, before.received(), change.note());
        Content.Document content = before.pages() == null
                ? new Content.Document(
                        drawn.kind(),
                        drawn.name(),
                        drawn.mediaType(),
                        drawn.sha256(),
                        drawn.size(),
                        drawn.serviceDate(),
                        drawn.author(),
                        drawn.origin(),
                        drawn.note(),
                        drawn.typeKey(),
                        drawn.section(),
                        drawn.received(),
                        null,
                        drawn.directive())
                : drawn;
        idempotency.once(change.key(), () -> {
            ChartWriter.Standing standing = standing(entry);
            writer.write(List.of(new EntryCommand(
                    standing.locked() ? VersionKind.CORRECTION : VersionKind.REVISION,
                    entry.id(),
                    change.version(),
                    entry.patient(),
                    entry.facility(),
                    change.visit(),
                    content,
                    described.event(),
                    described.precision(),
                    described.statement(),
                    new EntryCommand.Source("paper", before.sha256(), null),
                    change.reason(),
                    described.sensitivity(),
                    false)));
            return entry.id().toString();
        });
    }

    private ChartWriter.Standing standing(EntryView entry) {
        ChartWriter.Standing standing = writer.standing(List.of(entry.id())).get(entry.id());
        if (standing == null) {
            throw new NotFound("entry " + entry.id());
        }
        return standing;
    }

    @Override
    @Requires(Permission.DOCUMENT_INDEX)
    @Transactional
    public UUID giveBack(Actor actor, PatientId patient, EntryId id, int version, String reason, String key) {
        if (blankToNull(reason) == null) {
            throw new Rejected(List.of(Problem.error("backReason", "Say why it does not belong here.")));
        }
        EntryView entry = entry(actor, patient, id);
        IntakeStore.Filed filed = rows.filing(id).orElse(null);
        if (filed == null) {
            throw new Rejected("This document did not come in by the queue; it cannot be given back to it.");
        }
        idempotency.once(key, () -> {
            ChartWriter.Standing standing = standing(entry);
            writer.write(List.of(new EntryCommand(
                    VersionKind.RETRACTION,
                    id,
                    version,
                    entry.patient(),
                    entry.facility(),
                    null,
                    standing.newest(),
                    entry.event(),
                    entry.eventPrecision(),
                    new EntryCommand.Statement("outside", null, actor.name(), clock.instant(), null),
                    new EntryCommand.Source("direct", null, null),
                    reason,
                    "",
                    false)));
            rows.reopen(filed.intake(), id);
            rows.takenBack(id, clock.instant());
            audit.record(AuditEvent.done("document.give-back")
                    .of(entry.patient())
                    .at(entry.facility())
                    .on("intake", filed.intake())
                    .details(id.toString()));
            return filed.intake().toString();
        });
        return filed.intake();
    }

    @Override
    @Requires(Permission.CHART_READ)
    public View view(Actor actor, PatientId patient, EntryId id) throws IOException {
        EntryView entry = entry(actor, patient, id);
        Content.Document document = document(entry);
        IntakeStore.Standing standing = transactions.execute(status -> rows.standing(id));
        if (standing == null) {
            throw new IllegalStateException("no standing of " + id);
        }
        FileKind kind = FileKind.ofMediaType(document.mediaType()).orElse(null);
        int pages = 0;
        String text = null;
        String fault = null;
        try {
            if (kind == null) {
                fault = "Files of this format cannot be shown. Download it.";
            } else if (!kind.drawn()) {
                try (Workbench.OnBench file = bench.fetch(document.sha256())) {
                    text = bench.text(file.path, kind);
                }
            } else if (standing.intake() != null && document.pages() != null) {
                pages = document.pages();
            } else {
                pages = bench.pagesOf(document.sha256(), kind);
            }
        } catch (Rejected refused) {
            fault = refused.problems().get(0).message();
        } catch (IOException damaged) {
            fault = "The file cannot be read.";
        }
        return new View(
                entry,
                document,
                pages,
                text,
                fault,
                standing.words() == null ? "none" : standing.words(),
                standing.intake());
    }

    @Override
    @Requires(Permission.CHART_READ)
    public PageImage page(Actor actor, PatientId patient, EntryId id, int number, int width) throws IOException {
        Content.Document document = document(entry(actor, patient, id));
        FileKind kind = FileKind.ofMediaType(document.mediaType())
                .filter(FileKind::drawn)
                .orElseThrow(() -> new NotFound("pages of " + id));
        // What came in by the queue was looked through there; what an import brought is looked through here.
        int pages = bench.pagesOf(document.sha256(), kind);
        if (number < 1 || number > pages) {
            throw new NotFound("page " + number + " of " + id);
        }
        try (Workbench.OnBench file = bench.fetch(document.sha256())) {
            return bench.draw(file.path, kind, number, width, 0);
        }
    }

    @Override
    @Requires(Permission.CHART_READ)
    public InputStream content(Actor actor, PatientId patient, EntryId id) throws IOException {
        return bench.verified(document(entry(actor, patient, id)).sha256());
    }

    @Override
    @Requires({Permission.CHART_READ, Permission.DOCUMENT_INDEX})
    public boolean recognition() {
        return recognition.installed();
    }

    private EntryView entry(Actor actor, PatientId patient, EntryId id) {
        return reader.entry(actor, patient, id).orElseThrow(() -> new NotFound("entry " + id + " of " + patient));
    }

    private static Content.Document document(EntryView entry) {
        if (entry.content() instanceof Content.Document document) {
            return document;
        }
        throw new NotFound("document " + entry.id());
    }
}
