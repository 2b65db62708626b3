package org.chartkeeper.terminology.domain;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chartkeeper.terminology.CodeBook;
import org.chartkeeper.terminology.CodeBook.Standing;
import org.chartkeeper.terminology.CodeLookup;
import org.chartkeeper.terminology.CodeMaps;
import org.chartkeeper.terminology.CodeSystem;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the map as it was loaded: each row is a target with its priority and its rule. */
@Component
class StoredMaps implements CodeMaps {

    private static final String FEMALE = "248152002";
    private static final String MALE = "248153007";

    private final JdbcClient database;
    private final CodeLookup codes;
    private final CodeBook book;

    StoredMaps(JdbcClient database, CodeLookup codes, CodeBook book) {
        this.database = database;
        this.codes = codes;
        this.book = book;
    }

    private record Row(String target, String rule) {}

    @Override
    public List<Candidate> candidates(String concept, LocalDate on, @Nullable String sex) {
        List<Row> rows = database.sql("""
                        SELECT title, detail FROM code_entry
                        WHERE series = 'snomed-map' AND code = :code AND until IS NULL
                        ORDER BY nullif(substring(detail FROM '^[0-9]+'), '')::integer NULLS LAST, id
                        """)
                .param("code", concept)
                .query((row, number) ->
                        new Row(row.getString("title"), row.getString("detail").replaceFirst("^[0-9]+ ", "")))
                .list();
        List<Candidate> found = new ArrayList<>();
        boolean decided = false;
        for (Row row : rows) {
            String advice = advice(row.rule, sex);
            if (advice == null || decided && row.rule.startsWith("OTHERWISE")) {
                continue;
            }
            decided |= ofSex(row.rule) && advice.isEmpty();
            reportable(row.target, on, advice)
                    .filter(each ->
                            found.stream().noneMatch(known -> known.code().equals(each.code())))
                    .ifPresent(found::add);
        }
        return List.copyOf(found);
    }

    /**
     * A target may ask for one more character with a question mark: it is no code by itself. Without a full release the
     * starter set answers.
     */
    private Optional<Candidate> reportable(String target, LocalDate on, String advice) {
        Standing standing = book.standing(CodeSystem.ICD10CM, target, on);
        return standing == Standing.VALID || standing == Standing.NO_RELEASE
                ? codes.find(CodeSystem.ICD10CM, target)
                        .filter(code -> !code.general())
                        .map(code -> new Candidate(code.code(), code.display(), advice))
                : Optional.empty();
    }

    private static boolean ofSex(String rule) {
        return rule.startsWith("IFA " + FEMALE) || rule.startsWith("IFA " + MALE);
    }

    /** Empty where the rule holds, null where it does not, else what has to be so for it to hold. */
    private static @Nullable String advice(String rule, @Nullable String sex) {
        if (rule.isEmpty() || rule.equals("TRUE") || rule.startsWith("OTHERWISE")) {
            return "";
        }
        if (ofSex(rule) && ("female".equals(sex) || "male".equals(sex))) {
            return rule.startsWith("IFA " + FEMALE) == "female".equals(sex) ? "" : null;
        }
        return rule.replaceAll("IFA \\d+ \\| ?", "if ").replace(" |", "").strip();
    }
}
