package org.chartkeeper.coding.rule.prescription;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.chartkeeper.coding.CodingCase.Medication;
import org.chartkeeper.coding.CodingCase.Prescription;
import org.chartkeeper.coding.rule.CaseView;
import org.jspecify.annotations.Nullable;

/**
 * A drug that the patient takes or shall take: a prescription or an active medication.
 *
 * @param item as a finding names it
 * @param label what a reader knows it by
 * @param drugs its ingredients; empty where the drug table has none of them
 * @param place where in the body it acts: {@code systemic}, {@code topical}, {@code ophthalmic}, {@code otic},
 *     {@code nasal}, {@code inhaled}, {@code vaginal}, {@code rectal}
 * @param longActing whether it is released slowly
 * @param from first day; null where not said
 * @param to last day; null where not said
 * @param supplied last day for which it is dispensed, refills included; null where days or first day are not said
 */
record Order(
        String item,
        String label,
        List<DrugEntry> drugs,
        String place,
        boolean longActing,
        @Nullable LocalDate from,
        @Nullable LocalDate to,
        @Nullable LocalDate supplied) {

    /** A supply of more days is a mistake, not a plan. */
    private static final BigDecimal LONGEST = BigDecimal.valueOf(365);

    private static final int MOST_REFILLS = 99;

    private static final Pattern STOPPED = Pattern.compile("\\b(discontinued|stopped|d/c'?d|dc'd|ceased)\\b");

    private static final Pattern LONG_ACTING = Pattern.compile(
            "contin\\b|\\b(er|xr|sr|cr|la|xl|extended|sustained|controlled[- ]release|12 ?hr|24 ?hr|12 ?hour|24 ?hour|"
                    + "patch|transdermal|long[- ]acting|methadone|duragesic|butrans|dolophine)\\b");

    private static final Map<String, String> ROUTES = Map.of(
            "6064005", "topical",
            "54485002", "ophthalmic",
            "10547007", "otic",
            "46713006", "nasal",
            "447694001", "inhaled",
            "18679011000001101", "inhaled",
            "16857009", "vaginal");

    private static final List<Map.Entry<String, Pattern>> PLACES = List.of(
            Map.entry(
                    "systemic", Pattern.compile("\\b(transdermal|patch|oral (tablet|capsule|solution|suspension))\\b")),
            Map.entry("ophthalmic", Pattern.compile("\\b(ophthalmic|ophth|eye)\\b")),
            Map.entry("otic", Pattern.compile("\\b(otic|ear)\\b")),
            Map.entry("nasal", Pattern.compile("\\b(nasal|nose|flonase|nasonex|rhinocort|nasacort)\\b")),
            Map.entry("vaginal", Pattern.compile("\\bvaginal\\b")),
            Map.entry("rectal", Pattern.compile("\\b(rectal|enema)\\b")),
            Map.entry("topical", Pattern.compile("\\b(topical|cream|ointment|lotion|shampoo|gel|foam|mouthwash)\\b")),
            Map.entry(
                    "inhaled",
                    Pattern.compile("\\b(inhal\\w*|hfa|metered|nebuli\\w*|actuat|diskus|dry powder|respimat)\\b")));

    /** Prescriptions first, then active medications; those that say of themselves that they were stopped left out. */
    static List<Order> of(CaseView coded, DrugTable table) {
        List<Order> orders = new ArrayList<>();
        List<Prescription> prescriptions = coded.coded().prescriptions();
        for (int i = 0; i < prescriptions.size(); i++) {
            Prescription one = prescriptions.get(i);
            LocalDate from = one.start() == null ? one.ordered() : one.start();
            LocalDate to = one.end() != null && from != null && one.end().isBefore(from) ? null : one.end();
            orders.add(order(
                    coded,
                    table,
                    "prescriptions[" + i + "]",
                    one.rxnorm(),
                    one.text(),
                    one.ndc(),
                    one.route(),
                    from,
                    to,
                    supplied(one, from)));
        }
        List<Medication> active = coded.coded().activeMedications();
        for (int i = 0; i < active.size(); i++) {
            Medication one = active.get(i);
            // Taken at the time of the case: what ended before it is no duplicate of it.
            orders.add(order(
                    coded,
                    table,
                    "activeMedications[" + i + "]",
                    one.rxnorm(),
                    one.text(),
                    null,
                    null,
                    coded.on(),
                    null,
                    null));
        }
        return orders.stream()
                .filter(one ->
                        !STOPPED.matcher(one.label().toLowerCase(Locale.ROOT)).find())
                .toList();
    }

    private static Order order(
            CaseView coded,
            DrugTable table,
            String item,
            @Nullable String rxnorm,
            @Nullable String text,
            @Nullable String ndc,
            @Nullable String route,
            @Nullable LocalDate from,
            @Nullable LocalDate to,
            @Nullable LocalDate supplied) {
        List<DrugEntry> drugs = table.ingredientsOf(rxnorm, text, coded.drugs());
        String name = text == null ? "" : text;
        if (name.isBlank() && rxnorm != null) {
            name = coded.drugs().drug(rxnorm.strip()).map(drug -> drug.name()).orElse("RxNorm " + rxnorm);
        }
        String normal = ndc == null ? "" : normal(ndc);
        if (drugs.isEmpty() && name.isBlank() && !normal.isEmpty()) {
            for (String rxcui : coded.drugs().rxcuisOf(normal)) {
                drugs = table.ingredientsOf(rxcui, null, coded.drugs());
                if (!drugs.isEmpty()) {
                    break;
                }
            }
        }
        if (name.isBlank()) {
            name = ndc == null ? "a drug without a name" : "NDC " + ndc;
        }
        return new Order(
                item,
                name,
                drugs,
                place(name, route, drugs),
                LONG_ACTING.matcher(name.toLowerCase(Locale.ROOT)).find(),
                from,
                to,
                supplied);
    }

    private static @Nullable LocalDate supplied(Prescription one, @Nullable LocalDate from) {
        BigDecimal days = one.days();
        if (from == null || days == null || days.signum() <= 0 || days.compareTo(LONGEST) > 0) {
            return null;
        }
        int fills = one.refills() == null ? 1 : 1 + Math.clamp(one.refills(), 0, MOST_REFILLS);
        return from.plusDays(days.setScale(0, RoundingMode.CEILING).longValue() * fills - 1);
    }

    /** 11 digits of a package code written with hyphens or in full; empty of any other. */
    private static String normal(String ndc) {
        String[] parts = ndc.strip().split("-");
        if (parts.length == 1) {
            return parts[0].matches("\\d{11}") ? parts[0] : "";
        }
        if (parts.length != 3) {
            return "";
        }
        int[] lengths = {5, 4, 2};
        StringBuilder normal = new StringBuilder();
        for (int i = 0; i < lengths.length; i++) {
            if (!parts[i].matches("\\d+") || parts[i].length() > lengths[i]) {
                return "";
            }
            normal.append("0".repeat(lengths[i] - parts[i].length())).append(parts[i]);
        }
        return normal.toString();
    }

    private static String place(String name, @Nullable String route, List<DrugEntry> drugs) {
        String coded = route == null ? null : ROUTES.get(route.strip());
        if (coded != null) {
            return coded;
        }
        String low = name.toLowerCase(Locale.ROOT);
        for (Map.Entry<String, Pattern> place : PLACES) {
            if (place.getValue().matcher(low).find()) {
                return place.getKey();
            }
        }
        if (drugs.isEmpty()) {
            return "systemic";
        }
        for (String whole : List.of("oral", "injection", "sublingual", "transdermal")) {
            if (drugs.get(0).routes().contains(whole)) {
                return "systemic";
            }
        }
        for (String local : List.of("inhaled", "nasal", "topical", "ophthalmic", "otic", "vaginal", "rectal")) {
            if (drugs.get(0).routes().contains(local)) {
                return local;
            }
        }
        return "systemic";
    }

    boolean prescribed() {
        return item.startsWith("prescriptions");
    }

    /** On the skin, in the eye or in the ear: hardly reaches the blood. */
    boolean local() {
        return place.equals("topical") || place.equals("ophthalmic") || place.equals("otic");
    }

    /** Whether both are taken at some time: not where one ends before the other begins. */
    boolean overlaps(Order other) {
        return !endsBefore(this, other) && !endsBefore(other, this);
    }

    /** Whether one is dispensed for the time after the other, as the prescriptions of a series are. */
    boolean succeeds(Order other) {
        return other.supplied != null && from != null && other.supplied.isBefore(from);
    }

    private static boolean endsBefore(Order one, Order other) {
        return one.to != null && other.from != null && one.to.isBefore(other.from);
    }
}
