package org.chartkeeper.coding.rule;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The text of a visit, read for what it affirms, denies and leaves uncertain. */
public final class NoteText {

    private static final Pattern SENTENCE = Pattern.compile("(?<=[.!?;])\\s+|\\R+");

    /** Characters of a sentence. */
    private static final int LONGEST = 1000;

    private static final Pattern NO_WORD = Pattern.compile("[^a-z0-9]+");

    /** Words after which a finding is denied, up to the end of its clause. */
    private static final Pattern NEGATION = Pattern.compile(
            "\\b(no|not|without|denies|denied|denying|negative for|absence of|free of|ruled out for|never|none|nor|"
                    + "no evidence of|no signs? of|unlikely|excluded|refuses|refused|declines|declined)\\b");

    /** What ends the reach of a negation or of an uncertain term. */
    private static final Pattern CLAUSE_END = Pattern.compile(
            "\\b(but|however|although|except|(?<!not )yet|which|presents?|presenting)\\b|[:;]|, (?=with\\b)");

    /** Words that deny what stands before them. */
    private static final Pattern DENIED_AFTER =
            Pattern.compile("^[^,;.]{0,30}\\b(was|were|is|has been|have been|been|are)?\\s*"
                    + "(ruled out|excluded|not seen|not present|unlikely|absent|not found|negative)\\b");

    /** Guideline IV.H: not coded as if they existed in the outpatient setting. */
    private static final Pattern UNCERTAIN = Pattern.compile(
            "\\b(probable|probably|suspected|suspect|suspicious for|suspicion of|questionable|rule[- ]out|to be ruled out|r/o|"
                    + "compatible with|consistent with|working (?:diagnosis|dx|impression)|likely|versus|vs|possible|possibly|"
                    + "concern for|concerning for|presumed|cannot exclude|differential)\\b\\.?|\\?(?=\\s?[a-z]|\\s*$)");

    /** A colon behind an uncertain term leads to what is uncertain: "Working diagnosis: pneumonia". */
    private static final Pattern TERM_AT_END = Pattern.compile("(?:" + UNCERTAIN.pattern() + ")\\s*$");

    private static final Pattern UNCERTAIN_AFTER =
            Pattern.compile("^\\s*\\(?(working (diagnosis|dx|impression)|versus|vs\\.?|likely|probable|possible|"
                    + "suspected|questionable|\\?|(is|remains|was|appears|seems) (suspected|likely|possible|probable|questionable|presumed)|"
                    + "(still )?(has |needs )?to be (ruled out|excluded)|"
                    + "(cannot|can not|could not) be (excluded|ruled out))"
                    // "Pneumonia, probable." doubts the pneumonia; "pneumonia, likely viral" what it is of.
                    + "|^\\s*[,(–-]\\s*(still )?(likely|probable|possible|suspected|questionable|presumed|rule[- ]out|r/o"
                    + "|to be ruled out)\\s*\\??\\s*([.,;)]|$)");

    private final String text;
    private final List<String> sentences = new ArrayList<>();
    private @Nullable Set<String> words;

    public NoteText(String text) {
        this.text = text;
        String lower = text.toLowerCase(Locale.ROOT)
                .replace('\u2019', '\'')
                .replaceAll("\\bvs\\.", "vs")
                .replaceAll("\\bdr\\.", "dr")
                // "E. coli" and "C. difficile" are names.
                .replaceAll("(?<![\\w.])([a-z])\\.[ \\t]+(?=[a-z]{3})", "$1.")
                // "? pneumonia" asks; it ends no sentence.
                .replaceAll("(?<![^\\s:(\\-])\\?\\s+(?=[a-z])", "?");
        for (String sentence : SENTENCE.split(lower)) {
            add(sentence.strip());
        }
    }

    /** Text without an end of a sentence is read in pieces: no denial reaches further, and no time is lost in it. */
    private void add(String sentence) {
        String rest = sentence;
        while (rest.length() > LONGEST) {
            int blank = rest.lastIndexOf(' ', LONGEST);
            int cut = blank > 0 ? blank : LONGEST;
            sentences.add(rest.substring(0, cut));
            rest = rest.substring(cut).strip();
        }
        if (!rest.isEmpty()) {
            sentences.add(rest);
        }
    }

    public boolean isBlank() {
        return text.isBlank();
    }

    /** The sentences in lower case. */
    public List<String> sentences() {
        return List.copyOf(sentences);
    }

    /** Words and numbers of a text in lower case, each once, in their order. */
    public static Set<String> words(String lower) {
        Set<String> words = new LinkedHashSet<>(Arrays.asList(NO_WORD.split(lower)));
        words.remove("");
        return words;
    }

    /** Every word of the note. */
    public Set<String> words() {
        Set<String> read = words;
        if (read == null) {
            read = words(String.join(" ", sentences));
            words = read;
        }
        return read;
    }

    /** How a mention of something stands in the text. */
    public enum Stance {
        AFFIRMED,
        UNCERTAIN,
        DENIED,
        /** Of the past or of the family. */
        HISTORY
    }

    /**
     * @param words the mention itself
     * @param sentence where it stands, in lower case
     */
    public record Mention(Stance stance, String words, String sentence) {}

    /** Every mention of a pattern, with its stance. */
    public List<Mention> mentions(Pattern asked) {
        List<Mention> found = new ArrayList<>();
        for (String sentence : sentences) {
            Matcher matcher = asked.matcher(sentence);
            while (matcher.find()) {
                found.add(new Mention(stance(sentence, matcher.start(), matcher.end()), matcher.group(), sentence));
            }
        }
        return found;
    }

    private static Stance stance(String sentence, int start, int end) {
        String before = sentence.substring(0, start);
        String after = sentence.substring(end);
        int clause = 0;
        Matcher boundary = CLAUSE_END.matcher(before);
        while (boundary.find()) {
            boolean leads = boundary.group().equals(":")
                    && TERM_AT_END
                            .matcher(before.substring(0, boundary.start()))
                            .find();
            clause = leads ? clause : boundary.end();
        }
        String reach = before.substring(clause);
        String wide = before.substring(Math.max(0, before.lastIndexOf(';') + 1));
        if (uncertain(reach) || UNCERTAIN_AFTER.matcher(after).find()) {
            return Stance.UNCERTAIN;
        }
        if (NEGATION.matcher(reach).find() || DENIED_AFTER.matcher(after).find()) {
            return Stance.DENIED;
        }
        if (wide.matches(".*\\b(rule[- ]out|r/o|differential( diagnosis)?( includes?)?:?)\\s[^.]*")) {
            return Stance.UNCERTAIN;
        }
        if (reach.matches(".*\\b(history of|h/o|hx of|family history|fhx|mother|father|previous|prior|past)\\b.*")
                || after.matches("^\\s*\\(?(in (19|20)\\d\\d|years ago).*")) {
            return Stance.HISTORY;
        }
        return Stance.AFFIRMED;
    }

    /** Whether an uncertain term reaches to the end of the clause and is not itself denied. */
    private static boolean uncertain(String reach) {
        Matcher matcher = UNCERTAIN.matcher(reach);
        while (matcher.find()) {
            String head = reach.substring(0, matcher.start());
            // "not likely viral" denies; "not only suspected" is rare enough.
            if (!head.matches(".*\\b(not|un)\\s*$")
                    && !(matcher.group().startsWith("consistent")
                            && reach.substring(matcher.end()).matches(".*\\b(and|,)\\s.*\\bdiagnos.*"))) {
                return true;
            }
        }
        return false;
    }

    public boolean affirms(Pattern asked) {
        return mentions(asked).stream().anyMatch(mention -> mention.stance() == Stance.AFFIRMED);
    }

    public boolean names(Pattern asked) {
        return sentences.stream().anyMatch(sentence -> asked.matcher(sentence).find());
    }

    /** The first sentence that has the pattern; empty where none has. */
    public String sentenceOf(Pattern asked) {
        return sentences.stream()
                .filter(sentence -> asked.matcher(sentence).find())
                .findFirst()
                .orElse("");
    }
}
