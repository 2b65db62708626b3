package org.chartkeeper.patient.domain;

import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.commons.codec.language.DoubleMetaphone;

/** How names are cut into tokens and compared: the same for what is stored and for what is searched. */
final class Names {

    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern QUOTES = Pattern.compile("['’‘`´.]");
    private static final Pattern BREAKS = Pattern.compile("[^\\p{L}\\p{N}]+");
    /** Letters that do not fall apart into a base letter and a mark. */
    private static final Map<String, String> LETTERS =
            Map.of("ß", "ss", "æ", "ae", "ø", "o", "œ", "oe", "ł", "l", "đ", "d", "ð", "d", "þ", "th", "ı", "i");

    private static final int KEY_LENGTH = 8;

    private Names() {}

    /** Lower case, without accents and apostrophes; O'Neil becomes oneil. */
    static String plain(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        for (Map.Entry<String, String> letter : LETTERS.entrySet()) {
            lower = lower.replace(letter.getKey(), letter.getValue());
        }
        String bare =
                MARKS.matcher(Normalizer.normalize(lower, Normalizer.Form.NFD)).replaceAll("");
        return QUOTES.matcher(bare).replaceAll("");
    }

    /** The words of a name, plain; both halves of a hyphenated one stand alone. */
    static List<String> tokens(String text) {
        return BREAKS.splitAsStream(plain(text)).filter(word -> !word.isEmpty()).toList();
    }

    /** How a word sounds: Double Metaphone, primary and alternate; empty for a word without letters. */
    static Set<String> sounds(String token) {
        DoubleMetaphone metaphone = new DoubleMetaphone();
        metaphone.setMaxCodeLen(KEY_LENGTH);
        Set<String> keys = new TreeSet<>();
        for (boolean alternate : new boolean[] {false, true}) {
            String key = metaphone.doubleMetaphone(token, alternate);
            if (key != null && !key.isEmpty()) {
                keys.add(key);
            }
        }
        return keys;
    }

    /** How family and first given name sound together; two people of equal keys carry the same-name mark. */
    static String key(String family, String given) {
        List<String> first = tokens(given);
        return sound(String.join("", tokens(family))) + "|" + (first.isEmpty() ? "" : sound(first.getFirst()));
    }

    private static String sound(String token) {
        DoubleMetaphone metaphone = new DoubleMetaphone();
        metaphone.setMaxCodeLen(KEY_LENGTH);
        String key = metaphone.doubleMetaphone(token);
        return key == null || key.isEmpty() ? token : key;
    }

    /** Jaro-Winkler similarity of two plain words, 0 to 1. */
    static double similarity(String one, String other) {
        if (one.equals(other)) {
            return 1;
        }
        int window = Math.max(0, Math.max(one.length(), other.length()) / 2 - 1);
        boolean[] usedOne = new boolean[one.length()];
        boolean[] usedOther = new boolean[other.length()];
        int matches = 0;
        for (int i = 0; i < one.length(); i++) {
            int end = Math.min(other.length(), i + window + 1);
            for (int j = Math.max(0, i - window); j < end; j++) {
                if (!usedOther[j] && one.charAt(i) == other.charAt(j)) {
                    usedOne[i] = true;
                    usedOther[j] = true;
                    matches++;
                    break;
                }
            }
        }
        if (matches == 0) {
            return 0;
        }
        int transposed = 0;
        int j = 0;
        for (int i = 0; i < one.length(); i++) {
            if (usedOne[i]) {
                while (!usedOther[j]) {
                    j++;
                }
                if (one.charAt(i) != other.charAt(j)) {
                    transposed++;
                }
                j++;
            }
        }
        double m = matches;
        double jaro = (m / one.length() + m / other.length() + (m - transposed / 2.0) / m) / 3;
        int prefix = 0;
        while (prefix < Math.min(4, Math.min(one.length(), other.length()))
                && one.charAt(prefix) == other.charAt(prefix)) {
            prefix++;
        }
        return jaro + prefix * 0.1 * (1 - jaro);
    }

    /** Single edits between two words: insertions, deletions, substitutions and swaps of neighbors. */
    static int distance(String one, String other) {
        int[][] d = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            d[i][0] = i;
        }
        for (int j = 0; j <= other.length(); j++) {
            d[0][j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            for (int j = 1; j <= other.length(); j++) {
                int cost = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
                d[i][j] = Math.min(Math.min(d[i - 1][j] + 1, d[i][j - 1] + 1), d[i - 1][j - 1] + cost);
                if (i > 1
                        && j > 1
                        && one.charAt(i - 1) == other.charAt(j - 2)
                        && one.charAt(i - 2) == other.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[one.length()][other.length()];
    }

    /** Other usual forms of a given name: Bill for William; empty for most. */
    static Set<String> nicknames(String token) {
        Set<String> others = new LinkedHashSet<>();
        for (Set<String> group : NICKNAMES) {
            if (group.contains(token)) {
                others.addAll(group);
            }
        }
        others.remove(token);
        return others;
    }

    private static final List<Set<String>> NICKNAMES = List.of(
            Set.of("william", "bill", "billy", "will", "willie", "liam"),
            Set.of("robert", "bob", "bobby", "rob", "robbie", "bert"),
            Set.of("richard", "rick", "dick", "rich", "richie", "ricky"),
            Set.of("james", "jim", "jimmy", "jamie"),
            Set.of("john", "jack", "johnny", "jon"),
            Set.of("jonathan", "jon", "johnny"),
            Set.of("joseph", "joe", "joey"),
            Set.of("charles", "chuck", "charlie", "chas"),
            Set.of("edward", "ed", "eddie", "ted", "ned"),
            Set.of("thomas", "tom", "tommy"),
            Set.of("michael", "mike", "mick", "mickey"),
            Set.of("david", "dave", "davey"),
            Set.of("daniel", "dan", "danny"),
            Set.of("christopher", "chris", "kit"),
            Set.of("matthew", "matt"),
            Set.of("anthony", "tony"),
            Set.of("steven", "stephen", "steve"),
            Set.of("andrew", "andy", "drew"),
            Set.of("kenneth", "ken", "kenny"),
            Set.of("lawrence", "larry", "laurence"),
            Set.of("gerald", "jerry", "gerry"),
            Set.of("samuel", "sam", "sammy"),
            Set.of("benjamin", "ben", "benny"),
            Set.of("alexander", "alex", "sandy", "xander"),
            Set.of("alexandra", "alex", "sandra", "sandy", "lexi"),
            Set.of("nicholas", "nick", "nicky"),
            Set.of("patrick", "pat", "paddy"),
            Set.of("patricia", "pat", "patty", "trish", "tricia"),
            Set.of("elizabeth", "liz", "lizzie", "beth", "betty", "betsy", "eliza", "libby", "lisa"),
            Set.of("margaret", "maggie", "meg", "peggy", "marge", "greta", "rita"),
            Set.of("catherine", "katherine", "kathryn", "kate", "katie", "kathy", "cathy", "kay", "kitty"),
            Set.of("eleanor", "ellie", "nell", "nellie", "nora", "ella", "lenore"),
            Set.of("susan", "sue", "susie", "suzanne"),
            Set.of("deborah", "deb", "debbie", "debra"),
            Set.of("barbara", "barb", "babs"),
            Set.of("dorothy", "dot", "dottie", "dolly"),
            Set.of("jennifer", "jen", "jenny"),
            Set.of("jessica", "jess", "jessie"),
            Set.of("rebecca", "becky", "becca"),
            Set.of("victoria", "vicky", "tori"),
            Set.of("virginia", "ginny", "ginger"),
            Set.of("pamela", "pam"),
            Set.of("cynthia", "cindy"),
            Set.of("sandra", "sandy"),
            Set.of("mary", "molly", "polly", "mae", "mamie"),
            Set.of("martha", "marty", "mattie"),
            Set.of("theresa", "teresa", "terry", "tess"),
            Set.of("frances", "fran", "fanny"),
            Set.of("francis", "frank"),
            Set.of("abigail", "abby", "gail"),
            Set.of("jose", "pepe"),
            Set.of("francisco", "paco", "pancho"),
            Set.of("guadalupe", "lupe"),
            Set.of("ronald", "ron", "ronnie"),
            Set.of("donald", "don", "donnie"),
            Set.of("timothy", "tim"),
            Set.of("gregory", "greg"),
            Set.of("jeffrey", "jeff", "geoffrey"),
            Set.of("raymond", "ray"),
            Set.of("walter", "walt", "wally"),
            Set.of("henry", "hank", "harry"),
            Set.of("harold", "hal", "harry"),
            Set.of("eugene", "gene"),
            Set.of("frederick", "fred", "freddie"),
            Set.of("leonard", "len", "lenny", "leo"),
            Set.of("phillip", "philip", "phil"),
            Set.of("peter", "pete"),
            Set.of("zachary", "zach", "zack"),
            Set.of("joshua", "josh"),
            Set.of("nathaniel", "nathan", "nate"),
            Set.of("vincent", "vince", "vinny"),
            Set.of("judith", "judy"),
            Set.of("kimberly", "kim"),
            Set.of("angela", "angie"),
            Set.of("amanda", "mandy"),
            Set.of("christine", "christina", "chris", "tina", "chrissy"),
            Set.of("stephanie", "steph"),
            Set.of("samantha", "sam"),
            Set.of("josephine", "jo", "josie"),
            Set.of("florence", "flo", "flossie"));
}
