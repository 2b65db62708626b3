package org.chartkeeper.chart;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Units that a single dose is given in, with their UCUM codes; what is counted has an annotation for a code. */
public enum DoseUnit {
    TABLET("tablet", "{tablet}", "tablets", "tab", "tabs"),
    CAPSULE("capsule", "{capsule}", "capsules", "cap", "caps"),
    MILLILITER("mL", "mL", "ml", "cc", "milliliter", "milliliters"),
    MILLIGRAM("mg", "mg", "milligram", "milligrams"),
    MICROGRAM("mcg", "ug", "ug", "µg", "μg", "microgram", "micrograms"),
    GRAM("g", "g", "gram", "grams", "gm"),
    UNIT("unit", "[iU]", "units", "iu", "u"),
    MILLIEQUIVALENT("mEq", "meq", "meq"),
    MILLIMOLE("mmol", "mmol", "mmols"),
    PUFF("puff", "{puff}", "puffs"),
    INHALATION("inhalation", "{inhalation}", "inhalations"),
    SPRAY("spray", "{spray}", "sprays"),
    DROP("drop", "[drp]", "drops", "gtt", "gtts"),
    PATCH("patch", "{patch}", "patches"),
    APPLICATION("application", "{application}", "applications"),
    SUPPOSITORY("suppository", "{suppository}", "suppositories", "supp"),
    LOZENGE("lozenge", "{lozenge}", "lozenges"),
    PACKET("packet", "{packet}", "packets"),
    TEASPOON("teaspoon", "[tsp_us]", "teaspoons", "tsp"),
    TABLESPOON("tablespoon", "[tbs_us]", "tablespoons", "tbsp");

    /** Every way to write one, for patterns; longer ones first, so that none is cut short. */
    static final String ANY = Stream.of(values())
            .flatMap(unit -> Stream.concat(Stream.of(unit.word), unit.others.stream()))
            .distinct()
            .sorted((one, other) -> other.length() - one.length())
            .collect(Collectors.joining("|"));

    private final String word;
    private final String ucum;
    private final List<String> others;

    DoseUnit(String word, String ucum, String... others) {
        this.word = word;
        this.ucum = ucum;
        this.others = List.of(others);
    }

    /** As an order keeps and shows it. */
    public String word() {
        return word;
    }

    /** Its UCUM code. */
    public String ucum() {
        return ucum;
    }

    /** Whether it measures mass or activity, so that how many pieces it makes depends on the strength. */
    public boolean mass() {
        return this == MILLIGRAM || this == MICROGRAM || this == GRAM || this == UNIT || this == MILLIEQUIVALENT;
    }

    /** The unit that is written so, in the singular, the plural, an abbreviation or UCUM; empty where there is none. */
    public static Optional<DoseUnit> read(String written) {
        String wanted = written.strip().toLowerCase(Locale.ROOT);
        return Stream.of(values())
                .filter(unit -> unit.word.toLowerCase(Locale.ROOT).equals(wanted)
                        || unit.ucum.toLowerCase(Locale.ROOT).equals(wanted)
                        || unit.others.contains(wanted))
                .findFirst();
    }
}
