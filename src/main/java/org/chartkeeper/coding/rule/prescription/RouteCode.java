package org.chartkeeper.coding.rule.prescription;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.chartkeeper.chart.Route;
import org.chartkeeper.coding.rule.prescription.DoseForm.Way;
import org.jspecify.annotations.Nullable;

/**
 * Routes by their SNOMED CT codes.
 *
 * @param way null of routes that no dose form here is bound to
 */
record RouteCode(String code, String name, @Nullable Way way) {

    /** The routes of FHIR's value set route-codes that prescriptions name. */
    private static final Map<String, RouteCode> KNOWN = Map.ofEntries(
            route("26643006", "oral", Way.MOUTH),
            route("37839007", "sublingual", Way.SUBLINGUAL),
            route("54471007", "buccal", Way.BUCCAL),
            route("447694001", "respiratory tract", Way.INHALED),
            route("46713006", "nasal", Way.NOSE),
            route("47625008", "intravenous", Way.VEIN),
            route("78421000", "intramuscular", Way.MUSCLE),
            route("34206005", "subcutaneous", Way.UNDER_SKIN),
            route("372464004", "intradermal", Way.INTO_SKIN),
            route("45890007", "transdermal", Way.TRANSDERMAL),
            route("6064005", "topical", Way.SKIN),
            route("448598008", "cutaneous", Way.SKIN),
            route("54485002", "ophthalmic", Way.EYE),
            route("10547007", "otic", Way.EAR),
            route("37161004", "rectal", Way.RECTAL),
            route("16857009", "vaginal", Way.VAGINAL),
            route("127490009", "gastrostomy", Way.TUBE),
            route("127491008", "jejunostomy", Way.TUBE),
            route("127492001", "nasogastric", Way.TUBE),
            route("418743005", "fistula", null),
            route("12130007", "intra-articular", Way.INJECTED),
            route("37737002", "intraluminal", null),
            route("38239002", "intraperitoneal", Way.INJECTED),
            route("72607000", "intrathecal", Way.INJECTED),
            route("404820008", "epidural", Way.INJECTED),
            route("418401004", "intravitreal", Way.INJECTED),
            route("72602006", "intrapleural", Way.INJECTED));

    private static final Pattern SHAPE = Pattern.compile("[1-9]\\d{5,17}");

    private static final int[][] D5 = {
        {0, 1, 2, 3, 4, 5, 6, 7, 8, 9},
        {1, 2, 3, 4, 0, 6, 7, 8, 9, 5},
        {2, 3, 4, 0, 1, 7, 8, 9, 5, 6},
        {3, 4, 0, 1, 2, 8, 9, 5, 6, 7},
        {4, 0, 1, 2, 3, 9, 5, 6, 7, 8},
        {5, 9, 8, 7, 6, 0, 4, 3, 2, 1},
        {6, 5, 9, 8, 7, 1, 0, 4, 3, 2},
        {7, 6, 5, 9, 8, 2, 1, 0, 4, 3},
        {8, 7, 6, 5, 9, 3, 2, 1, 0, 4},
        {9, 8, 7, 6, 5, 4, 3, 2, 1, 0}
    };
    private static final int[] TURN = {1, 5, 7, 6, 2, 8, 3, 0, 9, 4};

    private static Map.Entry<String, RouteCode> route(String code, String name, @Nullable Way way) {
        return Map.entry(code, new RouteCode(code, name, way));
    }

    /** The route of a code; empty where it is none of these. */
    static Optional<RouteCode> of(String code) {
        return Optional.ofNullable(KNOWN.get(code));
    }

    /** The code of a route that is written in words or as an abbreviation; empty where there is none. */
    static Optional<RouteCode> written(String words) {
        return Route.read(words).flatMap(route -> of(route.snomed()));
    }

    /** Whether it has the shape of a SNOMED CT identifier and its check digit (Verhoeff) is right. */
    static boolean wellFormed(String code) {
        if (!SHAPE.matcher(code).matches()) {
            return false;
        }
        int check = 0;
        for (int at = 0; at < code.length(); at++) {
            int digit = code.charAt(code.length() - 1 - at) - '0';
            for (int turns = at % 8; turns > 0; turns--) {
                digit = TURN[digit];
            }
            check = D5[check][digit];
        }
        return check == 0;
    }
}
