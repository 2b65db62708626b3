package org.chartkeeper.exchange.domain.fhir;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.chartkeeper.audit.AuditEvent;
import org.chartkeeper.audit.AuditTrail;
import org.chartkeeper.exchange.Imports;
import org.chartkeeper.exchange.domain.fhir.RunStore.Listed;
import org.chartkeeper.exchange.domain.fhir.RunStore.ProblemRow;
import org.chartkeeper.platform.ActorNames;
import org.chartkeeper.platform.ContentStore;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.Idempotency;
import org.chartkeeper.platform.NotAllowed;
import org.chartkeeper.platform.NotFound;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.PatientLabels;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Problem;
import org.chartkeeper.platform.Rejected;
import org.chartkeeper.platform.Requires;
import org.chartkeeper.platform.Slice;
import org.chartkeeper.platform.UserId;
import org.chartkeeper.platform.Uuid7;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** Imports for the pages. */
@Service
class ImportService implements Imports {

    /** What records are told apart by where nobody says. */
    static final String DEFAULT_SOURCE = "fhir";

    private final RunStore runs;
    private final ContentStore store;
    private final CurrentActor actor;
    private final ActorNames names;
    private final AuditTrail audit;
    private final PatientLabels labels;
    private final Idempotency idempotency;
    private final ObjectProvider<SchedulerClient> scheduler;
    private final TransactionTemplate transactions;
    private final Clock clock;

    ImportService(
            RunStore runs,
            ContentStore store,
            CurrentActor actor,
            ActorNames names,
            AuditTrail audit,
            PatientLabels labels,
            Idempotency idempotency,
            ObjectProvider<SchedulerClient> scheduler,
            PlatformTransactionManager transactionManager,
            Clock clock) {
        this.runs = runs;
        this.store = store;
        this.actor = actor;
        this.names = names;
        this.audit = audit;
        this.labels = labels;
        this.idempotency = idempotency;
        this.scheduler = scheduler;
        this.transactions = new TransactionTemplate(transactionManager);
        this.clock = clock;
    }

    @Override
    @Requires(Permission.IMPORT_RUN)
    public UUID upload(String key, String name, InputStream content, String source, FacilityId facility)
            throws IOException {
        if (!actor.get().facilities().contains(facility)) {
            throw new NotAllowed("import into a facility of somebody else");
        }
        String from = source.isBlank() ? DEFAULT_SOURCE : source.strip();
        if (from.length() > 100) {
            throw new Rejected(
                    List.of(Problem.error("source", "The name of the source is longer than 100 characters.")));
        }
        BufferedInputStream in = new BufferedInputStream(content, 64 * 1024);
        in.mark(8192);
        byte[] head = in.readNBytes(4096);
        in.reset();
        if (!readable(head)) {
            throw new Rejected(List.of(Problem.error(
                    "file",
                    "Choose a FHIR bundle or NDJSON file (JSON, possibly gzip) or a zip archive of such files.")));
        }
        String label = fileName(name);
        ContentStore.Stored stored = store.put(in);
        String run = transactions.execute(status -> idempotency.once(key, () -> {
            UUID id = Uuid7.next();
            runs.create(
                    id,
                    from,
                    facility,
                    actor.get().user(),
                    "upload",
                    label,
                    fingerprint(from, facility, List.of(stored.sha256())),
                    stored.sha256(),
                    clock.instant());
            audit.record(AuditEvent.done("import.upload").at(facility).on("import", id));
            schedule(id);
            return id.toString();
        }));
        return UUID.fromString(run);
    }

    private static boolean readable(byte[] head) {
        if (head.length >= 2 && (head[0] & 0xff) == 0x1f && (head[1] & 0xff) == 0x8b) {
            return true;
        }
        if (head.length >= 2 && head[0] == 'P' && head[1] == 'K') {
            return true;
        }
        String text = new String(head, StandardCharsets.UTF_8);
        return text.replace("\ufeff", "").stripLeading().startsWith("{");
    }

    /** Browsers of old send a whole path. */
    private static String fileName(String name) {
        String plain = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1)
                .strip();
        String shown = plain.isEmpty() ? "upload" : plain;
        return shown.length() > 200 ? shown.substring(0, 200) : shown;
    }

    /** Tells the same files from the same source into the same facility again. */
    static String fingerprint(String source, FacilityId facility, Collection<String> hashes) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(
                    (source + "\n" + facility + "\n" + String.join("\n", hashes)).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private void schedule(UUID run) {
        SchedulerClient client = scheduler.getIfAvailable();
        if (client == null) {
            throw new IllegalStateException("no job queue here");
        }
        client.scheduleIfNotExists(ImportJob.TASK.instance(run.toString()).scheduledTo(clock.instant()));
    }

    @Override
    @Requires(Permission.IMPORT_RUN)
    @Transactional(readOnly = true)
    public Slice<Run> list(@Nullable String after, int limit) {
        Instant at = null;
        UUID id = null;
        if (after != null) {
            String[] parts = after.split("_", 2);
            try {
                at = Instant.parse(parts[0]);
                id = UUID.fromString(parts[1]);
            } catch (java.time.DateTimeException | IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
                at = null;
            }
        }
        List<Listed> rows = runs.list(at, id, limit + 1);
        List<Listed> shown = rows.size() > limit ? rows.subList(0, limit) : rows;
        Map<UserId, String> people = people(shown);
        Listed last = shown.isEmpty() ? null : shown.get(shown.size() - 1);
        return new Slice<>(
                shown.stream().map(row -> run(row, people)).toList(),
                rows.size() > limit && last != null ? last.created() + "_" + last.id() : null);
    }

    private Map<UserId, String> people(List<Listed> rows) {
        Set<UserId> ids = rows.stream().map(row -> new UserId(row.by())).collect(Collectors.toSet());
        return ids.isEmpty() ? Map.of() : names.names(ids);
    }

    @Override
    @Requires(Permission.IMPORT_RUN)
    @Transactional(readOnly = true)
    public Run find(UUID id) {
        Listed row = runs.find(id).orElseThrow(() -> new NotFound("import " + id));
        return run(row, people(List.of(row)));
    }

    private static Run run(Listed row, Map<UserId, String> people) {
        long[] fates = row.fates();
        long read = 0;
        for (long fate : fates) {
            read += fate;
        }
        double seconds = row.activeMillis() / 1000.0;
        double share = row.state().equals("done") ? 1 : share(row);
        Long left = row.state().equals("running") && share > 0.02 && seconds > 2
                ? Long.valueOf(Math.round(seconds / share * (1 - share)))
                : null;
        return new Run(
                row.id(),
                row.label(),
                row.source(),
                new FacilityId(row.facility()),
                Objects.requireNonNullElse(people.get(new UserId(row.by())), "System"),
                row.origin(),
                row.state(),
                row.cancelling(),
                row.created(),
                row.finished(),
                row.files(),
                read,
                fates[0],
                fates[1],
                fates[2],
                fates[3],
                fates[4],
                (int) Math.floor(share * 100),
                left,
                seconds,
                seconds == 0 ? 0 : read / seconds,
                row.fault());
    }

    private static double share(Listed row) {
        return ImportRunner.share(
                Pass.of(row.pass()), row.bytesTotal() == 0 ? 0 : (double) row.bytesDone() / row.bytesTotal());
    }

    @Override
    @Requires(Permission.IMPORT_RUN)
    @Transactional(readOnly = true)
    public List<TypeCount> counts(UUID run) {
        Tally tally = runs.counts(run);
        return StreamSupport.stream(tally.types().spliterator(), false)
                .map(type -> new TypeCount(
                        type,
                        tally.read(type),
                        tally.count(type, Tally.Fate.STORED),
                        tally.count(type, Tally.Fate.UPDATED),
                        tally.count(type, Tally.Fate.UNCHANGED),
                        tally.count(type, Tally.Fate.KEPT),
                        tally.count(type, Tally.Fate.REFUSED)))
                .toList();
    }

    @Override
    @Requires(Permission.IMPORT_RUN)
    @Transactional(readOnly = true)
    public Slice<ProblemLine> problems(UUID run, @Nullable String after, int limit) {
        int file = 0;
        int entry = 0;
        String reason = "";
        if (after != null) {
            String[] parts = after.split("_", 3);
            try {
                file = Integer.parseInt(parts[0]);
                entry = Integer.parseInt(parts[1]);
                reason = parts.length > 2 ? parts[2] : "";
            } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
                file = 0;
            }
        }
        List<ProblemRow> rows = runs.problems(run, file, entry, reason, limit + 1);
        List<ProblemRow> shown = rows.size() > limit ? rows.subList(0, limit) : rows;
        ProblemRow last = shown.isEmpty() ? null : shown.get(shown.size() - 1);
        return new Slice<>(
                shown.stream().map(ProblemRow::line).toList(),
                rows.size() > limit && last != null
                        ? last.file() + "_" + last.line().entry() + "_"
                                + last.line().reason()
                        : null);
    }

    @Override
    @Requires(Permission.IMPORT_RUN)
    @Transactional
    public void cancel(UUID id) {
        Listed row = runs.find(id).orElseThrow(() -> new NotFound("import " + id));
        audit.record(AuditEvent.done("import.cancel")
                .at(new FacilityId(row.facility()))
                .on("import", id));
        runs.requestCancel(id);
    }

    @Override
    @Requires(Permission.IMPORT_RUN)
    @Transactional
    public void resume(UUID id) {
        Listed row = runs.find(id).orElseThrow(() -> new NotFound("import " + id));
        if (!runs.requeue(id)) {
            throw new Rejected("An import that is " + row.state() + " cannot go on.");
        }
        audit.record(AuditEvent.done("import.resume")
                .at(new FacilityId(row.facility()))
                .on("import", id));
        schedule(id);
    }

    @Override
    @Requires(Permission.IMPORT_RUN)
    @Transactional(readOnly = true)
    public Slice<Parked> parked(@Nullable String after, int limit) {
        UUID last = null;
        if (after != null) {
            try {
                last = UUID.fromString(after);
            } catch (IllegalArgumentException e) {
                last = null;
            }
        }
        Set<UUID> facilities =
                actor.get().facilities().stream().map(FacilityId::value).collect(Collectors.toSet());
        List<RunStore.ParkedRow> rows = runs.parked(facilities, last, limit + 1);
        List<RunStore.ParkedRow> shown = rows.size() > limit ? rows.subList(0, limit) : rows;
        Set<PatientId> patients = shown.stream()
                .map(RunStore.ParkedRow::patient)
                .filter(Objects::nonNull)
                .map(PatientId::new)
                .collect(Collectors.toSet());
        Map<PatientId, String> known = patients.isEmpty() ? Map.of() : labels.labels(actor.get(), patients);
        boolean reads = actor.get().may(Permission.CHART_READ);
        return new Slice<>(
                shown.stream().map(row -> parked(row, known, reads)).toList(),
                rows.size() > limit ? String.valueOf(shown.get(shown.size() - 1).id()) : null);
    }

    private static Parked parked(RunStore.ParkedRow row, Map<PatientId, String> known, boolean reads) {
        PatientId patient = row.patient() == null ? null : new PatientId(row.patient());
        String label = patient == null ? null : known.get(patient);
        String path = label == null || !reads
                ? null
                : switch (row.kind()) {
                    case "entry" -> "/patients/" + patient + "/entries/" + row.target() + "/history";
                    case "encounter" -> "/patients/" + patient + "/visits/" + row.target();
                    default -> "/patients/" + patient;
                };
        return new Parked(
                row.id(),
                row.type(),
                patient,
                label,
                path,
                row.source(),
                row.file(),
                row.entry(),
                row.reason(),
                row.at());
    }

    @Override
    @Requires(Permission.IMPORT_RUN)
    @Transactional(readOnly = true)
    public int parkedCount() {
        return runs.parkedCount(
                actor.get().facilities().stream().map(FacilityId::value).collect(Collectors.toSet()));
    }

    @Override
    @Requires(Permission.IMPORT_RUN)
    @Transactional
    public void settle(UUID id) {
        Set<UUID> facilities =
                actor.get().facilities().stream().map(FacilityId::value).collect(Collectors.toSet());
        RunStore.ParkedRow row = runs.parked(id, facilities).orElseThrow(() -> new NotFound("parked change " + id));
        runs.dropParked(id);
        audit.record(AuditEvent.done("import.settle")
                .of(row.patient() == null ? null : new PatientId(row.patient()))
                .on(row.kind(), row.target()));
    }
}
