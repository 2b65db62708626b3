package org.chartkeeper.terminology.domain;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.chartkeeper.terminology.CodeBook.CodeList;
import org.chartkeeper.terminology.CodeBook.InstructionKind;
import org.chartkeeper.terminology.CodeSystem;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Holds the codes of this node in memory, read from the database when they are asked for first, and again when another
 * release is there: at once where this process loaded it, within seconds where another did.
 */
@Component
class Snapshots {

    private static final Logger log = LoggerFactory.getLogger(Snapshots.class);
    private static final long LOOK_AGAIN_NANOS = 5_000_000_000L;
    private static final int FETCH = 5000;
    private static final String DRUGS_OF_PACKAGES = "rxnorm-ndc-drugs";

    private final JdbcTemplate database;
    private final TransactionTemplate reading;
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile @Nullable Held held;
    private volatile long looked;

    /** A snapshot with what it was read of. */
    private record Held(Snapshot snapshot, String version) {}

    Snapshots(DataSource source, PlatformTransactionManager transactionManager) {
        this.database = new JdbcTemplate(source);
        this.database.setFetchSize(FETCH);
        this.reading = new TransactionTemplate(transactionManager);
        this.reading.setReadOnly(true);
    }

    @EventListener
    void loaded(CodeImport.Loaded event) {
        held = null;
    }

    /** What is loaded now. */
    Snapshot get() {
        Held known = held;
        if (known == null) {
            return read();
        }
        if (System.nanoTime() - looked > LOOK_AGAIN_NANOS && looking.compareAndSet(false, true)) {
            looked = System.nanoTime();
            Thread.ofVirtual().name("code-sets").start(() -> {
                try {
                    if (!version().equals(known.version)) {
                        read(known);
                    }
                } catch (RuntimeException fault) {
                    // The database is away: what is held stands until it is back.
                    log.warn("the loaded code sets could not be looked at: {}", fault.getMessage());
                } finally {
                    looking.set(false);
                }
            });
        }
        return known.snapshot;
    }

    private String version() {
        String version = database.queryForObject(
                "select count(*) || ' ' || coalesce(max(id), 0) from code_release", String.class);
        return version == null ? "" : version;
    }

    private synchronized Snapshot read() {
        Held known = held;
        return known == null ? read(null) : known.snapshot;
    }

    private synchronized Snapshot read(@Nullable Held instead) {
        Held known = held;
        if (known != null && known != instead) {
            return known.snapshot;
        }
        Held fresh = reading.execute(status -> new Held(new Reading().all(), version()));
        held = fresh;
        looked = System.nanoTime();
        return fresh.snapshot;
    }

    private final class Reading {
        private final Snapshot snapshot = new Snapshot();
        private final Map<String, String> texts = new HashMap<>();
        private final Map<String, TreeMap<LocalDate, String>> releases = new HashMap<>();

        Snapshot all() {
            database.query(
                    "select s.series, s.valid_from, r.kind, r.name from code_series s join code_release r on r.id ="
                            + " s.release_id",
                    row -> {
                        releases.computeIfAbsent(row.getString(1), key -> new TreeMap<>())
                                .put(row.getObject(2, LocalDate.class), label(row.getString(3), row.getString(4)));
                    });
            Map<String, LocalDate> begun = conversions();
            for (CodeSystem system : CodeSystem.values()) {
                TreeMap<LocalDate, String> own = releases.get(series(system));
                if (own != null) {
                    snapshot.put(system, table(system, series(system), own, begun));
                }
            }
            drugsOfPackages();
            lists();
            tabulars();
            return snapshot;
        }

        /** Titles and remarks that are the same are held once. */
        private String text(String text) {
            return texts.computeIfAbsent(text, same -> same);
        }

        private Map<String, LocalDate> conversions() {
            Map<String, LocalDate> begun = new HashMap<>();
            database.query(
                    "select code, title, detail from code_entry where series = 'icd10cm-conversion' and until is null"
                            + " order by detail, title",
                    row -> {
                        snapshot.converts(row.getString(1), row.getString(2));
                        begun.put(row.getString(2), LocalDate.parse(row.getString(3)));
                    });
            return begun;
        }

        /** Without RxNorm itself the table of its packages tells the drugs that are in it. */
        private void drugsOfPackages() {
            TreeMap<LocalDate, String> own = releases.get(DRUGS_OF_PACKAGES);
            if (own != null && snapshot.table(CodeSystem.DRUG) == null) {
                snapshot.putPart(CodeSystem.DRUG, table(CodeSystem.DRUG, DRUGS_OF_PACKAGES, own, Map.of()));
            }
        }

        private CodeTable table(
                CodeSystem system, String series, TreeMap<LocalDate, String> own, Map<String, LocalDate> begun) {
            Map<String, LocalDate> inactive = system == CodeSystem.SNOMED ? inactive() : Map.of();
            List<CodeTable.Version> versions = new ArrayList<>(1 << 16);
            database.query(
                    "select code, title, short_title, billable, detail, since, until from code_entry where series = ?",
                    row -> {
                        String title = row.getString(2);
                        String shortTitle = row.getString(3);
                        LocalDate since = row.getObject(6, LocalDate.class);
                        LocalDate until = row.getObject(7, LocalDate.class);
                        LocalDate ended = inactive.get(row.getString(1));
                        if (ended != null && (until == null || ended.isBefore(until))) {
                            until = ended.isAfter(since) || own.lowerKey(since) == null ? ended : since.plusDays(1);
                        }
                        versions.add(new CodeTable.Version(
                                row.getString(1),
                                title,
                                shortTitle.equals(title) ? title : shortTitle,
                                row.getBoolean(4),
                                text(row.getString(5)),
                                since,
                                until,
                                own.getOrDefault(since, "")));
                    },
                    series);
            return new CodeTable(system, own, versions, system == CodeSystem.ICD10CM ? begun : Map.of());
        }

        /** Names of a concept of SNOMED CT go on when it ends: the file of concepts tells the day. */
        private Map<String, LocalDate> inactive() {
            Map<String, LocalDate> ended = new HashMap<>();
            database.query(
                    "select code, title from code_entry where series = 'snomed-inactive' and until is null", row -> {
                        ended.put(row.getString(1), LocalDate.parse(row.getString(2)));
                    });
            return ended;
        }

        private void lists() {
            Map<CodeList, Map<String, List<Snapshot.Row>>> rows = new EnumMap<>(CodeList.class);
            database.query(
                    "select series, code, title, since, until from code_entry where series like 'list:%'",
                    row -> {
                        CodeList list = CodeList.valueOf(row.getString(1).substring("list:".length()));
                        rows.computeIfAbsent(list, key -> new HashMap<>())
                                .computeIfAbsent(row.getString(2), key -> new ArrayList<>(1))
                                .add(new Snapshot.Row(
                                        text(row.getString(3)),
                                        row.getObject(4, LocalDate.class),
                                        row.getObject(5, LocalDate.class)));
                    });
            for (CodeList list : CodeList.values()) {
                TreeMap<LocalDate, String> names = releases.get("list:" + list.name());
                if (names != null) {
                    snapshot.put(list, names, rows.getOrDefault(list, Map.of()));
                }
            }
        }

        private void tabulars() {
            Map<Long, Snapshot.Tabular> editions = new HashMap<>();
            database.query(
                    "select id, name, valid_from, part from code_release where kind = 'icd10cm-tabular'", row -> {
                        editions.put(
                                row.getLong(1),
                                new Snapshot.Tabular(
                                        "Tabular List " + row.getString(2),
                                        row.getObject(3, LocalDate.class),
                                        row.getString(4).isEmpty()));
                    });
            database.query(
                    "select release_id, chapter, place, title from code_place order by release_id, ordinal", row -> {
                        tabular(editions, row.getLong(1))
                                .add(Snapshot.Place.of(row.getInt(2), row.getString(3), text(row.getString(4))));
                    });
            database.query(
                    "select release_id, stated_at, kind, words from code_note order by release_id, ordinal", row -> {
                        String words = text(row.getString(4));
                        tabular(editions, row.getLong(1))
                                .note(
                                        text(row.getString(2)),
                                        InstructionKind.valueOf(row.getString(3)),
                                        words,
                                        CodeRanges.in(words, snapshot.diagnoses()));
                    });
            database.query(
                    "select release_id, stated_at, symbol, meaning from code_seventh order by release_id, ordinal",
                    row -> {
                        tabular(editions, row.getLong(1))
                                .seventh(
                                        text(row.getString(2)), row.getString(3).charAt(0), text(row.getString(4)));
                    });
            editions.values().forEach(snapshot::put);
        }

        private static Snapshot.Tabular tabular(Map<Long, Snapshot.Tabular> editions, long id) {
            Snapshot.Tabular edition = editions.get(id);
            if (edition == null) {
                throw new IllegalStateException("notes of a release that is no Tabular List");
            }
            return edition;
        }

        private static String label(String kind, String name) {
            return switch (FileKind.ofKey(kind)) {
                case MCE -> "Medicare Code Editor " + name;
                case CC_MCC -> "CC and MCC list " + name;
                case POA_EXEMPT -> "POA exempt list " + name;
                default -> name;
            };
        }
    }

    /** The series that releases of a system are kept in. */
    static String series(CodeSystem system) {
        return system.id().toLowerCase(Locale.ROOT);
    }
}
