package org.chartkeeper.terminology.domain;

import java.text.Normalizer;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.chartkeeper.terminology.CodeBook.Concept;
import org.chartkeeper.terminology.CodeBook.Instruction;
import org.chartkeeper.terminology.CodeBook.InstructionKind;
import org.chartkeeper.terminology.CodeLookup;
import org.chartkeeper.terminology.CodeSystem;
import org.chartkeeper.terminology.DrugBook;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Primary;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Finds codes in the loaded releases by an index of this node, made when it is asked for first and again when another
 * release is there; in the starter set where no full release of a system is loaded.
 */
@Component
@Primary
class CodeSearch implements CodeLookup {

    private static final Logger log = LoggerFactory.getLogger(CodeSearch.class);
    private static final int FETCH = 5000;

    /** What people write before a code to say what it is one of. */
    private static final Pattern SYSTEM = Pattern.compile(
            "(?i)^(?:icd-?10(?:-?(?:cm|pcs))?|hcpcs|cpt|cvx|(?:ms-?)?drg|ndc|rxcui|rxnorm|loinc)[\\s:#]+(?=\\S*\\d)");

    /** Imaging with contrast that can be: its fifth character says that there is none, its title does not. */
    private static final Pattern PLAIN = Pattern.compile("B.[0-3].Z..");

    private static final Pattern TRAILING = Pattern.compile("[\\s*%,;:]+$");
    private static final Pattern MARKS = Pattern.compile("[\\s,\\-*%]+");

    /** Characters of a code that is looked for in what was typed. */
    private static final int SHORTEST = 3;

    /** How well the code of an initial encounter fits at least, against one of a later encounter. */
    private static final float NEARLY = 0.95f;

    /** Matches of the system that fits best before others have their turn. */
    private static final int LEAD = 10;

    private static final String[] NEOPLASM = {
        "",
        "",
        "malignant primary",
        "malignant secondary metastatic",
        "carcinoma in situ",
        "benign",
        "uncertain behavior",
        "unspecified behavior"
    };
    private static final String[] DRUG = {
        "",
        "",
        "poisoning accidental",
        "poisoning intentional self-harm suicide",
        "poisoning assault",
        "poisoning undetermined",
        "adverse effect",
        "underdosing"
    };

    private final Snapshots snapshots;
    private final StarterSet starter;
    private final DrugBook drugs;
    private final JdbcTemplate database;
    private final TransactionTemplate reading;
    private final Clock clock;
    private final AtomicBoolean making = new AtomicBoolean();
    private volatile @Nullable Made made;

    /** The indexes of a snapshot. */
    private record Made(Snapshot snapshot, Map<CodeSystem, CodeIndex> indexes) {}

    CodeSearch(
            Snapshots snapshots,
            StarterSet starter,
            DrugBook drugs,
            DataSource source,
            PlatformTransactionManager transactionManager,
            Clock clock) {
        this.snapshots = snapshots;
        this.starter = starter;
        this.drugs = drugs;
        this.database = new JdbcTemplate(source);
        this.database.setFetchSize(FETCH);
        this.reading = new TransactionTemplate(transactionManager);
        this.reading.setReadOnly(true);
        this.clock = clock;
    }

    @EventListener
    void loaded(CodeImport.Loaded event) {
        made = null;
    }

    /** The first person who looks a code up need not wait for the index. */
    @EventListener
    void ready(ApplicationReadyEvent event) {
        if (event.getApplicationContext() instanceof org.springframework.web.context.WebApplicationContext) {
            inBackground();
        }
    }

    private void inBackground() {
        if (making.compareAndSet(false, true)) {
            Thread.ofVirtual().name("code-index").start(() -> {
                try {
                    make();
                } catch (RuntimeException fault) {
                    log.warn("the index of codes could not be made: {}", fault.getMessage());
                } finally {
                    making.set(false);
                }
            });
        }
    }

    private Made get() {
        Made known = made;
        if (known == null) {
            return make();
        }
        if (known.snapshot != snapshots.get()) {
            inBackground();
        }
        return known;
    }

    private synchronized Made make() {
        Snapshot snapshot = snapshots.get();
        Made known = made;
        if (known != null && known.snapshot == snapshot) {
            return known;
        }
        Made fresh = reading.execute(status -> new Making(snapshot).all());
        made = fresh;
        return fresh;
    }

    private final class Making {
        private final Snapshot snapshot;

        Making(Snapshot snapshot) {
            this.snapshot = snapshot;
        }

        Made all() {
            Map<CodeSystem, CodeIndex> indexes = new EnumMap<>(CodeSystem.class);
            snapshot.tables().forEach((system, table) -> indexes.put(system, index(system, table)));
            return new Made(snapshot, indexes);
        }

        private CodeIndex index(CodeSystem system, CodeTable table) {
            CodeIndex.Builder builder = new CodeIndex.Builder();
            CodeNames names = CodeNames.of(system);
            for (int i = 0; i < table.size(); i++) {
                Set<String> titles = new LinkedHashSet<>();
                for (CodeTable.Version version : table.versions(i)) {
                    titles.add(version.title());
                }
                for (String title : titles) {
                    builder.add(i, title, true);
                    for (String name : names.phrases(table.code(i), title)) {
                        builder.add(i, name, true);
                    }
                    if (system == CodeSystem.ICD10PCS
                            && PLAIN.matcher(table.code(i)).matches()) {
                        builder.add(i, title + " without contrast", true);
                    }
                }
            }
            if (system == CodeSystem.ICD10CM) {
                inclusions(table, builder);
                terms(table, builder);
            } else if (system == CodeSystem.SNOMED || system == CodeSystem.DRUG) {
                synonyms(system == CodeSystem.DRUG ? "rxnorm-synonyms" : "snomed-synonyms", table, builder);
            }
            return builder.build();
        }

        private void synonyms(String series, CodeTable table, CodeIndex.Builder builder) {
            database.query(
                    "select code, title from code_entry where series = ? and until is null",
                    row -> {
                        int at = table.at(row.getString(1));
                        if (at >= 0) {
                            builder.add(at, row.getString(2), true);
                        }
                    },
                    series);
        }

        private void inclusions(CodeTable table, CodeIndex.Builder builder) {
            Snapshot.Tabular tabular = snapshot.whole(LocalDate.MAX);
            Map<String, List<Instruction>> notes = tabular == null ? Map.of() : tabular.notes();
            notes.forEach((stated, said) -> {
                int at = place(table, IcdCode.bare(stated));
                if (at >= 0) {
                    for (Instruction note : said) {
                        if (note.kind() == InstructionKind.INCLUSION_TERM || note.kind() == InstructionKind.INCLUDES) {
                            builder.add(at, note.text(), true);
                        }
                    }
                }
            });
        }

        /** The newest edition of each index and table. */
        private void terms(CodeTable table, CodeIndex.Builder builder) {
            database.query(
                    "select r.kind, t.words, t.place, t.code from code_term t join code_release r on r.id = t.release_id"
                            + " where not exists (select 1 from code_release n where n.kind = r.kind and n.valid_from >"
                            + " r.valid_from)",
                    row -> {
                        int at = place(table, IcdCode.bare(row.getString(4)));
                        if (at >= 0) {
                            String kind = row.getString(1);
                            int column = row.getInt(3);
                            String words = row.getString(2);
                            if (kind.equals(FileKind.ICD10CM_NEOPLASM.key())) {
                                words = words + " " + word(NEOPLASM, column);
                            } else if (kind.equals(FileKind.ICD10CM_DRUGS.key())) {
                                words = words + " " + word(DRUG, column);
                            }
                            builder.add(at, words, true);
                        }
                    });
        }

        private static String word(String[] columns, int at) {
            return at >= 0 && at < columns.length ? columns[at] : "";
        }

        /** An index may be older than all releases: what its code became, else the nearest above. */
        private int place(CodeTable table, String code) {
            int at = table.at(code);
            if (at >= 0) {
                return at;
            }
            for (String next : snapshot.conversions(code)) {
                int became = table.at(next);
                if (became >= 0) {
                    return became;
                }
            }
            for (int length = code.length() - 1; length >= 3; length--) {
                int above = table.at(code.substring(0, length));
                if (above >= 0) {
                    return above;
                }
            }
            return -1;
        }
    }

    @Override
    public List<Code> search(CodeSystem system, String query, int limit) {
        return matches(system, query, LocalDate.now(clock), limit).stream()
                .map(Match::code)
                .toList();
    }

    @Override
    public List<Match> matches(@Nullable CodeSystem system, String query, LocalDate on, int limit) {
        // Letters and digits of full width are what an input method makes of the usual ones.
        String typed = Normalizer.normalize(query, Normalizer.Form.NFKC).stripLeading();
        if (typed.isBlank() || typed.length() > LONGEST) {
            return List.of();
        }
        return system == null ? ofAll(typed, on, limit) : of(system, typed, on, limit, TypedWords.alone());
    }

    /** What a system has found; the lower the better it fits. */
    private record Found(int fit, List<Match> matches) {}

    /**
     * The system that fits best gives the first half, but no more than a screen shows; then all give by turns. Diagnoses
     * come first among equals.
     */
    private List<Match> ofAll(String typed, LocalDate on, int limit) {
        // What one system does not know may be a word of another: it is not taken for a mistyped one.
        TypedWords words = TypedWords.among(
                word -> Arrays.stream(CodeSystem.values()).anyMatch(system -> knows(system, word)),
                word -> Arrays.stream(CodeSystem.values()).anyMatch(system -> writes(system, word)));
        Deque<Found> each = ofEach(typed, on, limit, words);
        if (each.isEmpty()) {
            each = ofEach(typed, on, limit, words.someAreEnough());
        }
        Found best = each.peek();
        if (best == null) {
            return List.of();
        }
        if (best.fit == 0 && typed.strip().length() >= SHORTEST) {
            // Who types a whole code does not look for its letters and digits among words.
            each.removeIf(found -> found.fit > 0 && !begins(found.matches.get(0), typed));
        }
        int lead = Math.min(Math.min((limit + 1) / 2, LEAD), best.matches.size());
        List<Match> mixed = new ArrayList<>(best.matches.subList(0, lead));
        for (int round = 0; mixed.size() < limit && round < limit; round++) {
            for (Found found : each) {
                int at = round + (found == best ? lead : 0);
                if (at < found.matches.size() && mixed.size() < limit) {
                    mixed.add(found.matches.get(at));
                }
            }
        }
        return mixed;
    }

    /** What each system has found, the best first. */
    private Deque<Found> ofEach(String typed, LocalDate on, int limit, TypedWords typedWords) {
        List<String> words = CodeIndex.words(typed);
        return Arrays.stream(CodeSystem.values())
                .map(system -> {
                    List<Match> found = of(system, typed, on, limit, typedWords);
                    return new Found(fit(system, typed, words, found), found);
                })
                .filter(found -> !found.matches.isEmpty())
                .sorted(Comparator.comparingInt(Found::fit))
                .collect(Collectors.toCollection(ArrayDeque::new));
    }

    /**
     * An exact code fits best, then what has a phrase in just these words, then a diagnosis or drug whose title has them
     * (that a drug can poison is not what who types its name looks for), then what has a phrase with all the words.
     */
    private int fit(CodeSystem system, String typed, List<String> words, List<Match> found) {
        if (isCode(system, typed, found)) {
            return 0;
        }
        CodeIndex index = get().indexes.get(system);
        if (index == null ? starter.says(system, typed) : index.says(typed)) {
            return 1;
        }
        if (index == null ? !starter.hasAll(system, words) : !index.hasAll(words)) {
            return 4;
        }
        boolean called = (system == CodeSystem.ICD10CM || system == CodeSystem.DRUG)
                && !found.isEmpty()
                && CodeIndex.stems(found.get(0).code().display()).containsAll(CodeIndex.stems(typed));
        return called ? 2 : 3;
    }

    private boolean isCode(CodeSystem system, String typed, List<Match> found) {
        CodeTable table = get().snapshot.table(system);
        if (found.isEmpty() || system == CodeSystem.DRUG && Ndc.normal(bare(typed)) != null) {
            return !found.isEmpty();
        }
        return table != null && exact(system, table, typed) >= 0
                || IcdCode.bare(found.get(0).code().code()).equals(bare(typed));
    }

    private static boolean begins(Match match, String typed) {
        return IcdCode.bare(match.code().code()).startsWith(bare(typed));
    }

    private boolean knows(CodeSystem system, String word) {
        CodeIndex index = get().indexes.get(system);
        return index == null ? starter.knows(system, word) : index.knows(word);
    }

    private boolean writes(CodeSystem system, String word) {
        CodeIndex index = get().indexes.get(system);
        return index == null ? starter.writes(system, word) : index.writes(word);
    }

    private List<Match> of(CodeSystem system, String typed, LocalDate on, int limit, TypedWords typedWords) {
        Made known = get();
        CodeTable table = known.snapshot.table(system);
        CodeIndex index = known.indexes.get(system);
        if (table == null || index == null) {
            return starter.matches(system, typed, limit, typedWords);
        }
        Set<Integer> found = byCode(system, table, typed, on, limit);
        if (found.isEmpty() && system == CodeSystem.DRUG) {
            found = byPackage(table, bare(typed));
        }
        if (found.isEmpty()) {
            List<CodeIndex.Hit> hits = index.search(typed, LayWords.of(system), typedWords);
            found = byWords(known.snapshot, system, table, hits, on, limit);
        }
        List<Match> matches = found.stream()
                .limit(limit)
                .map(at -> match(system, table.concept(at, on)))
                .toList();
        return known.snapshot.full(system)
                ? matches
                : Stream.concat(
                                matches.stream(),
                                starter.matches(system, typed, limit, typedWords).stream()
                                        .filter(own ->
                                                table.at(IcdCode.bare(own.code().code())) < 0))
                        .limit(limit)
                        .toList();
    }

    /** The drugs that a package code stands for. */
    private Set<Integer> byPackage(CodeTable table, String typed) {
        String ndc = Ndc.normal(typed);
        return ndc == null
                ? Set.of()
                : drugs.rxcuisOf(ndc).stream()
                        .map(table::at)
                        .filter(at -> at >= 0)
                        .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static Match match(CodeSystem system, Concept concept) {
        LocalDate from = concept.from();
        return new Match(
                new Code(system, concept.code(), concept.display(), "", !concept.billable()),
                from.equals(CodeTable.ALWAYS) ? null : from,
                concept.to());
    }

    /**
     * The exact code first, ended or not; then what begins so and is valid, headings before what is below them. A code
     * that stands before its title, has other marks in it than a dot or lacks the zero that it begins with is meant too.
     */
    private static Set<Integer> byCode(CodeSystem system, CodeTable table, String typed, LocalDate on, int limit) {
        int exact = exact(system, table, typed);
        String bare = bare(typed);
        Set<Integer> found = new LinkedHashSet<>();
        if (exact >= 0) {
            found.add(exact);
        }
        if (digit(bare) && bare.length() >= 2 && !bare.contains(" ")) {
            String begin = exact >= 0 ? table.code(exact) : bare;
            int first = exact >= 0 ? exact + 1 : -table.at(bare) - 1;
            for (int i = first; i < table.size() && table.code(i).startsWith(begin) && found.size() < limit; i++) {
                if (table.version(i, on) != null) {
                    found.add(i);
                }
            }
        }
        return found;
    }

    private static boolean digit(String bare) {
        return bare.chars().anyMatch(Character::isDigit);
    }

    /** The code in what was typed, without what says its system. */
    static String bare(String typed) {
        String said = SYSTEM.matcher(typed).replaceFirst("");
        return IcdCode.bare(TRAILING.matcher(said).replaceFirst(""));
    }

    /** The code that was typed, taken more freely where there is none just so; negative where none is. */
    private static int exact(CodeSystem system, CodeTable table, String typed) {
        String bare = bare(typed);
        boolean digit = digit(bare);
        int exact = digit || bare.length() >= 2 ? table.at(bare) : -1;
        if (exact >= 0 || !digit) {
            return exact;
        }
        String said = SYSTEM.matcher(typed).replaceFirst("");
        String joined = IcdCode.bare(MARKS.matcher(said).replaceAll(""));
        String first = IcdCode.bare(said.strip().split("[\\s:,;]+", 2)[0]);
        List<String> readings = new ArrayList<>();
        if (joined.length() >= SHORTEST) {
            readings.add(joined);
            readings.add(
                    system == CodeSystem.ICD10PCS
                            ? joined.replace('O', '0').replace('I', '1')
                            : joined.charAt(0) + joined.substring(1).replace('O', '0'));
        }
        if (system == CodeSystem.VACCINE || system == CodeSystem.MSDRG) {
            readings.add("0" + bare);
            readings.add("00" + bare);
        } else if (first.length() > SHORTEST && first.chars().anyMatch(Character::isLetter)) {
            readings.add(first);
        }
        return readings.stream()
                .filter(CodeSearch::digit)
                .mapToInt(table::at)
                .filter(at -> at >= 0)
                .findFirst()
                .orElse(-1);
    }

    private static Set<Integer> byWords(
            Snapshot snapshot, CodeSystem system, CodeTable table, List<CodeIndex.Hit> hits, LocalDate on, int limit) {
        Map<Integer, Float> codes = new LinkedHashMap<>();
        for (CodeIndex.Hit hit : hits) {
            int at = on(snapshot, system, table, hit.position(), on);
            if (at >= 0) {
                codes.putIfAbsent(at, hit.score());
            }
            if (codes.size() >= limit * 3) {
                break;
            }
        }
        List<Integer> order = new ArrayList<>(codes.keySet());
        Set<Integer> result = new LinkedHashSet<>();
        for (int at : order) {
            CodeTable.Version version = table.version(at, on);
            if (version != null && !version.billable()) {
                // A heading is no answer by itself: the best code below it that was found too stands before it.
                String code = table.code(at);
                order.stream()
                        .filter(other -> other != at && table.code(other).startsWith(code))
                        .filter(other -> reportable(table, other, on) && !result.contains(other))
                        .findFirst()
                        .ifPresent(below -> result.add(initial(system, table, codes, below)));
            }
            result.add(initial(system, table, codes, at));
            result.add(at);
        }
        return result;
    }

    /** Who says nothing of a later encounter or a sequela means the initial encounter: that code where it fits nearly as well. */
    private static int initial(CodeSystem system, CodeTable table, Map<Integer, Float> codes, int at) {
        String code = table.code(at);
        if (system != CodeSystem.ICD10CM || code.length() < 7) {
            return at;
        }
        int initial = table.at(code.substring(0, 6) + 'A');
        Float fits = codes.get(initial);
        return fits != null && fits >= NEARLY * codes.getOrDefault(at, 0f) ? initial : at;
    }

    private static boolean reportable(CodeTable table, int at, LocalDate on) {
        CodeTable.Version version = table.version(at, on);
        return version != null && version.billable();
    }

    /** The code itself where it is valid on the day, else what it became, else the nearest above. */
    private static int on(Snapshot snapshot, CodeSystem system, CodeTable table, int at, LocalDate on) {
        if (table.version(at, on) != null) {
            return at;
        }
        if (system == CodeSystem.ICD10CM) {
            for (String next : snapshot.conversions(table.code(at))) {
                int became = table.at(next);
                if (became >= 0 && table.version(became, on) != null) {
                    return became;
                }
            }
            return table.above(table.code(at), on);
        }
        return -1;
    }

    @Override
    public boolean full(CodeSystem system) {
        return snapshots.get().full(system);
    }

    @Override
    public Optional<Code> find(CodeSystem system, String code) {
        Snapshot snapshot = snapshots.get();
        CodeTable table = snapshot.table(system);
        if (table == null) {
            return starter.find(system, code);
        }
        LocalDate today = LocalDate.now(clock);
        int at = table.at(IcdCode.bare(code));
        if (at < 0 || table.version(at, today) == null) {
            return snapshot.full(system) ? Optional.empty() : starter.find(system, code);
        }
        return Optional.of(match(system, table.concept(at, today)).code());
    }

    @Override
    public String release(CodeSystem system) {
        CodeTable table = snapshots.get().table(system);
        if (table == null) {
            return starter.release(system);
        }
        Map.Entry<LocalDate, String> release = table.release(LocalDate.now(clock));
        return (release == null ? "not yet in force" : release.getValue())
                + String.format(", %,d codes", table.size())
                + (snapshots.get().full(system) ? "" : " of the drugs that it names; no full release is loaded");
    }
}
