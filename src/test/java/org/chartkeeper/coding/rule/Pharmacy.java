package org.chartkeeper.coding.rule;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.chartkeeper.coding.CaseJson;
import org.chartkeeper.coding.CodingCase;
import org.chartkeeper.coding.Finding;
import org.chartkeeper.terminology.CodeBook;
import org.chartkeeper.terminology.DrugBook;

/** A small drug book as a test says it, and the checks of prescriptions with it. */
final class Pharmacy implements DrugBook {

    static final LocalDate TODAY = LocalDate.of(2026, 11, 23);

    static final BookFixture CODES =
            new BookFixture().valid("I10", "C50.911", "M06.9").heading("E11").until("M54.5", "2021-09-30", "M54.50");

    static final Pharmacy NONE = new Pharmacy("");

    /** As the table of RxCUI and NDC tells: names alone. */
    static final Pharmacy NAMES = new Pharmacy("RxCUI to NDC table loaded 2026-11-23")
            .drug("314076", "Lisinopril 10 MG Oral Tablet [Zestril]", "", Status.UNSAID)
            .drug("617312", "atorvastatin 10 MG Oral Tablet", "", Status.UNSAID)
            .drug("617314", "atorvastatin 10 MG Oral Tablet [Lipitor]", "", Status.UNSAID)
            .drug("1", "lisinopril 1 MG/ML Oral Solution", "", Status.UNSAID)
            .drug("2", "24 HR lisinopril 10 MG Extended Release Oral Tablet", "", Status.UNSAID)
            .drug("3", "amlodipine 10 MG / benazepril hydrochloride 20 MG Oral Capsule", "", Status.UNSAID)
            .packed("00071015523", "617314")
            .packed("00310013134", "314076");

    /** As a full RxNorm tells: term types and status. */
    static final Pharmacy FULL = new Pharmacy("RxNorm 2026-10-05")
            .drug("29046", "lisinopril", "IN", Status.ACTIVE)
            .drug("314076", "lisinopril 10 MG Oral Tablet", "SCD", Status.ACTIVE)
            .drug("104377", "lisinopril 10 MG Oral Tablet [Zestril]", "SBD", Status.ACTIVE)
            .drug("371917", "amlodipine Oral Tablet", "SCDF", Status.ACTIVE)
            .drug("197361", "amlodipine 5 MG Oral Tablet", "SCD", Status.ACTIVE)
            .drug("111111", "old tablet 10 MG Oral Tablet", "SCD", Status.REMAPPED, "314076")
            .drug("222222", "gone 10 MG Oral Tablet", "SCD", Status.OBSOLETE)
            .ended("00071015523", "2025-01-31");

    private final String edition;
    private final Map<String, Drug> drugs = new TreeMap<>();
    private final Map<String, Set<String>> packages = new HashMap<>();
    private final Map<String, LocalDate> ends = new HashMap<>();

    private Pharmacy(String edition) {
        this.edition = edition;
    }

    private Pharmacy drug(String rxcui, String name, String type, Status status, String... successors) {
        drugs.put(rxcui, new Drug(rxcui, name, type, status, List.of(), List.of(successors), edition));
        return this;
    }

    private Pharmacy packed(String ndc, String rxcui) {
        packages.computeIfAbsent(ndc, none -> new TreeSet<>()).add(rxcui);
        return this;
    }

    private Pharmacy ended(String ndc, String day) {
        ends.put(ndc, LocalDate.parse(day));
        return this;
    }

    @Override
    public Optional<Drug> drug(String rxcui) {
        return Optional.ofNullable(drugs.get(rxcui));
    }

    @Override
    public Set<String> rxcuisOf(String ndc11) {
        return packages.getOrDefault(ndc11, Set.of());
    }

    @Override
    public boolean hasPackages(String rxcui) {
        return packages.values().stream().anyMatch(each -> each.contains(rxcui));
    }

    @Override
    public Optional<String> edition() {
        return edition.isEmpty() ? Optional.empty() : Optional.of(edition);
    }

    @Override
    public Optional<LocalDate> marketingEnd(String ndc11) {
        return Optional.ofNullable(ends.get(ndc11));
    }

    @Override
    public boolean tellsMarketing() {
        return !ends.isEmpty();
    }

    /** A case with prescriptions, written with single quotes: {@code 'sig':'1 tab BID'}. */
    static CodingCase written(String fields, String... prescriptions) {
        String all = Stream.of(prescriptions).map(one -> "{" + one + "}").collect(Collectors.joining(","));
        return CaseJson.read(("{'cases':[{'id':'c'" + (fields.isEmpty() ? "" : "," + fields) + ",'prescriptions':["
                                + all + "]}]}")
                        .replace('\'', '"'))
                .get(0);
    }

    List<Finding> findings(CodeBook codes, CodingCase coded) {
        return new Checker(Rules.all(), codes, this).check(coded, TODAY);
    }

    /** What one rule finds, "not checked" and other information too. */
    List<Finding> of(String rule, String fields, String... prescriptions) {
        return findings(CODES, written(fields, prescriptions)).stream()
                .filter(one -> one.rule().equals(rule))
                .toList();
    }

    /** As {@link #of}, of one prescription alone. */
    List<Finding> of(String rule, String prescription) {
        return of(rule, "", prescription);
    }

    /** What one rule finds once its first repair is applied. */
    List<Finding> mended(String rule, String... prescriptions) {
        CodingCase coded = written("", prescriptions);
        Finding first = findings(CODES, coded).stream()
                .filter(one -> one.rule().equals(rule))
                .findFirst()
                .orElseThrow();
        if (first.repair() == null) {
            throw new AssertionError("no repair: " + first);
        }
        return findings(CODES, CaseJson.apply(coded, first.repair())).stream()
                .filter(one -> one.rule().equals(rule))
                .toList();
    }
}
