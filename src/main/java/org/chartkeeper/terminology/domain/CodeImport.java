package org.chartkeeper.terminology.domain;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipException;
import org.chartkeeper.audit.AuditEvent;
import org.chartkeeper.audit.AuditTrail;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.terminology.CodeSets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/** Loads files of codes, each in one transaction, the older releases first. */
@Service
class CodeImport implements CodeSets {

    /** Told when another release is there. */
    record Loaded() {}

    /** A release seldom ends more than one code in twenty. */
    private static final int FEW = 20;

    private static final Pattern VERSION = Pattern.compile("<version>\\s*(20\\d\\d)\\s*</version>");
    private static final Logger log = LoggerFactory.getLogger(CodeImport.class);

    private final ReleaseStore store;
    private final AuditTrail audit;
    private final CurrentActor actor;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transactions;
    private final Clock clock;

    CodeImport(
            ReleaseStore store,
            AuditTrail audit,
            CurrentActor actor,
            ApplicationEventPublisher events,
            PlatformTransactionManager transactionManager,
            Clock clock) {
        this.store = store;
        this.audit = audit;
        this.actor = actor;
        this.events = events;
        this.transactions = new TransactionTemplate(transactionManager);
        this.clock = clock;
    }

    /** A file with what is known of it before it is read. */
    private record Candidate(
            int place,
            CodeFiles.Source source,
            @Nullable FileKind kind,
            @Nullable ReleaseDate release,
            @Nullable BadFile trouble) {

        LocalDate order() {
            return release == null ? LocalDate.MAX : release.from();
        }

        /** SNOMED CT is told apart by what its files are called: nothing in them does at the beginning. */
        boolean snapshot() {
            return source.name().toLowerCase(Locale.US).contains("snapshot");
        }

        Candidate without(BadFile why) {
            return new Candidate(place, source, kind, release, why);
        }
    }

    /** Follows a loading and may end it between two files. */
    interface Follower {

        /** Everything has been found and nothing is read yet. */
        default void found(int files, long bytes) {}

        /** Whether a file was done before, when this loading was cut off. */
        default boolean knows(int place) {
            return false;
        }

        /** A file is next; answers false to end the loading before it. */
        default boolean next(String file) {
            return true;
        }

        /** A file is loaded: in the transaction that loads it. */
        default void loaded(int place, FileReport report) {}

        /** A file is done, whatever became of it: in no transaction. */
        void done(int place, long bytes, FileReport report);
    }

    @Override
    public List<FileReport> load(List<Path> paths, @Nullable LocalDate from, Consumer<FileReport> told)
            throws IOException {
        List<FileReport> reports = new ArrayList<>();
        try (CodeFiles files = new CodeFiles()) {
            TreeMap<Integer, FileReport> inPlace = new TreeMap<>();
            loadAll(files.find(paths), from, (place, bytes, report) -> {
                inPlace.put(place, report);
                told.accept(report);
            });
            reports.addAll(inPlace.values());
        }
        return reports;
    }

    /** Loads an uploaded file, which is kept under another name than its own, or everything in it. */
    void load(Path file, String name, @Nullable LocalDate from, Follower follower) throws IOException {
        try (CodeFiles files = new CodeFiles()) {
            loadAll(files.find(file, name), from, follower);
        }
    }

    private void loadAll(List<CodeFiles.Source> sources, @Nullable LocalDate from, Follower follower) {
        follower.found(
                sources.size(),
                sources.stream().mapToLong(CodeFiles.Source::size).sum());
        List<Candidate> candidates = new ArrayList<>();
        for (CodeFiles.Source source : sources) {
            candidates.add(candidate(candidates.size(), source, from));
        }
        boolean changed = false;
        Set<FileKind> here = candidates.stream()
                .map(Candidate::kind)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        List<Candidate> inOrder = fullest(candidates).stream()
                .filter(candidate -> !follower.knows(candidate.place))
                .sorted(Comparator.comparing(Candidate::order).thenComparing(Candidate::place))
                .toList();
        for (Candidate candidate : inOrder) {
            if (!follower.next(candidate.source.name())) {
                break;
            }
            FileReport report = one(candidate, here, follower);
            changed |= report.status() == Status.LOADED;
            follower.done(candidate.place, candidate.source.size(), report);
        }
        if (changed) {
            events.publishEvent(new Loaded());
        }
    }

    /**
     * Of a release that is there in several forms (RxNorm has its prescribable part in the same archive, LOINC a core
     * table, SNOMED CT its history, CPT titles of several lengths) the fullest is taken and the others are passed over.
     */
    private static List<Candidate> fullest(List<Candidate> candidates) {
        Map<String, Candidate> chosen = new HashMap<>();
        candidates.stream()
                .filter(candidate -> candidate.kind != null && candidate.kind.hasForms())
                .sorted(Comparator.comparing(Candidate::snapshot)
                        .thenComparingLong(candidate -> candidate.source.size())
                        .reversed())
                .forEach(candidate -> chosen.putIfAbsent(form(candidate), candidate));
        return candidates.stream()
                .map(candidate -> {
                    Candidate fullest = chosen.get(form(candidate));
                    return candidate.kind == null
                                    || !candidate.kind.hasForms()
                                    || fullest == null
                                    || fullest == candidate
                            ? candidate
                            : candidate.without(BadFile.other("This is a part or another form of the same release; "
                                    + fullest.source.names().getFirst() + " is what is loaded."));
                })
                .toList();
    }

    private static String form(Candidate candidate) {
        return candidate.kind + " " + candidate.order();
    }

    private Candidate candidate(int place, CodeFiles.Source source, @Nullable LocalDate from) {
        FileKind kind = null;
        try {
            BadFile trouble = source.trouble();
            if (trouble != null) {
                return new Candidate(place, source, null, null, trouble);
            }
            kind = source.workbook() != null
                    ? ConversionTable.recognise(source.workbook())
                    : Recogniser.recognise(source.head());
            FileKind known = kind;
            ReleaseDate release = ReleaseDate.of(kind, source.names())
                    .or(() -> Optional.ofNullable(from).map(day -> ReleaseDate.ofDay(known, day)))
                    .orElse(null);
            return new Candidate(
                    place,
                    source,
                    kind,
                    statesItself(kind, source) ? stated(kind, source).orElse(release) : release,
                    null);
        } catch (BadFile trouble) {
            return new Candidate(place, source, kind, null, trouble);
        } catch (IOException fault) {
            return new Candidate(place, source, kind, null, unreadable(source, fault));
        }
    }

    /** What is written inside counts, whatever the name says. */
    private static boolean statesItself(FileKind kind, CodeFiles.Source source) throws IOException {
        return switch (kind) {
            case ICD10CM_TABULAR, ICD10CM_INDEX, ICD10CM_EXTERNAL, ICD10CM_DRUGS, ICD10CM_NEOPLASM -> true;
            case MCE -> Recogniser.text(source.head()).startsWith("MCE_Version");
            default -> false;
        };
    }

    /** The release that a file states near its beginning. */
    private static Optional<ReleaseDate> stated(FileKind kind, CodeFiles.Source source) throws IOException {
        String head = Recogniser.text(source.head());
        if (kind == FileKind.MCE) {
            return head.lines().skip(1).findFirst().flatMap(line -> ReleaseDate.ofVersion(line.split("\t", 2)[0]));
        }
        Matcher version = VERSION.matcher(head);
        return version.find()
                ? Optional.of(ReleaseDate.ofYear(kind, Integer.parseInt(version.group(1))))
                : Optional.empty();
    }

    private static BadFile unreadable(CodeFiles.Source source, IOException fault) {
        if (fault instanceof Guarded.TooLarge) {
            return new BadFile("It is refused: " + fault.getMessage() + ".");
        }
        if (fault instanceof ZipException || fault instanceof java.io.EOFException) {
            return new BadFile("The archive is cut or damaged here.");
        }
        log.warn("{} cannot be read", source.name(), fault);
        return new BadFile("It cannot be read.");
    }

    private FileReport one(Candidate candidate, Set<FileKind> here, Follower follower) {
        BadFile trouble = candidate.trouble;
        if (trouble != null) {
            return failed(candidate, trouble);
        }
        FileKind kind = candidate.kind;
        if (kind == null) {
            throw new IllegalStateException("a file without a kind has a trouble");
        }
        try {
            String sha = sha256(candidate.source);
            return transactions.execute(status -> {
                try {
                    FileReport report = load(candidate, kind, sha, here.contains(kind.codes()), status);
                    if (report.status() == Status.LOADED) {
                        follower.loaded(candidate.place, report);
                    }
                    return report;
                } catch (BadFile bad) {
                    status.setRollbackOnly();
                    return failed(candidate, bad);
                } catch (IOException fault) {
                    status.setRollbackOnly();
                    return failed(candidate, unreadable(candidate.source, fault));
                }
            });
        } catch (IOException fault) {
            return failed(candidate, unreadable(candidate.source, fault));
        }
    }

    private static String sha256(CodeFiles.Source source) throws IOException {
        CodeFiles.Opener opener = source.opener();
        if (opener == null) {
            throw new IllegalStateException("nothing to open");
        }
        try (DigestInputStream in = new DigestInputStream(opener.open(), MessageDigest.getInstance("SHA-256"))) {
            byte[] buffer = new byte[1 << 16];
            while (in.read(buffer) >= 0) {
                // the digest takes it
            }
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private FileReport load(
            Candidate candidate, FileKind kind, String sha, boolean withCodes, TransactionStatus transaction)
            throws BadFile, IOException {
        store.lock();
        ReleaseDate told = candidate.release;
        Optional<ReleaseStore.Stored> same = store.ofFile(sha, kind, told == null ? null : told.from());
        if (same.isPresent()) {
            return report(candidate, same.get(), Status.UNCHANGED, null);
        }
        ReleaseDate release = told;
        if (release == null && !statesItself(kind, candidate.source)) {
            if (kind.calendar() == FileKind.Calendar.UNDATED) {
                release = ReleaseDate.ofDay(kind, LocalDate.now(clock));
            } else if (candidate.source.workbook() == null) {
                throw undated(kind);
            }
        }
        ReleaseStore.Draft draft = store.begin(kind, release);
        read(candidate.source, kind, draft);
        if (!draft.dated()) {
            throw undated(kind);
        }
        String fingerprint = draft.fingerprint();
        Optional<ReleaseStore.Stored> before = store.find(kind, draft.from(), draft.part());
        if (before.isPresent()) {
            transaction.setRollbackOnly();
            if (before.get().fingerprint().equals(fingerprint)) {
                return report(candidate, before.get(), Status.UNCHANGED, null);
            }
            throw new BadFile("Another " + kind.label() + " from " + draft.from() + " is loaded already, out of "
                    + before.get().file() + ", and says other things: two releases cannot have the same first day.");
        }
        UUID by = actor.find()
                .map(Actor::user)
                .map(user -> UUID.fromString(user.toString()))
                .orElse(null);
        ReleaseStore.Stored stored = draft.finish(fingerprint, candidate.source.name(), by);
        store.remember(sha, kind, stored, candidate.source.name());
        audit.record(AuditEvent.done("codes.load")
                .on("code-release", kind.key() + " " + stored.from())
                .count(stored.rows()));
        return report(candidate, stored, Status.LOADED, remark(kind, stored, withCodes));
    }

    /** What is missing beside a release that was loaded, or unlikely about it; null where nothing is. */
    private @Nullable String remark(FileKind kind, ReleaseStore.Stored stored, boolean withCodes) {
        List<String> said = new ArrayList<>();
        store.behind(kind, stored.from())
                .ifPresent(next -> said.add("Takes its place before " + next + ", which stays as it is."));
        if (!withCodes && !store.has(kind.codes())) {
            said.add("The codes that it speaks of are not loaded yet: load "
                    + kind.codes().label() + " too.");
        }
        if (kind.codes() == kind && stored.ended() > stored.rows() / FEW) {
            said.add("It ends " + stored.ended() + " codes and has " + stored.rows() + ": make sure that it is whole.");
        }
        return said.isEmpty() ? null : String.join(" ", said);
    }

    private static BadFile undated(FileKind kind) {
        return new BadFile("Neither the file nor its name tells from which day this " + kind.label()
                + " is valid. Say it: --from 2026-10-01 on the command line, the field “Valid from” on the page.");
    }

    private static void read(CodeFiles.Source source, FileKind kind, Sink sink) throws IOException, BadFile {
        CodeFiles.Opener opener = source.opener();
        if (opener == null) {
            throw new IllegalStateException("nothing to open");
        }
        if (source.workbook() != null) {
            ConversionTable.read(kind, source.workbook(), sink);
            return;
        }
        boolean table =
                TableFile.recognise(Recogniser.text(source.head()).lines().toList()) == kind;
        try (InputStream in = opener.open()) {
            switch (kind) {
                case ICD10CM -> new OrderFile(false).read(in, sink);
                case ICD10PCS -> new OrderFile(true).read(in, sink);
                case ICD10CM_ADDENDA -> new OrderFile(false).readAddenda(in, sink);
                case ICD10PCS_ADDENDA -> new OrderFile(true).readAddenda(in, sink);
                case ICD10CM_TABULAR -> new TabularFile().read(in, sink);
                case ICD10CM_INDEX, ICD10CM_EXTERNAL, ICD10CM_DRUGS, ICD10CM_NEOPLASM ->
                    new IndexFile(kind).read(in, sink);
                case HCPCS -> {
                    if (table) {
                        new TableFile().read(kind, in, sink);
                    } else {
                        new HcpcsFile().read(in, sink);
                    }
                }
                case CPT -> {
                    if (table) {
                        new TableFile().read(kind, in, sink);
                    } else {
                        new CptFile().read(in, sink);
                    }
                }
                default -> new TableFile().read(kind, in, sink);
            }
        }
    }

    private static FileReport failed(Candidate candidate, BadFile why) {
        boolean skipped = why.passedOver() && !candidate.source.named();
        ReleaseDate release = candidate.release;
        return new FileReport(
                candidate.source.name(),
                candidate.kind == null ? null : candidate.kind.key(),
                release == null ? null : release.name(),
                release == null ? null : release.from(),
                skipped ? Status.SKIPPED : Status.REFUSED,
                0,
                0,
                0,
                0,
                0,
                why.getMessage());
    }

    private static FileReport report(
            Candidate candidate, ReleaseStore.Stored release, Status status, @Nullable String reason) {
        return new FileReport(
                candidate.source.name(),
                release.kind(),
                release.name(),
                release.from(),
                status,
                release.rows(),
                release.billable(),
                release.added(),
                release.revised(),
                release.ended(),
                reason);
    }
}
