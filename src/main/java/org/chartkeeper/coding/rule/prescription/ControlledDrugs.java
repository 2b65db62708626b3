package org.chartkeeper.coding.rule.prescription;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Drugs that are controlled under federal law, by the words of their names. Schedules: 21 CFR 1308.12 to 1308.15. Factors to
 * morphine milligram equivalents: CDC Clinical Practice Guideline for Prescribing Opioids, 2022 (MMWR 71, RR-3), table.
 */
final class ControlledDrugs {

    /** As findings name it. */
    static final String EDITION = "controlled drugs (21 CFR 1308, CDC 2022), table of 2026-11";

    /** Combinations with hydrocodone left schedule III that day (79 FR 49661). */
    private static final LocalDate HYDROCODONE_II = LocalDate.of(2014, 10, 6);

    /** What it does, as far as it matters here. */
    enum Kind {
        OPIOID,
        BENZODIAZEPINE,
        OTHER
    }

    /**
     * A controlled drug.
     *
     * @param schedule 2 to 5
     * @param factor MME of a milligram by mouth; null where none is published or it depends
     */
    record Controlled(
            String ingredient,
            int schedule,
            Kind kind,
            @Nullable BigDecimal factor) {}

    private record Entry(Pattern names, Controlled drug) {}

    private static final List<Entry> ALL = new ArrayList<>();

    static {
        opioid(2, "1", "morphine", "ms contin|kadian|msir");
        opioid(2, "1.5", "oxycodone", "oxycontin|roxicodone|percocet|endocet|xtampza|roxicet");
        opioid(2, "1", "hydrocodone", "norco|vicodin|lortab|hysingla|zohydro|lorcet");
        opioid(2, "5", "hydromorphone", "dilaudid|exalgo");
        opioid(2, "3", "oxymorphone", "opana");
        opioid(2, "4.7", "methadone", "dolophine");
        opioid(2, null, "fentanyl", "duragesic|actiq|fentora|sublimaze");
        opioid(2, "0.4", "tapentadol", "nucynta");
        opioid(2, null, "meperidine", "demerol");
        opioid(2, null, "levorphanol", "");
        opioid(2, null, "sufentanil", "");
        opioid(2, null, "remifentanil", "");
        opioid(2, "0.15", "codeine", "tylenol (?:#|no\\.? ?|with codeine)");
        opioid(3, null, "buprenorphine", "suboxone|subutex|butrans|zubsolv|belbuca|sublocade");
        opioid(4, "0.2", "tramadol", "ultram|ultracet|conzip");
        opioid(4, null, "butorphanol", "");
        opioid(4, null, "pentazocine", "");
        benzodiazepine("alprazolam", "xanax");
        benzodiazepine("lorazepam", "ativan");
        benzodiazepine("clonazepam", "klonopin");
        benzodiazepine("diazepam", "valium");
        benzodiazepine("temazepam", "restoril");
        benzodiazepine("chlordiazepoxide", "librium");
        benzodiazepine("clobazam", "onfi");
        benzodiazepine("clorazepate", "tranxene");
        benzodiazepine("estazolam", "");
        benzodiazepine("flurazepam", "");
        benzodiazepine("midazolam", "versed");
        benzodiazepine("oxazepam", "");
        benzodiazepine("triazolam", "halcion");
        other(2, "methylphenidate", "ritalin|concerta|daytrana");
        other(2, "dexmethylphenidate", "focalin");
        other(2, "amphetamine", "adderall|evekeo|mydayis");
        other(2, "dextroamphetamine", "dexedrine");
        other(2, "lisdexamfetamine", "vyvanse");
        other(2, "methamphetamine", "desoxyn");
        other(2, "cocaine", "");
        other(2, "secobarbital", "seconal");
        other(2, "nabilone", "cesamet");
        other(3, "testosterone", "androgel|depo-testosterone|testim");
        other(3, "oxandrolone", "");
        other(3, "ketamine", "ketalar");
        other(3, "dronabinol", "marinol");
        other(3, "benzphetamine", "");
        other(3, "phendimetrazine", "");
        other(3, "perampanel", "fycompa");
        other(3, "sodium oxybate", "xyrem");
        other(4, "zolpidem", "ambien");
        other(4, "zaleplon", "sonata");
        other(4, "eszopiclone", "lunesta");
        other(4, "suvorexant", "belsomra");
        other(4, "lemborexant", "dayvigo");
        other(4, "daridorexant", "quviviq");
        other(4, "carisoprodol", "soma");
        other(4, "phentermine", "adipex");
        other(4, "phenobarbital", "");
        other(4, "modafinil", "provigil");
        other(4, "armodafinil", "nuvigil");
        other(4, "meprobamate", "");
        other(4, "lorcaserin", "");
        other(4, "eluxadoline", "viberzi");
        other(4, "diethylpropion", "");
        other(5, "pregabalin", "lyrica");
        other(5, "lacosamide", "vimpat");
        other(5, "brivaracetam", "briviact");
        other(5, "cenobamate", "xcopri");
        other(5, "diphenoxylate", "lomotil");
        other(5, "lasmiditan", "reyvow");
    }

    private ControlledDrugs() {}

    private static void opioid(int schedule, @Nullable String factor, String name, String brands) {
        add(schedule, name, brands, Kind.OPIOID, factor == null ? null : new BigDecimal(factor));
    }

    private static void benzodiazepine(String name, String brands) {
        add(4, name, brands, Kind.BENZODIAZEPINE, null);
    }

    private static void other(int schedule, String name, String brands) {
        add(schedule, name, brands, Kind.OTHER, null);
    }

    private static void add(int schedule, String name, String brands, Kind kind, @Nullable BigDecimal factor) {
        Pattern names = Pattern.compile("(?<![a-z])(?:" + name + (brands.isEmpty() ? "" : "|" + brands) + ")(?![a-z])");
        ALL.add(new Entry(names, new Controlled(name, schedule, kind, factor)));
    }

    /** The controlled drugs that a name says, each once, in the schedule that their combination has on a day. */
    static List<Controlled> in(String name, LocalDate on) {
        String plain = name.toLowerCase(Locale.ROOT);
        Map<String, Controlled> found = new LinkedHashMap<>();
        for (Entry entry : ALL) {
            if (entry.names.matcher(plain).find()) {
                Controlled drug = entry.drug;
                found.put(
                        drug.ingredient(),
                        new Controlled(drug.ingredient(), schedule(drug, plain, on), drug.kind(), drug.factor()));
            }
        }
        return List.copyOf(found.values());
    }

    private static int schedule(Controlled drug, String name, LocalDate on) {
        boolean mixed = name.contains(" / ")
                || name.matches(".*(acetaminophen|apap|aspirin|ibuprofen|butalbital|carisoprodol"
                        + "|tylenol|norco|vicodin|lortab|lorcet).*");
        if (drug.ingredient().equals("codeine")) {
            return name.matches(".*(guaifenesin|promethazine|pseudoephedrine|chlorpheniramine).*") ? 5 : mixed ? 3 : 2;
        }
        if (drug.ingredient().equals("hydrocodone")) {
            return mixed && on.isBefore(HYDROCODONE_II) ? 3 : 2;
        }
        return drug.schedule();
    }

    /** The most strictly controlled drug that a name says; empty where it says none. */
    static Optional<Controlled> strictest(String name, LocalDate on) {
        return in(name, on).stream().min((one, other) -> Integer.compare(one.schedule(), other.schedule()));
    }
}
