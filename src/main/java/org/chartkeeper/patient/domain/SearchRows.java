package org.chartkeeper.patient.domain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.chartkeeper.patient.Demographics;
import org.chartkeeper.patient.IdentifierKind;
import org.chartkeeper.patient.NameKind;
import org.chartkeeper.patient.TelecomSystem;
import org.chartkeeper.platform.PartialDate;
import org.chartkeeper.platform.PatientId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** What the search knows of a patient: written with each version, read by {@link Finder}. */
@Repository
class SearchRows {

    private final JdbcTemplate database;

    SearchRows(JdbcTemplate database) {
        this.database = database;
    }

    /** One word of a name. {@code part}: f family, g given, b both. */
    record Token(String word, int weight, char part) {}

    /** All that is searched for one patient. */
    record Document(
            String family,
            String given,
            @Nullable PartialDate born,
            String nameKey,
            List<String> numbers,
            boolean deceased,
            List<Token> tokens) {}

    static Document of(Demographics data) {
        Demographics.Name name = data.nameInUse().orElse(null);
        String family = name == null ? "" : name.family();
        String given = name == null ? "" : name.given();
        return new Document(
                family,
                given,
                data.birthDate(),
                Names.key(family, given),
                List.copyOf(numbers(data)),
                data.isDeceased(),
                tokens(data));
    }

    private static List<Token> tokens(Demographics data) {
        Map<String, Token> tokens = new LinkedHashMap<>();
        for (Demographics.Name name : data.names()) {
            int weight = weight(name);
            for (String word : Names.tokens(name.family())) {
                put(tokens, new Token(word, weight, 'f'));
            }
            List<String> halves = Names.tokens(name.family());
            if (halves.size() > 1) {
                // Smith-Jones is found as smithjones too.
                put(tokens, new Token(String.join("", halves), weight, 'f'));
            }
            String middle = name.middle();
            for (String word : Names.tokens(name.given() + (middle == null ? "" : " " + middle))) {
                put(tokens, new Token(word, weight, 'g'));
            }
        }
        return List.copyOf(tokens.values());
    }

    private static int weight(Demographics.Name name) {
        if (name.kind() == NameKind.ALIAS) {
            return 85;
        }
        boolean former = name.kind() == NameKind.FORMER || name.kind() == NameKind.BIRTH || name.until() != null;
        return former ? 90 : 100;
    }

    private static void put(Map<String, Token> tokens, Token token) {
        tokens.merge(
                token.word(),
                token,
                (one, other) -> new Token(
                        one.word(),
                        Math.max(one.weight(), other.weight()),
                        one.part() == other.part() ? one.part() : 'b'));
    }

    private static Set<String> numbers(Demographics data) {
        Set<String> numbers = new LinkedHashSet<>();
        data.mrns().forEach(mrn -> numbers.add("m:" + Numbers.plain(mrn.value())));
        for (Demographics.Identifier number : data.identifiers()) {
            // Social Security numbers are not searched: that would need a permission of its own.
            if (number.kind() != IdentifierKind.SOCIAL_SECURITY) {
                numbers.add("i:" + Numbers.plain(number.value()));
            }
        }
        for (Demographics.Coverage coverage : data.coverages()) {
            String member = coverage.memberId();
            if (member != null && !Numbers.plain(member).isEmpty()) {
                numbers.add("i:" + Numbers.plain(member));
            }
        }
        for (Demographics.Telecom telecom : data.telecoms()) {
            String digits = telecom.system() == TelecomSystem.EMAIL ? "" : Numbers.phone(telecom.value());
            if (digits.length() >= 7) {
                numbers.add("p:" + digits);
                numbers.add("q:" + Numbers.end(digits, 7));
                numbers.add("e:" + Numbers.end(digits, 4));
            }
        }
        return numbers;
    }

    /** Writes what differs; {@code before} is null for a new patient. */
    void write(PatientId patient, @Nullable Demographics before, Demographics after) {
        Document was = before == null ? null : of(before);
        Document now = of(after);
        if (now.equals(was)) {
            return;
        }
        PartialDate born = now.born();
        database.update(
                """
                insert into patient_search
                       (patient_id, family, given, birth_date, birth_from, birth_to, name_key, numbers, deceased)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (patient_id) do update
                   set family = excluded.family, given = excluded.given, birth_date = excluded.birth_date,
                       birth_from = excluded.birth_from, birth_to = excluded.birth_to, name_key = excluded.name_key,
                       numbers = excluded.numbers, deceased = excluded.deceased
                """,
                patient.value(),
                now.family(),
                now.given(),
                born == null ? null : born.toString(),
                born == null ? null : born.from(),
                born == null ? null : born.to(),
                now.nameKey(),
                now.numbers().toArray(String[]::new),
                now.deceased());
        if (was == null || !was.tokens().equals(now.tokens())) {
            if (was != null) {
                database.update("delete from patient_name_token where patient_id = ?", patient.value());
            }
            writeTokens(patient, now.tokens());
        }
    }

    /** Nobody finds a chart that was merged into another. */
    void remove(PatientId patient) {
        database.update("delete from patient_name_token where patient_id = ?", patient.value());
        database.update("delete from patient_search where patient_id = ?", patient.value());
    }

    private void writeTokens(PatientId patient, List<Token> tokens) {
        if (tokens.isEmpty()) {
            return;
        }
        List<Object[]> words = new ArrayList<>();
        List<Object[]> rows = new ArrayList<>();
        for (Token token : tokens) {
            words.add(new Object[] {token.word(), Names.sounds(token.word()).toArray(String[]::new)});
            rows.add(new Object[] {patient.value(), token.word(), token.weight(), String.valueOf(token.part())});
        }
        // In one order, so that two registrations that both bring a new word wait for each other and never embrace.
        words.sort((one, other) -> ((String) one[0]).compareTo((String) other[0]));
        database.batchUpdate(
                "insert into name_token (token, sounds) values (?, ?) on conflict (token) do nothing", words);
        database.batchUpdate(
                "insert into patient_name_token (patient_id, token, weight, part) values (?, ?, ?, ?::\"char\")", rows);
    }
}
