package org.chartkeeper.coding.rule.prescription;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Kinds of dose forms, as far as the way into the body depends on them; told by a drug's name. */
enum DoseForm {
    /** The more particular ones first: the first whose words a name has is its form. */
    SUBLINGUAL("a sublingual form", "sublingual|buccal|\\bSL (?:tab|film)", Way.SUBLINGUAL, Way.BUCCAL),
    VAGINAL("a vaginal form", "vaginal", Way.VAGINAL),
    RECTAL("a rectal form", "rectal|\\benema", Way.RECTAL),
    SUPPOSITORY("a suppository", "suppositor", Way.RECTAL, Way.VAGINAL),
    EYE("eye drops or ointment", "ophthalmic|\\beye (?:drop|oint)", Way.EYE, Way.EAR),
    EAR("ear drops", "\\botic\\b|\\bear drop", Way.EAR),
    NASAL("a nasal form", "\\bnasal|intranasal|nostril", Way.NOSE),
    INHALED(
            "an inhaled form",
            "inhal|metered dose|nebuli[sz]|actuat|\\bHFA\\b|\\bDPI\\b|diskus|ellipta|respimat",
            Way.INHALED,
            Way.NOSE),
    PATCH("a patch", "transdermal|\\bpatch", Way.TRANSDERMAL, Way.SKIN),
    INJECTION(
            "an injection",
            "inject|prefilled|auto-?injector|\\bpen\\b(?! ?v)|kwikpen|flexpen|solostar|cartridge|\\bvial|intravenous|infusion"
                    + "|\\bampule?|\\bIV\\b|intramuscular|subcutaneous",
            Way.VEIN,
            Way.MUSCLE,
            Way.UNDER_SKIN,
            Way.INTO_SKIN,
            Way.INJECTED),
    CREAM(
            "a form for the skin",
            "topical|cream|ointment|lotion|shampoo|\\bgel\\b(?! ?cap)|\\bfoam\\b",
            Way.SKIN,
            Way.TRANSDERMAL),
    TABLET("an oral tablet", "tablets?\\b|\\btabs?\\b|caplet|\\bODT\\b", Way.MOUTH, Way.TUBE),
    CAPSULE("an oral capsule", "capsules?\\b|\\bcaps?\\b|softgel", Way.MOUTH, Way.TUBE),
    LOZENGE("a lozenge", "lozenge|troche|chewing gum", Way.MOUTH, Way.BUCCAL),
    LIQUID(
            "an oral liquid",
            "\\boral (?:solution|suspension|liquid|drops|powder|granules)|syrup|elixir|\\boral\\b",
            Way.MOUTH,
            Way.TUBE,
            Way.BUCCAL,
            Way.SUBLINGUAL),
    /** The name tells none. */
    UNSAID("no form", "(?!)");

    /** Ways into the body. */
    enum Way {
        MOUTH,
        SUBLINGUAL,
        BUCCAL,
        TUBE,
        INHALED,
        NOSE,
        VEIN,
        MUSCLE,
        UNDER_SKIN,
        INTO_SKIN,
        /** Other places of an injection. */
        INJECTED,
        TRANSDERMAL,
        SKIN,
        EYE,
        EAR,
        RECTAL,
        VAGINAL
    }

    private final String words;
    private final Pattern pattern;
    private final Set<Way> ways;

    DoseForm(String words, String pattern, Way... ways) {
        this.words = words;
        this.pattern = Pattern.compile(pattern, Pattern.CASE_INSENSITIVE);
        this.ways = ways.length == 0 ? EnumSet.noneOf(Way.class) : EnumSet.copyOf(Arrays.asList(ways));
    }

    /** The form that a drug's name tells; {@link #UNSAID} where it tells none or more than one. */
    static DoseForm in(String name) {
        String plain = name.toLowerCase(Locale.ROOT);
        for (DoseForm form : values()) {
            if (form.pattern.matcher(plain).find()) {
                return form;
            }
        }
        return UNSAID;
    }

    String words() {
        return words;
    }

    /** Whether it may be given so. */
    boolean allows(Way way) {
        return ways.contains(way);
    }

    /** Whether two names mean forms that may stand for each other: a suppository is rectal or vaginal. */
    boolean like(DoseForm other) {
        return this == other
                || this == SUPPOSITORY && (other == RECTAL || other == VAGINAL)
                || other == SUPPOSITORY && (this == RECTAL || this == VAGINAL)
                || loose() && other.loose();
    }

    /** Names of oral forms are used one for another: a caplet, a soft capsule, "oral". */
    private boolean loose() {
        return this == LIQUID || this == LOZENGE;
    }
}
