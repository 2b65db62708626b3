package org.chartkeeper.coding.rule;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.chartkeeper.terminology.DrugBook;

/** A drug book that looks everything up once, as {@link RememberedBook} does for codes. Made for one check. */
final class RememberedDrugs implements DrugBook {

    private final DrugBook book;
    private final Map<String, Optional<Drug>> drugs = new HashMap<>();
    private final Map<String, Set<String>> packages = new HashMap<>();
    private final Map<String, Boolean> packed = new HashMap<>();
    private final Map<String, Optional<LocalDate>> ends = new HashMap<>();
    private final Map<String, Optional<String>> editions = new HashMap<>();

    RememberedDrugs(DrugBook book) {
        this.book = book;
    }

    @Override
    public Optional<Drug> drug(String rxcui) {
        return drugs.computeIfAbsent(rxcui, book::drug);
    }

    @Override
    public Set<String> rxcuisOf(String ndc11) {
        return packages.computeIfAbsent(ndc11, book::rxcuisOf);
    }

    @Override
    public boolean hasPackages(String rxcui) {
        return packed.computeIfAbsent(rxcui, book::hasPackages);
    }

    @Override
    public Optional<LocalDate> marketingEnd(String ndc11) {
        return ends.computeIfAbsent(ndc11, book::marketingEnd);
    }

    @Override
    public boolean tellsMarketing() {
        return packed.computeIfAbsent("", none -> book.tellsMarketing());
    }

    @Override
    public Optional<String> edition() {
        return editions.computeIfAbsent("", none -> book.edition());
    }
}
