package org.chartkeeper.coding.domain;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.chartkeeper.chart.Concept;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.EntryView;
import org.chartkeeper.coding.CodeEdit;
import org.chartkeeper.coding.CodingCase;
import org.chartkeeper.coding.CodingCases.Closer;
import org.chartkeeper.coding.CodingCases.Suggestion;
import org.chartkeeper.coding.rule.NoteText;
import org.chartkeeper.terminology.CodeBook;
import org.chartkeeper.terminology.CodeBook.Standing;
import org.chartkeeper.terminology.CodeLookup;
import org.chartkeeper.terminology.CodeMaps;
import org.chartkeeper.terminology.CodeSystem;
import org.springframework.stereotype.Component;

/**
 * What the visit's own text and entries suggest to code, and what is more specific than a code that was chosen. It only
 * suggests: each comes with the words that it rests on, and nothing is added without the coder.
 */
@Component
class Suggester {

    private static final int MOST = 8;
    private static final int ASKED = 25;
    private static final int CLOSER = 12;
    /** Seven characters and their dot. */
    private static final int SEVEN = 8;

    private static final Pattern ASSESSMENT =
            Pattern.compile("(?i)^(assessment|impression|diagnos[ei]s|final diagnos[ei]s|problems?|a/p)\\b.*");
    /** What a title says of what is not there: it is no more than the words without it. */
    private static final Pattern NOTHING_SAID =
            Pattern.compile("(?i)\\bwithout .*$|\\b(unspecified|uncomplicated|not specified)\\b");

    /** A diagnosis stands before what it comes without: "type 2 diabetes without complications". */
    private static final Pattern LACKING = Pattern.compile("(?i)\\b(?:without|with no)\\b");

    private static final Pattern PLAN = Pattern.compile("(?i)^(plan|disposition|follow[- ]?up|return)\\b.*");
    private static final Set<String> LITTLE = Set.of(
            "with",
            "and",
            "the",
            "for",
            "of",
            "in",
            "on",
            "to",
            "by",
            "at",
            "from",
            "due",
            "is",
            "are",
            "was",
            "well",
            "controlled",
            "stable",
            "better",
            "worse",
            "goal",
            "mild",
            "severe",
            "new",
            "today",
            "likely",
            "assessment",
            "impression",
            "diagnosis",
            "diagnoses",
            "patient",
            "has",
            "his",
            "her",
            "drug",
            "drugs",
            "medication",
            "medications",
            "medicine",
            "medicines",
            "continue",
            "continued",
            "continues");

    /** COPD, CKD: said by the title in words. */
    private static final Pattern SHORT = Pattern.compile("\\b[A-Z]{2,6}\\b");

    private final CodeLookup codes;
    private final CodeMaps maps;
    private final CodeBook book;

    Suggester(CodeLookup codes, CodeMaps maps, CodeBook book) {
        this.codes = codes;
        this.maps = maps;
        this.book = book;
    }

    /** Suggestions in the order of what they rest on: the clinician's diagnoses and procedures before words of notes. */
    List<Suggestion> suggest(CaseFacts.Facts facts, List<CodeEntity> coded, LocalDate on, ZoneId zone) {
        Set<String> known = new HashSet<>();
        coded.forEach(code -> known.add(code.code));
        List<Suggestion> found = new ArrayList<>();
        List<EntryView> entries = facts.ofVisit().stream()
                .map(facts.entries()::get)
                .filter(java.util.Objects::nonNull)
                .toList();
        for (EntryView entry : entries) {
            if (entry.content() instanceof Content.Condition condition
                    && (condition.visitDiagnosis() || condition.code().code(Concept.SNOMED) != null)) {
                for (Suggestion each : stated(facts, entry, condition, on, zone)) {
                    if (known.add(each.code())) {
                        found.add(each);
                    }
                }
            }
        }
        for (EntryView entry : entries) {
            if (entry.content() instanceof Content.Procedure procedure) {
                done(entry, procedure, on, zone)
                        .filter(each -> known.add(each.code()))
                        .ifPresent(found::add);
            }
        }
        for (EntryView entry : entries) {
            if (entry.content() instanceof Content.Note note && found.size() < MOST) {
                for (Suggestion each : written(entry, note, on, zone)) {
                    if (found.size() < MOST
                            && known.stream()
                                    .noneMatch(
                                            code -> sameCategory(code, each.code()) || excluded(code, each.code(), on))
                            && known.add(each.code())) {
                        found.add(each);
                    }
                }
            }
        }
        return found;
    }

    /** Words of a note that another code says already in another way: gallstones with cholecystitis are not both. */
    private boolean excluded(String one, String other, LocalDate on) {
        return excludes(one, other, on) || excludes(other, one, on);
    }

    private boolean excludes(String one, String other, LocalDate on) {
        return book.instructions(one, on).stream()
                .filter(note -> note.kind() == CodeBook.InstructionKind.EXCLUDES1)
                .flatMap(note -> note.codes().stream())
                .anyMatch(range -> range.covers(other));
    }

    /** A code of the category is there already: what the note says of the same thing is the coder's to compare. */
    private static boolean sameCategory(String one, String other) {
        return one.length() >= 3 && other.startsWith(one.substring(0, 3));
    }

    /** The clinician's own code where it may be reported, else what a map makes of it, else what the words find. */
    private List<Suggestion> stated(
            CaseFacts.Facts facts, EntryView entry, Content.Condition condition, LocalDate on, ZoneId zone) {
        String own = condition.code().code(Concept.ICD10CM);
        Optional<CodeLookup.Code> code = own == null
                ? Optional.empty()
                : codes.find(CodeSystem.ICD10CM, own).filter(each -> reportable(each, on));
        if (code.isPresent()) {
            return List.of(suggestion(code.get(), entry, 0, zone));
        }
        String concept = condition.code().code(Concept.SNOMED);
        CodingCase.Sex sex = facts.coded().patient().sex();
        List<Suggestion> mapped = concept == null
                ? List.of()
                : maps.candidates(concept, on, sex == null ? null : sex.word()).stream()
                        .map(each -> mapped(each, entry, zone))
                        .toList();
        return mapped.isEmpty()
                ? byWords(condition.code().text(), on).map(each -> suggestion(each, entry, 0, zone)).stream()
                        .toList()
                : mapped;
    }

    private static Suggestion mapped(CodeMaps.Candidate candidate, EntryView entry, ZoneId zone) {
        return new Suggestion(
                CodeSystem.ICD10CM,
                candidate.code(),
                candidate.display(),
                new CodeEdit.Words(entry.id(), entry.inForce(), 0),
                CaseFacts.quote(entry, entry.inForce(), 0)
                        .orElse(entry.content().title()),
                CaseFacts.label(entry, zone) + ", mapped from SNOMED CT"
                        + (candidate.advice().isEmpty() ? "" : ", " + candidate.advice()));
    }

    private Optional<Suggestion> done(EntryView entry, Content.Procedure procedure, LocalDate on, ZoneId zone) {
        for (CodeSystem system : List.of(CodeSystem.ICD10PCS, CodeSystem.HCPCS, CodeSystem.CPT)) {
            String code = procedure.code().code(system.uri());
            if (code != null) {
                return codes.find(system, code)
                        .filter(each -> !each.general())
                        .map(each -> suggestion(each, entry, 0, zone));
            }
        }
        return Optional.empty();
    }

    /** What the assessment of a note affirms; what it denies or leaves uncertain is not suggested. */
    private List<Suggestion> written(EntryView entry, Content.Note note, LocalDate on, ZoneId zone) {
        List<Suggestion> found = new ArrayList<>();
        List<Sentences.Piece> pieces = Sentences.of(note.text());
        boolean assessing = false;
        for (int i = 0; i < pieces.size(); i++) {
            String text = pieces.get(i).text();
            if (pieces.get(i).first() || PLAN.matcher(text).matches()) {
                assessing = ASSESSMENT.matcher(text).matches();
            }
            if (!assessing) {
                continue;
            }
            for (String part : text.replaceFirst("(?i)^[a-z/ ]{3,20}:\\s*", "").split("[,;.]|\\band\\b")) {
                String phrase = part.strip();
                if (phrase.length() < 4 || !affirmed(text, phrase)) {
                    continue;
                }
                int number = i;
                byWords(phrase, on)
                        .map(code -> suggestion(code, entry, number, zone))
                        .ifPresent(found::add);
            }
        }
        return found;
    }

    /** What the sentence affirms as a whole and in each of its words: "no pneumonia" names what it denies. */
    private static boolean affirmed(String sentence, String phrase) {
        NoteText text = new NoteText(sentence);
        String head = LACKING.split(phrase, 2)[0];
        return text.affirms(named(phrase))
                && words(head.isBlank() ? phrase : head).stream()
                        .flatMap(word -> text.mentions(named(word)).stream())
                        .noneMatch(mention -> mention.stance() == NoteText.Stance.DENIED
                                || mention.stance() == NoteText.Stance.UNCERTAIN);
    }

    private static Pattern named(String words) {
        return Pattern.compile(Pattern.quote(words.toLowerCase(Locale.ROOT)));
    }

    /** Of the category of the best match that says most of what the words say: the code that says least beside it. */
    private Optional<CodeLookup.Code> byWords(String words, LocalDate on) {
        List<String> said = words(words);
        List<String> shorts = SHORT.matcher(words)
                .results()
                .map(found -> found.group().toLowerCase(Locale.ROOT))
                .toList();
        if (said.isEmpty()) {
            return Optional.empty();
        }
        List<CodeLookup.Code> found = codes.matches(CodeSystem.ICD10CM, words, on, ASKED).stream()
                .map(CodeLookup.Match::code)
                .toList();
        List<CodeLookup.Code> fitting = found.stream()
                .filter(code -> reportable(code, on))
                .filter(code -> says(words(code.display()), said, shorts))
                .toList();
        // "High blood pressure" means hypertension, though a title of elevated readings has its words.
        if (fitting.isEmpty()
                || !sameCategory(found.get(0).code(), fitting.get(0).code())) {
            return Optional.empty();
        }
        return fitting.stream()
                .filter(code -> sameCategory(fitting.get(0).code(), code.code()))
                .min(Comparator.comparingLong(code -> {
                    List<String> title = said(code.display());
                    return title.size() - common(title, said) - common(said, title);
                }));
    }

    /** Something of what was said, and most of it: an intolerance of a drug is no malabsorption due to intolerance. */
    private static boolean says(List<String> title, List<String> said, List<String> shorts) {
        long there = common(said, title);
        long apart = said.stream()
                .filter(word -> !shorts.contains(word) && common(List.of(word), title) == 0)
                .count();
        return there > 0 && apart * 2 < said.size();
    }

    /** How many of these words stand among the others. */
    private static long common(List<String> words, List<String> others) {
        return words.stream()
                .filter(word -> others.stream().anyMatch(other -> alike(word, other)))
                .count();
    }

    private static boolean alike(String one, String other) {
        int length = Math.min(5, Math.min(one.length(), other.length()));
        return length >= 3 && one.regionMatches(0, other, 0, length);
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^a-z0-9]+"))
                .filter(word -> word.length() > 2 && !LITTLE.contains(word))
                .toList();
    }

    /** What a title says, each word once however it is inflected. */
    private static List<String> said(String title) {
        List<String> once = new ArrayList<>();
        for (String word : words(NOTHING_SAID.matcher(title).replaceAll(""))) {
            if (once.stream().noneMatch(known -> alike(known, word))) {
                once.add(word);
            }
        }
        return once;
    }

    private boolean reportable(CodeLookup.Code code, LocalDate on) {
        Standing standing = book.standing(code.system(), code.code(), on);
        return !code.general() && (standing == Standing.VALID || standing == Standing.NO_RELEASE);
    }

    private static Suggestion suggestion(CodeLookup.Code code, EntryView entry, int number, ZoneId zone) {
        return new Suggestion(
                code.system(),
                code.code(),
                code.display(),
                new CodeEdit.Words(entry.id(), entry.inForce(), number),
                CaseFacts.quote(entry, entry.inForce(), number)
                        .orElse(entry.content().title()),
                CaseFacts.label(entry, zone));
    }

    /**
     * More specific codes beside one that says "unspecified", with the words that would choose them; empty for a code that
     * is specific.
     */
    List<Closer> closer(CodeEntity code, LocalDate on) {
        if (!code.system.equals(CodeSystem.ICD10CM.id())
                || !(code.display.toLowerCase(Locale.ROOT).contains("unspecified")
                        || book.listing(CodeBook.CodeList.UNSPECIFIED, code.code, on)
                                .isPresent())) {
            return List.of();
        }
        List<CodeBook.Concept> found = List.of();
        Optional<CodeBook.Concept> parent = book.parent(CodeSystem.ICD10CM, code.code, on);
        for (int up = 0; up < 3 && parent.isPresent() && found.isEmpty(); up++) {
            found = book.children(CodeSystem.ICD10CM, parent.get().code(), on).stream()
                    .filter(child -> !code.code.startsWith(child.code()) && !unspecified(child))
                    .limit(CLOSER)
                    .toList();
            if (parent.get().code().length() <= 3) {
                break;
            }
            parent = book.parent(CodeSystem.ICD10CM, parent.get().code(), on);
        }
        List<CodeBook.Concept> leaves = found.stream()
                .flatMap(each -> leaves(each, on))
                .filter(each -> !unspecified(each) && sameEpisode(each.code(), code.code))
                .toList();
        Set<String> own = new HashSet<>(words(code.display));
        return (leaves.isEmpty() || leaves.size() > CLOSER ? found : leaves)
                .stream()
                        .map(each -> new Closer(
                                each.code(),
                                each.display(),
                                words(each.display()).stream()
                                        .filter(word -> !own.contains(word))
                                        .distinct()
                                        .collect(Collectors.joining(" ")),
                                each.billable()))
                        .toList();
    }

    private static boolean unspecified(CodeBook.Concept concept) {
        return concept.display().toLowerCase(Locale.ROOT).contains("unspecified");
    }

    /** The codes that may be reported at and below one. */
    private Stream<CodeBook.Concept> leaves(CodeBook.Concept concept, LocalDate on) {
        return concept.billable()
                ? Stream.of(concept)
                : book.children(CodeSystem.ICD10CM, concept.code(), on).stream().flatMap(each -> leaves(each, on));
    }

    /** Initial encounter beside initial encounter, where both codes have a seventh character. */
    private static boolean sameEpisode(String one, String other) {
        return one.length() < SEVEN
                || other.length() < SEVEN
                || one.charAt(one.length() - 1) == other.charAt(other.length() - 1);
    }
}
