package org.chartkeeper.chart.document.domain;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.chartkeeper.audit.AuditEvent;
import org.chartkeeper.audit.AuditTrail;
import org.chartkeeper.chart.document.Intake;
import org.chartkeeper.chart.document.MalwareScanner;
import org.chartkeeper.chart.document.PageImage;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.ContentStore;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.NotAllowed;
import org.chartkeeper.platform.NotFound;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Problem;
import org.chartkeeper.platform.Rejected;
import org.chartkeeper.platform.Requires;
import org.chartkeeper.platform.Slice;
import org.chartkeeper.platform.Stale;
import org.chartkeeper.platform.Uuid7;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.unit.DataSize;

/**
 * Takes files in. A file is announced (a row that nobody sees), kept (content store, synced to disk) and then appears, in
 * this order: a power cut at any place leaves nothing to be seen that is not there, and nothing kept that is not found
 * again by {@link #recover}.
 */
@Service
class IntakeService implements Intake {

    /** After this long an announced file has been left behind by a process that is gone. */
    static final Duration STRANDED = Duration.ofMinutes(15);

    private static final Logger LOG = LoggerFactory.getLogger(IntakeService.class);
    private static final int LONGEST_LABEL = 120;
    private static final int LONGEST_REASON = 500;
    private static final List<String> CHANNELS = List.of("scan", "fax", "upload");

    private final IntakeStore rows;
    private final ContentStore store;
    private final Workbench bench;
    private final MalwareScanner scanner;
    private final CurrentActor current;
    private final AuditTrail audit;
    private final TransactionTemplate transactions;
    private final Clock clock;
    private final long largest;

    IntakeService(
            IntakeStore rows,
            ContentStore store,
            Workbench bench,
            MalwareScanner scanner,
            CurrentActor current,
            AuditTrail audit,
            PlatformTransactionManager transactionManager,
            Clock clock,
            @Value("${chartkeeper.documents.max-upload:100MB}") DataSize largest) {
        this.rows = rows;
        this.store = store;
        this.bench = bench;
        this.scanner = scanner;
        this.current = current;
        this.audit = audit;
        this.transactions = new TransactionTemplate(transactionManager);
        this.clock = clock;
        this.largest = largest.toBytes();
    }

    @Override
    @Requires(Permission.DOCUMENT_INDEX)
    public long largest() {
        return largest;
    }

    @Override
    @Requires(Permission.DOCUMENT_INDEX)
    public Receipt receive(String name, InputStream content, FacilityId facility, String channel) throws IOException {
        Actor actor = current.get();
        if (!actor.facilities().contains(facility) && !actor.isSystem()) {
            throw new NotAllowed("documents of a facility of somebody else");
        }
        if (!CHANNELS.contains(channel)) {
            throw new Rejected(List.of(Problem.error("channel", "Choose how it came in.")));
        }
        String label = label(name);
        try (Workbench.OnBench file = new Workbench.OnBench()) {
            Workbench.Copied copied = bench.copy(content, file, largest);
            if (copied.tooLarge()) {
                throw Refusal.of("The file is larger than the limit of " + megabytes() + ".");
            }
            if (copied.size() == 0) {
                throw Refusal.of("The file is empty.");
            }
            Receipt known = known(facility, copied.sha256());
            if (known != null) {
                return known;
            }
            FileKind kind = Workbench.kind(file.path);
            int pages = bench.inspect(file.path, kind);
            scan(file);
            return keep(file, copied, kind, pages, label, facility, channel, actor);
        }
    }

    private @Nullable Receipt known(FacilityId facility, String sha256) {
        return transactions.execute(status -> rows.sameContent(facility, sha256)
                .filter(row -> !row.state().equals("receiving"))
                .map(row -> new Receipt(
                        row.id(),
                        row.label(),
                        row.pages(),
                        rows.named(List.of(row)).get(0)))
                .orElse(null));
    }

    private void scan(Workbench.OnBench file) throws IOException {
        if (!scanner.active()) {
            return;
        }
        String found;
        try (InputStream in = Files.newInputStream(file.path)) {
            found = scanner.scan(in);
        } catch (IOException e) {
            LOG.warn("the malware scanner does not answer");
            throw Refusal.of("The malware scanner does not answer, so the file was not taken in. Try again later.");
        }
        if (found != null) {
            LOG.warn("malware found in a file: {}", found);
            throw Refusal.of("The malware scanner found something in the file: " + found + ".");
        }
    }

    private Receipt keep(
            Workbench.OnBench file,
            Workbench.Copied copied,
            FileKind kind,
            int pages,
            String label,
            FacilityId facility,
            String channel,
            Actor actor)
            throws IOException {
        UUID announced = Uuid7.next();
        boolean mine = Boolean.TRUE.equals(transactions.execute(status -> rows.announce(
                announced,
                facility,
                copied.sha256(),
                copied.size(),
                kind,
                label,
                channel,
                pages,
                actor.user(),
                clock.instant())));
        // Somebody else is at the same content, or was and is gone: the announcement that stands is carried on.
        UUID id = mine
                ? announced
                : transactions.execute(status -> rows.sameContent(facility, copied.sha256())
                        .map(IntakeStore.FileRow::id)
                        .orElse(announced));
        try (InputStream in = Files.newInputStream(file.path)) {
            store.put(in);
        } catch (IOException | RuntimeException e) {
            if (mine) {
                transactions.executeWithoutResult(status -> rows.forget(announced));
            }
            throw e;
        }
        boolean appeared = appear(id, facility);
        if (!appeared) {
            Receipt known = known(facility, copied.sha256());
            if (known != null) {
                return known;
            }
        }
        return new Receipt(id, label, pages, null);
    }

    private boolean appear(UUID id, FacilityId facility) {
        return Boolean.TRUE.equals(transactions.execute(status -> {
            boolean appeared = rows.appear(id);
            if (appeared) {
                audit.record(AuditEvent.done("document.receive").at(facility).on("intake", id));
            }
            return appeared;
        }));
    }

    /**
     * Finds what a process that is gone has announced and not brought to its end: what was kept appears, what was not is
     * forgotten; whoever sent it got no answer and has it still.
     *
     * @return how many appeared
     */
    int recover() {
        Instant before = clock.instant().minus(STRANDED);
        List<IntakeStore.FileRow> stranded = transactions.execute(status -> rows.stranded(before, 500));
        int found = 0;
        for (IntakeStore.FileRow row : stranded == null ? List.<IntakeStore.FileRow>of() : stranded) {
            if (kept(row)) {
                boolean appeared = current.asSystem(row.facility(), () -> appear(row.id(), row.facility()));
                found += appeared ? 1 : 0;
            } else {
                transactions.executeWithoutResult(status -> rows.forget(row.id()));
            }
        }
        return found;
    }

    private boolean kept(IntakeStore.FileRow row) {
        try (InputStream in = bench.verified(row.sha256())) {
            return in.transferTo(java.io.OutputStream.nullOutputStream()) == row.size();
        } catch (IOException | NotFound e) {
            return false;
        }
    }

    /**
     * What is kept of a file's name: a label for the eye, never used to open anything.
     *
     * @throws Rejected where a path stands in it
     */
    static String label(String name) {
        if (name.indexOf('/') >= 0
                || name.indexOf('\\') >= 0
                || name.indexOf('\0') >= 0
                || name.strip().equals("..")) {
            throw Refusal.of("The file's name holds a path. Rename the file and send it again.");
        }
        StringBuilder plain = new StringBuilder();
        name.codePoints()
                .filter(c -> switch (Character.getType(c)) {
                    // what turns the direction of writing around, or is not seen at all
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.SURROGATE,
                            Character.PRIVATE_USE,
                            Character.UNASSIGNED,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR -> false;
                    default -> true;
                })
                .forEach(plain::appendCodePoint);
        String label = plain.toString().strip().replaceAll("\\s+", " ");
        if (label.codePointCount(0, label.length()) > LONGEST_LABEL) {
            label = label.substring(0, label.offsetByCodePoints(0, LONGEST_LABEL - 1)) + "…";
        }
        return label.isEmpty() ? "without a name" : label;
    }

    private String megabytes() {
        return largest >= 1 << 20 ? (largest >> 20) + " MB" : (largest >> 10) + " kB";
    }

    // ---- the queue
    // ---------------------------------------------------------------------------------------------------------

    @Override
    @Requires(Permission.DOCUMENT_INDEX)
    @Transactional(readOnly = true)
    public Slice<Item> waiting(Actor actor, @Nullable String after, int limit) {
        return rows.waiting(at(actor), after, limit);
    }

    @Override
    @Requires(Permission.DOCUMENT_INDEX)
    @Transactional(readOnly = true)
    public Backlog backlog(Actor actor) {
        return rows.backlog(actor.facility());
    }

    @Override
    @Requires(Permission.DOCUMENT_INDEX)
    @Transactional(readOnly = true)
    public Sheet open(Actor actor, UUID file) {
        IntakeStore.FileRow row = row(actor, file, false);
        int[] place = row.state().equals("waiting") ? rows.place(row) : new int[] {0, 0};
        return new Sheet(
                rows.named(List.of(row)).get(0),
                rows.pages(file),
                place[0],
                place[1],
                row.kind().drawn());
    }

    @Override
    @Requires(Permission.DOCUMENT_INDEX)
    @Transactional(readOnly = true)
    public @Nullable UUID next(Actor actor, UUID after) {
        return rows.next(row(actor, after, false));
    }

    @Override
    @Requires(Permission.DOCUMENT_INDEX)
    public PageImage page(Actor actor, UUID file, int number, int width) throws IOException {
        IntakeStore.FileRow row = reading(actor, file, "page " + number);
        if (!row.kind().drawn() || number < 1 || number > row.pages()) {
            throw new NotFound("page " + number + " of " + file);
        }
        int rotation =
                transactions.execute(status -> rows.pages(file).get(number - 1).rotation());
        try (Workbench.OnBench kept = bench.fetch(row.sha256())) {
            return bench.draw(kept.path, row.kind(), number, width, rotation);
        }
    }

    @Override
    @Requires(Permission.DOCUMENT_INDEX)
    public InputStream content(Actor actor, UUID file) throws IOException {
        return bench.verified(reading(actor, file, "content").sha256());
    }

    @Override
    @Requires(Permission.DOCUMENT_INDEX)
    public String text(Actor actor, UUID file) throws IOException {
        IntakeStore.FileRow row = transactions.execute(status -> row(actor, file, false));
        if (row == null || row.kind().drawn()) {
            return "";
        }
        try (Workbench.OnBench kept = bench.fetch(row.sha256())) {
            String text = bench.text(kept.path, row.kind());
            return text == null ? "" : text;
        }
    }

    /** Who it belongs to is not known yet, so the event names the file; it is recorded before anything is read. */
    private IntakeStore.FileRow reading(Actor actor, UUID file, String what) {
        IntakeStore.FileRow row = transactions.execute(status -> row(actor, file, false));
        if (row == null) {
            throw new NotFound("intake " + file);
        }
        audit.recordAlone(AuditEvent.done("document.look")
                .at(row.facility())
                .on("intake", file)
                .details(what));
        return row;
    }

    @Override
    @Requires(Permission.DOCUMENT_INDEX)
    @Transactional
    public void rotate(Actor actor, UUID file, int page, int quarters) {
        open(row(actor, file, true));
        rows.turn(file, page, Math.floorMod(quarters, 4) * 90);
    }

    @Override
    @Requires(Permission.DOCUMENT_INDEX)
    @Transactional
    public void leaveOut(Actor actor, UUID file, List<Integer> pages) {
        IntakeStore.FileRow row = open(row(actor, file, true));
        if (pages.isEmpty()) {
            throw new Rejected(List.of(Problem.error("pages", "Say which pages.")));
        }
        if (pages.size() == row.open() && row.open() == row.pages()) {
            throw new Rejected("All pages would be left out. Remove the file from the queue and say why.");
        }
        rows.move(file, pages, "open", "left out", null);
        rows.settle(file, actor.user(), clock.instant());
        audit.record(AuditEvent.done("document.leave-out")
                .at(row.facility())
                .on("intake", file)
                .count(pages.size()));
    }

    @Override
    @Requires(Permission.DOCUMENT_INDEX)
    @Transactional
    public void takeUp(Actor actor, UUID file, List<Integer> pages) {
        IntakeStore.FileRow row = open(row(actor, file, true));
        rows.move(file, pages, "left out", "open", null);
        rows.settle(file, actor.user(), clock.instant());
        audit.record(AuditEvent.done("document.take-up")
                .at(row.facility())
                .on("intake", file)
                .count(pages.size()));
    }

    @Override
    @Requires(Permission.DOCUMENT_INDEX)
    @Transactional
    public void remove(Actor actor, UUID file, int version, String reason) {
        IntakeStore.FileRow row = open(row(actor, file, true));
        if (row.version() != version) {
            throw new Stale("intake " + file, version, row.version());
        }
        String why = reason.strip();
        if (why.isEmpty() || why.length() > LONGEST_REASON) {
            throw new Rejected(List.of(Problem.error(
                    "reason",
                    why.isEmpty()
                            ? "Say why the file is removed."
                            : "The reason is longer than " + LONGEST_REASON + " characters.")));
        }
        if (rows.pages(file).stream().anyMatch(page -> page.state().equals("filed"))) {
            throw new Rejected("Pages of this file are filed. Leave out those that belong to no record.");
        }
        rows.close(file, "removed", actor.user(), clock.instant(), why);
        audit.record(AuditEvent.done("document.remove").at(row.facility()).on("intake", file));
    }

    private IntakeStore.FileRow row(Actor actor, UUID file, boolean lock) {
        return rows.find(file, at(actor), lock).orElseThrow(() -> new NotFound("intake " + file));
    }

    private static IntakeStore.FileRow open(IntakeStore.FileRow row) {
        if (!row.state().equals("waiting")) {
            throw new Rejected(
                    row.state().equals("indexed")
                            ? "All pages of this file are filed by now."
                            : "This file was removed from the queue by now.");
        }
        return row;
    }

    /** Where the person works now; a person without a facility sees none. */
    private static List<FacilityId> at(Actor actor) {
        return actor.facility() == null ? List.of() : List.of(actor.facility());
    }
}
