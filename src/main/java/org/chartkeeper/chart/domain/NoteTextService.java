package org.chartkeeper.chart.domain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.chartkeeper.chart.EntryView;
import org.chartkeeper.chart.note.CopyMeter;
import org.chartkeeper.chart.note.NoteTexts;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Requires;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Reads the texts of one patient's notes and documents, always by the patient first. */
@Service
class NoteTextService implements NoteTexts {

    /** Around what was found; of a private area, so that no note has them. */
    private static final char BEGIN = '\uE000';

    private static final char END = '\uE001';
    private static final int MOST_WORDS = 12;
    private static final Pattern PART = Pattern.compile("(-?)(?:\"([^\"]*)\"?|(\\S+))");

    private final JdbcClient jdbc;
    private final Sensitivity sensitivity;
    private final Names names;

    NoteTextService(JdbcClient jdbc, Sensitivity sensitivity, Names names) {
        this.jdbc = jdbc;
        this.sensitivity = sensitivity;
        this.names = names;
    }

    @Override
    @Requires({Permission.CHART_READ, Permission.VISIT_UPDATE, Permission.CHART_SIGN})
    @Transactional(readOnly = true)
    public List<CopyMeter.Earlier> earlier(
            Actor actor, PatientId patient, @Nullable Instant before, @Nullable EntryId except, int limit) {
        return sensitivity
                .visible(actor)
                .bind(jdbc.sql("""
                        SELECT e.id, e.event_at, e.title, e.source_kind, e.sensitivity, n.text
                        FROM entry e JOIN note n ON n.id = e.id
                        WHERE e.patient_id = :patient AND e.type = 'note' AND e.status = 'current' AND %s
                          AND (:except::uuid IS NULL OR e.id <> :except::uuid)
                          AND (:before::timestamptz IS NULL OR e.event_at < :before::timestamptz
                               OR e.event_at = :before::timestamptz AND e.id < :except::uuid)
                          AND n.text <> ''
                        ORDER BY e.event_at DESC, e.id DESC LIMIT :limit
                        """.formatted(Sensitivity.PREDICATE)))
                .param("patient", patient.value())
                .param("before", before == null ? null : before.toString())
                .param("except", except == null ? null : except.toString())
                .param("limit", limit)
                .query((row, number) -> new CopyMeter.Earlier(
                        new EntryId(Sql.uuid(row, "id")),
                        Sql.instant(row, "event_at"),
                        row.getString("title"),
                        row.getString("source_kind").equals("import"),
                        row.getString("sensitivity"),
                        row.getString("text")))
                .list();
    }

    /** A hit before names are known. */
    private record Row(EntryRow entry, String excerpt) {}

    @Override
    @Requires(Permission.CHART_READ)
    @Transactional(readOnly = true)
    public Found search(Actor actor, PatientId patient, String words, int limit) {
        Map<String, Object> values = new HashMap<>();
        List<String> phrases = new ArrayList<>();
        String query = query(words, values, phrases);
        if (query.isEmpty() || !sayable(query, values)) {
            return new Found(List.of(), false, false);
        }
        // Rows are limited first and excerpts made after; the patient's index leads, so that nobody else's note is
        // read.
        List<Row> rows = sensitivity
                .visible(actor)
                .bind(jdbc.sql("""
                        SELECT %s, ts_headline('english', coalesce(e.note_text, ''), %s,
                            'StartSel=%s, StopSel=%s, MaxFragments=3, MaxWords=20, MinWords=8, FragmentDelimiter=" … "')
                            AS excerpt
                        FROM (SELECT e.*, n.text AS note_text
                              FROM (SELECT id, text, words FROM note WHERE patient_id = :patient
                                    UNION ALL
                                    SELECT entry_id, body, words FROM document_text WHERE patient_id = :patient) n
                              JOIN entry e ON e.id = n.id
                              WHERE e.patient_id = :patient AND n.words @@ (%s) %s AND %s
                              ORDER BY e.event_at DESC, e.id DESC LIMIT :limit) e %s
                        ORDER BY e.event_at DESC, e.id DESC
                        """.formatted(
                                EntryRow.COLUMNS,
                                query,
                                BEGIN,
                                END,
                                query,
                                String.join(" ", phrases),
                                Sensitivity.PREDICATE,
                                EntryRow.CONTENTS)))
                .params(values)
                .param("patient", patient.value())
                .param("limit", limit + 1)
                .query((row, number) -> new Row(EntryRow.of(row), row.getString("excerpt")))
                .list();
        List<Row> page = rows.size() > limit ? rows.subList(0, limit) : rows;
        List<EntryView> views = views(page.stream().map(Row::entry).toList());
        List<Hit> hits = new ArrayList<>();
        for (int i = 0; i < page.size(); i++) {
            hits.add(new Hit(views.get(i), pieces(page.get(i).excerpt())));
        }
        return new Found(hits, rows.size() > limit, true);
    }

    private List<EntryView> views(List<EntryRow> rows) {
        Names.Wanted wanted = new Names.Wanted();
        rows.forEach(row -> row.want(wanted));
        Names.Found known = names.find(wanted);
        return rows.stream().map(row -> row.view(known)).toList();
    }

    /** Whether anything is left of the words once the most common ones are gone; "-x" alone would be the whole chart. */
    private boolean sayable(String query, Map<String, Object> values) {
        return values.keySet().stream().anyMatch(name -> name.startsWith("w"))
                && jdbc.sql("SELECT querytree(" + query + ") NOT IN ('', 'T')")
                        .params(values)
                        .query(Boolean.class)
                        .single();
    }

    /**
     * The words as an expression of text search functions; what was typed goes in as parameters only.
     *
     * @param phrases takes a condition for each phrase: the stored words know neither "of" nor endings, a phrase does
     */
    private static String query(String words, Map<String, Object> values, List<String> phrases) {
        StringBuilder query = new StringBuilder();
        Matcher part = PART.matcher(words.strip());
        while (part.find() && values.size() < MOST_WORDS) {
            boolean not = !part.group(1).isEmpty();
            boolean phrase = part.group(2) != null;
            String text = phrase ? part.group(2) : part.group(3);
            boolean plain = text.codePoints().allMatch(Character::isLetterOrDigit);
            if (text.codePoints().noneMatch(Character::isLetterOrDigit)) {
                continue;
            }
            String name = (not ? "n" : "w") + values.size();
            boolean begins = plain && !phrase && text.codePointCount(0, text.length()) >= 3;
            values.put(name, begins ? text + ":*" : text);
            if (phrase) {
                phrases.add("AND " + (not ? "NOT " : "")
                        + "to_tsvector('simple', left(n.text, 250000)) @@ phraseto_tsquery('simple', :" + name + ")");
                if (not) {
                    continue;
                }
            }
            query.append(query.isEmpty() ? "" : " && ")
                    .append(not ? "!! " : "")
                    .append(begins ? "to_tsquery('english', :" : "phraseto_tsquery('english', :")
                    .append(name)
                    .append(')');
        }
        return query.toString();
    }

    private static List<Piece> pieces(String excerpt) {
        List<Piece> pieces = new ArrayList<>();
        int at = 0;
        while (at < excerpt.length()) {
            boolean found = excerpt.charAt(at) == BEGIN;
            int from = found ? at + 1 : at;
            int to = excerpt.indexOf(found ? END : BEGIN, from);
            to = to < 0 ? excerpt.length() : to;
            if (to > from) {
                pieces.add(new Piece(excerpt.substring(from, to), found));
            }
            at = found ? to + 1 : to;
        }
        return pieces;
    }
}
