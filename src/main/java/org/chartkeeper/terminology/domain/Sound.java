package org.chartkeeper.terminology.domain;

import java.util.List;
import java.util.regex.Pattern;

/**
 * How a medical word sounds, so that one written by ear finds the one that is meant: neumonia, flebitis, gonorea,
 * oesophagitis. Letters of Greek spelling, doubled ones and vowels that sound alike become one.
 */
final class Sound {

    private record Rule(Pattern written, String heard) {}

    private static final List<Rule> RULES = List.of(
            rule("([^aeiou])\\1+", "$1"),
            rule("^(?:pn|kn|gn|mn)", "n"),
            rule("^ps", "s"),
            rule("^pt", "t"),
            rule("^wr", "r"),
            rule("^x", "s"),
            rule("rh", "r"),
            rule("ph", "f"),
            rule("(?:t|s|sh|c)ion", "shon"),
            rule("x", "ks"),
            rule("sc(?=[eiy])|c(?=[eiy])|z", "s"),
            rule("dg|g(?=[eiy])", "j"),
            rule("ch|ck|c|q", "k"),
            rule("th", "t"),
            rule("ae|oe", "e"),
            rule("eu|ew|ue|ou|oo", "u"),
            rule("ea|ee|ie|ei|ey|y", "i"),
            rule("au|aw|oa|ow", "o"),
            rule("e$", ""),
            rule("(.)\\1+", "$1"));

    private Sound() {}

    private static Rule rule(String written, String heard) {
        return new Rule(Pattern.compile(written), heard);
    }

    /** @param word in lower case, without marks */
    static String of(String word) {
        String sound = word;
        for (Rule rule : RULES) {
            sound = rule.written.matcher(sound).replaceAll(rule.heard);
        }
        return sound;
    }
}
