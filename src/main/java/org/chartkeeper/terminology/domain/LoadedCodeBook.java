package org.chartkeeper.terminology.domain;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chartkeeper.terminology.CodeBook;
import org.chartkeeper.terminology.CodeSystem;
import org.springframework.stereotype.Component;

/** Answers from the codes that this node holds in memory. */
@Component
class LoadedCodeBook implements CodeBook {

    private final Snapshots snapshots;

    LoadedCodeBook(Snapshots snapshots) {
        this.snapshots = snapshots;
    }

    @Override
    public Standing standing(CodeSystem system, String code, LocalDate on) {
        CodeTable table = snapshots.get().table(system);
        return table == null ? Standing.NO_RELEASE : table.standing(IcdCode.bare(code), on);
    }

    @Override
    public Optional<Concept> concept(CodeSystem system, String code, LocalDate on) {
        CodeTable table = snapshots.get().table(system);
        return table == null ? Optional.empty() : Optional.ofNullable(table.concept(IcdCode.bare(code), on));
    }

    @Override
    public List<Concept> children(CodeSystem system, String code, LocalDate on) {
        CodeTable table = snapshots.get().table(system);
        return table == null
                ? List.of()
                : table.below(IcdCode.bare(code), on).stream()
                        .map(at -> table.concept(at, on))
                        .toList();
    }

    @Override
    public Optional<Concept> parent(CodeSystem system, String code, LocalDate on) {
        CodeTable table = snapshots.get().table(system);
        int at = table == null ? -1 : table.above(IcdCode.bare(code), on);
        return table == null || at < 0 ? Optional.empty() : Optional.of(table.concept(at, on));
    }

    @Override
    public List<Instruction> instructions(String code, LocalDate on) {
        return snapshots.get().instructions(IcdCode.bare(code), on);
    }

    @Override
    public Optional<SeventhCharacters> seventhCharacters(String code, LocalDate on) {
        return Optional.ofNullable(snapshots.get().seventh(IcdCode.bare(code), on))
                .map(found -> new SeventhCharacters(
                        found.statedAt(), Collections.unmodifiableMap(found.meanings()), found.edition()));
    }

    @Override
    public Optional<Listing> listing(CodeList list, String code, LocalDate on) {
        Snapshot snapshot = snapshots.get();
        String bare = IcdCode.bare(code);
        Map.Entry<LocalDate, String> edition = snapshot.edition(list, on);
        if (edition == null || gone(snapshot, list, bare, on)) {
            return Optional.empty();
        }
        Snapshot.Row row = snapshot.row(list, bare, edition.getKey());
        return row == null
                ? Optional.empty()
                : Optional.of(new Listing(list, IcdCode.written(system(list), bare), row.remark(), edition.getValue()));
    }

    private static CodeSystem system(CodeList list) {
        return switch (list) {
            case SEX_FEMALE_PROCEDURE,
                    SEX_MALE_PROCEDURE,
                    NON_COVERED_PROCEDURE,
                    LIMITED_COVERAGE_PROCEDURE,
                    LENGTH_OF_STAY_PROCEDURE -> CodeSystem.ICD10PCS;
            default -> CodeSystem.ICD10CM;
        };
    }

    /** An edition may be older than the case: of a code that has ended since it says nothing. */
    private static boolean gone(Snapshot snapshot, CodeList list, String bare, LocalDate on) {
        CodeTable table = snapshot.table(system(list));
        Standing standing = table == null ? Standing.NO_RELEASE : table.standing(bare, on);
        return standing == Standing.ENDED || standing == Standing.NOT_YET;
    }

    @Override
    public Optional<String> edition(CodeList list, LocalDate on) {
        return Optional.ofNullable(snapshots.get().edition(list, on)).map(Map.Entry::getValue);
    }

    @Override
    public Optional<String> tabularEdition(LocalDate on) {
        return Optional.ofNullable(snapshots.get().whole(on)).map(Snapshot.Tabular::name);
    }

    @Override
    public Optional<String> release(CodeSystem system, LocalDate on) {
        CodeTable table = snapshots.get().table(system);
        return table == null
                ? Optional.empty()
                : Optional.ofNullable(table.release(on)).map(Map.Entry::getValue);
    }

    @Override
    public List<Concept> successors(String code) {
        Snapshot snapshot = snapshots.get();
        CodeTable table = snapshot.table(CodeSystem.ICD10CM);
        List<Concept> found = new ArrayList<>();
        if (table != null && !table.releases().isEmpty()) {
            LocalDate newest = table.releases().lastKey();
            for (String next : snapshot.conversions(IcdCode.bare(code))) {
                Concept concept = table.concept(next, newest);
                if (concept != null && concept.to() == null && !found.contains(concept)) {
                    found.add(concept);
                }
            }
        }
        return List.copyOf(found);
    }
}
