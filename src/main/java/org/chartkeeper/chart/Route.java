package org.chartkeeper.chart;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** How a drug gets into the body, with its SNOMED CT code of FHIR's value set of routes. */
public enum Route {
    ORAL("oral", "26643006", "by mouth", "oral|orally|by mouth|p\\.?o\\.?|per os"),
    SUBLINGUAL("sublingual", "37839007", "under the tongue", "sublingual|sublingually|s\\.?l\\.?|under the tongue"),
    BUCCAL("buccal", "54471007", "in the cheek", "buccal|buccally|in the cheek"),
    INHALED("inhaled", "447694001", "inhaled", "inhaled|inhale|by inhalation|inhalation|inh|nebulized|by nebulizer"),
    NASAL("nasal", "46713006", "in the nose", "nasal|nasally|intranasal|intranasally|in (?:each|the) (?:nostril|nose)"),
    INTRAVENOUS("intravenous", "47625008", "into a vein", "intravenous|intravenously|i\\.?v\\.?"),
    INTRAMUSCULAR("intramuscular", "78421000", "into a muscle", "intramuscular|intramuscularly|i\\.?m\\.?"),
    SUBCUTANEOUS(
            "subcutaneous",
            "34206005",
            "under the skin",
            "subcutaneous|subcutaneously|subcut|sub-?q|s\\.?q\\.?|s\\.?c\\.?|under the skin"),
    INTRADERMAL("intradermal", "372464004", "into the skin", "intradermal|intradermally"),
    TRANSDERMAL("transdermal", "45890007", "through the skin", "transdermal|transdermally|patch to skin"),
    TOPICAL(
            "topical",
            "6064005",
            "on the skin",
            "topical|topically|on the skin|to (?:the )?(?:affected )?(?:skin|area|areas)"),
    OPHTHALMIC(
            "ophthalmic",
            "54485002",
            "in the eye",
            "ophthalmic|in (?:the |each |both |right |left )*eyes?|to (?:the |each |both |right |left )*eyes?"),
    OTIC("otic", "10547007", "in the ear", "otic|in (?:the |each |both |right |left )*ears?"),
    RECTAL("rectal", "37161004", "rectally", "rectal|rectally|per rectum|p\\.?r\\.?"),
    VAGINAL("vaginal", "16857009", "vaginally", "vaginal|vaginally|per vagina|p\\.?v\\.?"),
    GASTROSTOMY(
            "gastrostomy", "127490009", "by feeding tube", "gastrostomy|by (?:feeding|g|peg) tube|per (?:g|peg) tube");

    private final String word;
    private final String snomed;
    private final String plain;
    private final Pattern pattern;

    Route(String word, String snomed, String plain, String pattern) {
        this.word = word;
        this.snomed = snomed;
        this.plain = plain;
        this.pattern = Pattern.compile("(?<![\\w.])(?:" + pattern + ")(?![\\w])", Pattern.CASE_INSENSITIVE);
    }

    /** As an order keeps it. */
    public String word() {
        return word;
    }

    /** Its SNOMED CT code. */
    public String snomed() {
        return snomed;
    }

    /** As directions say it: {@code by mouth}. */
    public String plain() {
        return plain;
    }

    /** The route that is written so, by its word or a usual abbreviation; empty where there is none. */
    public static Optional<Route> read(String written) {
        String wanted = written.strip().toLowerCase(Locale.ROOT);
        return List.of(values()).stream()
                .filter(route -> route.pattern.matcher(wanted).matches())
                .findFirst();
    }

    /** The first route that directions name; empty where they name none. */
    static Optional<Route> in(String directions) {
        Route found = null;
        int at = Integer.MAX_VALUE;
        for (Route route : values()) {
            var matcher = route.pattern.matcher(directions);
            if (matcher.find() && matcher.start() < at) {
                found = route;
                at = matcher.start();
            }
        }
        return Optional.ofNullable(found);
    }
}
