package org.chartkeeper.coding.rule.prescription;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Units of doses in UCUM, case-exact. UCUM itself has more: MG (megagauss) and U (enzyme units) are right there and wrong in
 * a dose, therefore the units of doses are listed.
 */
final class DoseUnits {

    private static final Set<String> ATOMS = Set.of(
            "g",
            "mg",
            "ug",
            "ng",
            "pg",
            "kg",
            "L",
            "dL",
            "mL",
            "uL",
            "l",
            "dl",
            "ml",
            "ul",
            "mol",
            "mmol",
            "umol",
            "nmol",
            "eq",
            "meq",
            "ueq",
            "mosm",
            "[iU]",
            "[IU]",
            "m[iU]",
            "k[iU]",
            "10*3[iU]",
            "10*6[iU]",
            "[USP'U]",
            "[arb'U]",
            "[drp]",
            "[tsp_us]",
            "[tbs_us]",
            "[foz_us]",
            "[cup_us]",
            "[oz_av]",
            "[in_i]",
            "cm",
            "mm",
            "cm2",
            "m2",
            "%",
            "Bq",
            "kBq",
            "MBq",
            "GBq",
            "Ci",
            "mCi",
            "uCi",
            "kcal",
            "cal",
            "J",
            "Gy",
            "cGy",
            "[CFU]",
            "[PFU]",
            "[FFU]",
            "[CCID_50]",
            "[TCID_50]",
            "[Amb'a'1'U]",
            "[AU]",
            "[BAU]",
            "10*6",
            "10*9",
            "10*3",
            "1",
            "[ppm]");
    private static final Set<String> BELOW = Set.of("s", "min", "h", "d", "wk", "mo", "a");
    private static final Pattern NOTE = Pattern.compile("\\{[!-z|~]*}");

    private static final Map<String, String> MEANT = Map.ofEntries(
            Map.entry("mcg", "ug"),
            Map.entry("mcgs", "ug"),
            Map.entry("µg", "ug"),
            Map.entry("μg", "ug"),
            Map.entry("microgram", "ug"),
            Map.entry("micrograms", "ug"),
            Map.entry("ug", "ug"),
            Map.entry("mg", "mg"),
            Map.entry("mgs", "mg"),
            Map.entry("milligram", "mg"),
            Map.entry("milligrams", "mg"),
            Map.entry("g", "g"),
            Map.entry("gm", "g"),
            Map.entry("gms", "g"),
            Map.entry("gram", "g"),
            Map.entry("grams", "g"),
            Map.entry("kg", "kg"),
            Map.entry("kgs", "kg"),
            Map.entry("ml", "mL"),
            Map.entry("mls", "mL"),
            Map.entry("cc", "mL"),
            Map.entry("ccs", "mL"),
            Map.entry("milliliter", "mL"),
            Map.entry("milliliters", "mL"),
            Map.entry("l", "L"),
            Map.entry("liter", "L"),
            Map.entry("liters", "L"),
            Map.entry("iu", "[iU]"),
            Map.entry("iu's", "[iU]"),
            Map.entry("u", "[iU]"),
            Map.entry("[iu]", "[iU]"),
            Map.entry("unit", "[iU]"),
            Map.entry("units", "[iU]"),
            Map.entry("unt", "[iU]"),
            Map.entry("international units", "[iU]"),
            Map.entry("meq", "meq"),
            Map.entry("mmol", "mmol"),
            Map.entry("mmols", "mmol"),
            Map.entry("tab", "{tbl}"),
            Map.entry("tabs", "{tbl}"),
            Map.entry("tablet", "{tbl}"),
            Map.entry("tablets", "{tbl}"),
            Map.entry("tbl", "{tbl}"),
            Map.entry("cap", "{capsule}"),
            Map.entry("caps", "{capsule}"),
            Map.entry("capsule", "{capsule}"),
            Map.entry("capsules", "{capsule}"),
            Map.entry("puff", "{puff}"),
            Map.entry("puffs", "{puff}"),
            Map.entry("spray", "{spray}"),
            Map.entry("sprays", "{spray}"),
            Map.entry("patch", "{patch}"),
            Map.entry("patches", "{patch}"),
            Map.entry("drop", "[drp]"),
            Map.entry("drops", "[drp]"),
            Map.entry("gtt", "[drp]"),
            Map.entry("gtts", "[drp]"),
            Map.entry("[drp]", "[drp]"),
            Map.entry("tsp", "[tsp_us]"),
            Map.entry("teaspoon", "[tsp_us]"),
            Map.entry("teaspoons", "[tsp_us]"),
            Map.entry("tbsp", "[tbs_us]"),
            Map.entry("tablespoon", "[tbs_us]"),
            Map.entry("tablespoons", "[tbs_us]"));
    private static final Map<String, String> MEANT_BELOW = Map.ofEntries(
            Map.entry("hr", "h"),
            Map.entry("hrs", "h"),
            Map.entry("hour", "h"),
            Map.entry("h", "h"),
            Map.entry("day", "d"),
            Map.entry("d", "d"),
            Map.entry("dose", "{dose}"),
            Map.entry("min", "min"),
            Map.entry("minute", "min"),
            Map.entry("kilo", "kg"),
            Map.entry("week", "wk"),
            Map.entry("m2", "m2"),
            Map.entry("m²", "m2"));

    private DoseUnits() {}

    /** Whether it is a UCUM code of a dose, in the letters' exact case. */
    static boolean valid(String unit) {
        if (unit.isEmpty() || unit.startsWith("/") || unit.endsWith("/")) {
            return false;
        }
        String[] parts = unit.split("/", -1);
        for (int at = 0; at < parts.length; at++) {
            for (String factor : parts[at].split("\\.", -1)) {
                String bare = NOTE.matcher(factor).replaceAll("");
                boolean known =
                        bare.isEmpty() ? !factor.isEmpty() : ATOMS.contains(bare) || at > 0 && BELOW.contains(bare);
                if (!known) {
                    return false;
                }
            }
        }
        return true;
    }

    /** The UCUM code that was meant; null where that is not clear. */
    static @Nullable String meant(String unit) {
        List<String> mended = new ArrayList<>();
        for (String part : unit.strip().split("\\s*/\\s*|\\s+per\\s+", -1)) {
            String lower = part.strip().toLowerCase(java.util.Locale.ROOT);
            String known = valid(part) || !mended.isEmpty() && BELOW.contains(part)
                    ? part
                    : !mended.isEmpty() && MEANT_BELOW.containsKey(lower) ? MEANT_BELOW.get(lower) : MEANT.get(lower);
            if (known == null) {
                return null;
            }
            mended.add(known);
        }
        String code = String.join("/", mended);
        return valid(code) ? code : null;
    }
}
