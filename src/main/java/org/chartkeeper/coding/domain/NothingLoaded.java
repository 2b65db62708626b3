package org.chartkeeper.coding.domain;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.chartkeeper.terminology.CodeBook;
import org.chartkeeper.terminology.CodeSystem;
import org.chartkeeper.terminology.DrugBook;

/** Books without a table: every rule that needs one says that it is not checked. */
final class NothingLoaded {

    static final CodeBook CODES = new CodeBook() {
        @Override
        public Standing standing(CodeSystem system, String code, LocalDate on) {
            return Standing.NO_RELEASE;
        }

        @Override
        public Optional<Concept> concept(CodeSystem system, String code, LocalDate on) {
            return Optional.empty();
        }

        @Override
        public List<Concept> children(CodeSystem system, String code, LocalDate on) {
            return List.of();
        }

        @Override
        public Optional<Concept> parent(CodeSystem system, String code, LocalDate on) {
            return Optional.empty();
        }

        @Override
        public List<Instruction> instructions(String code, LocalDate on) {
            return List.of();
        }

        @Override
        public Optional<SeventhCharacters> seventhCharacters(String code, LocalDate on) {
            return Optional.empty();
        }

        @Override
        public Optional<Listing> listing(CodeList list, String code, LocalDate on) {
            return Optional.empty();
        }

        @Override
        public Optional<String> edition(CodeList list, LocalDate on) {
            return Optional.empty();
        }

        @Override
        public Optional<String> tabularEdition(LocalDate on) {
            return Optional.empty();
        }

        @Override
        public Optional<String> release(CodeSystem system, LocalDate on) {
            return Optional.empty();
        }

        @Override
        public List<Concept> successors(String code) {
            return List.of();
        }
    };

    static final DrugBook DRUGS = new DrugBook() {
        @Override
        public Optional<Drug> drug(String rxcui) {
            return Optional.empty();
        }

        @Override
        public Set<String> rxcuisOf(String ndc11) {
            return Set.of();
        }

        @Override
        public boolean hasPackages(String rxcui) {
            return false;
        }

        @Override
        public Optional<String> edition() {
            return Optional.empty();
        }
    };

    private NothingLoaded() {}
}
