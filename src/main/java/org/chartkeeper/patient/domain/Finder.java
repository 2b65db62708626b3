package org.chartkeeper.patient.domain;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.chartkeeper.patient.AccountNumbers;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.PartialDate;
import org.chartkeeper.platform.PatientId;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Finds patients in two statements. The first matches each typed word against the distinct words of all names, by
 * beginning, trigrams and sound; what it brings is scored here. The second joins the patients who carry a scored word
 * for every typed one, narrows by dates and numbers and by what the actor may see, and ranks.
 */
@Repository
class Finder {

    /** What is not at least this alike is not the name that was meant. */
    private static final double ALIKE = 0.55;

    /** Beside a better hit, one that lies this much below is noise. */
    private static final double NOISE = 0.22;

    private static final int MOST_TOKENS = 60;

    private final JdbcClient database;
    private final ObjectProvider<AccountNumbers> accounts;
    private final CurrentActor actors;
    private final Clock clock;

    Finder(JdbcClient database, ObjectProvider<AccountNumbers> accounts, CurrentActor actors, Clock clock) {
        this.database = database;
        this.accounts = accounts;
        this.actors = actors;
        this.clock = clock;
    }

    /**
     * One found.
     *
     * @param sameName whether others whom the actor may see are called alike
     */
    record Found(PatientId patient, double score, boolean sameName) {}

    /** The best, at most {@code limit}; {@code partly} where nobody matched all and these match a part. */
    record Answer(List<Found> found, boolean partly) {}

    Answer find(String typed, int limit) {
        Query query = Query.read(typed, LocalDate.now(clock));
        List<Query.Word> words =
                query.words().stream().filter(word -> !word.initial()).toList();
        if (words.isEmpty() && query.figures().isEmpty()) {
            return new Answer(List.of(), false);
        }
        // Words that are somebody's name as typed are looked for as such first; only where nobody is found, or a word
        // is
        // nobody's name, is it compared with all that resemble it.
        List<Found> all = rank(query, words, tokens(words, false), words.size(), limit);
        if (!all.isEmpty()) {
            return new Answer(all, false);
        }
        Map<Query.Word, Map<String, Double>> tokens = tokens(words, true);
        all = words.isEmpty() ? all : rank(query, words, tokens, words.size(), limit);
        if (!all.isEmpty() || words.size() + query.figures().size() < 2) {
            return new Answer(all, false);
        }
        // One word or figure may be wrong altogether.
        int enough = query.figures().isEmpty() ? words.size() - 1 : words.size();
        List<Found> partly = words.isEmpty() ? List.of() : rank(loosened(query), words, tokens, enough, limit);
        return new Answer(partly, !partly.isEmpty());
    }

    private static Query loosened(Query query) {
        return new Query(query.words(), List.of());
    }

    /**
     * Scored words of the dictionary for each typed one, best first.
     *
     * @param all whether a word that is in the dictionary as typed is compared by its letters as well
     */
    private Map<Query.Word, Map<String, Double>> tokens(List<Query.Word> words, boolean all) {
        Map<Query.Word, Map<String, Double>> result = new LinkedHashMap<>();
        if (words.isEmpty()) {
            return result;
        }
        for (Query.Word word : words) {
            Map<String, Double> scored = new HashMap<>();
            scored.put(word.text(), 1.0);
            Names.nicknames(word.text()).forEach(other -> scored.put(other, 0.88));
            result.put(word, scored);
        }
        String[] texts = words.stream().map(Query.Word::text).toArray(String[]::new);
        String[] sounds = words.stream()
                .map(word -> String.join(" ", Names.sounds(word.text())))
                .toArray(String[]::new);
        // The end of the range is the highest code point of the plane, after every word with this beginning.
        database.sql("""
                        select w.i, t.token, t.sounds && w.sounds as sounds_alike
                          from (select word, string_to_array(sound, ' ') as sounds, i
                                  from unnest(:words::text[], :sounds::text[]) with ordinality as u(word, sound, i)) w
                         cross join lateral (
                               (select token, sounds from name_token
                                 where token ~>=~ w.word and token ~<~ (w.word || :last)
                                 order by length(token), token limit 60)
                               union
                               (select token, sounds from name_token
                                 where length(w.word) > 2 and token % w.word
                                   and (:all or not exists (select from name_token e where e.token = w.word))
                                 order by similarity(token, w.word) desc, token limit 50)
                               union
                               (select token, sounds from name_token where name_token.sounds && w.sounds
                                 order by similarity(token, w.word) desc, token limit 50)) t
                        """)
                .param("words", texts)
                .param("sounds", sounds)
                .param("last", "\uffff")
                .param("all", all)
                .query(row -> {
                    Query.Word word = words.get(row.getInt("i") - 1);
                    String token = row.getString("token");
                    double score = alike(word.text(), token, row.getBoolean("sounds_alike"));
                    if (score >= ALIKE) {
                        result.getOrDefault(word, new HashMap<>()).merge(token, score, Math::max);
                    }
                });
        result.replaceAll((word, scored) -> scored.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST_TOKENS)
                .collect(Collectors.toMap(
                        Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one, LinkedHashMap::new)));
        return result;
    }

    /** How well a word of a name answers a typed one, 0 to 1. */
    static double alike(String typed, String token, boolean soundsAlike) {
        if (typed.equals(token)) {
            return 1;
        }
        double best = 0;
        if (token.startsWith(typed)) {
            best = 0.72 + 0.2 * typed.length() / token.length();
        }
        if (typed.length() > 2) {
            int edits = Names.distance(typed, token);
            int longest = Math.max(typed.length(), token.length());
            if (edits == 1) {
                best = Math.max(best, longest > 4 ? 0.88 : 0.75);
            } else if (edits == 2 && longest > 5) {
                best = Math.max(best, 0.76);
            }
            double similar = Names.similarity(typed, token);
            if (soundsAlike) {
                best = Math.max(best, 0.6 + 0.25 * similar);
            } else if (similar > 0.88) {
                best = Math.max(best, 0.75 * similar);
            }
        }
        return best;
    }

    private List<Found> rank(
            Query query, List<Query.Word> words, Map<Query.Word, Map<String, Double>> tokens, int enough, int limit) {
        Map<String, Object> values = new HashMap<>();
        List<String> conditions = new ArrayList<>();
        List<String> scores = new ArrayList<>();
        // The patient's own row is needed only where dates, numbers or initials narrow the names down.
        boolean narrowed = !query.figures().isEmpty() || query.words().stream().anyMatch(Query.Word::initial);
        String from = words.isEmpty()
                ? "patient_search s"
                : names(words, tokens, enough, values)
                        + (narrowed ? " join patient_search s on s.patient_id = n.patient_id" : "");
        if (!words.isEmpty()) {
            scores.add("n.score");
        }
        int initials = 0;
        for (Query.Word word : query.words()) {
            if (word.initial()) {
                initials++;
                conditions.add("exists (select from patient_name_token i where i.patient_id = s.patient_id"
                        + " and i.token like :initial" + initials + ")");
                values.put("initial" + initials, word.text() + "%");
            }
        }
        int figures = 0;
        for (Query.Figure figure : query.figures()) {
            figures++;
            figure(figure, figures, conditions, scores, values);
        }
        int parts = Math.max(1, words.size() + query.figures().size());
        String where = conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
        // What may be seen is asked from the best on, one by one, until the page is full: OFFSET 0 keeps the planner
        // from
        // asking it of everybody first. The cheap question comes before the dear one.
        String sql = """
                select r.patient_id, r.score,
                       exists (select from patient_search o
                                where o.name_key = d.name_key and o.patient_id <> r.patient_id
                                  and o.family <> '' and may_see(o.patient_id)) as same_name
                  from (select c.patient_id, c.score
                          from (select %s.patient_id, (%s) / %d as score
                                  from %s%s
                                 order by 2 desc, 1 offset 0) c
                         where case when exists (select from patient_facility f
                                                  where f.patient_id = c.patient_id
                                                    and f.facility_id = any(:facilities::uuid[]))
                                    then may_see(c.patient_id) end
                         limit :limit) r
                  join patient_search d on d.patient_id = r.patient_id
                 order by r.score desc, d.family, d.given, d.birth_from, r.patient_id
                """.formatted(
                words.isEmpty() ? "s" : "n", scores.isEmpty() ? "0" : String.join(" + ", scores), parts, from, where);
        values.put(
                "facilities",
                actors.get().facilities().stream().map(FacilityId::value).toArray(UUID[]::new));
        values.put("limit", limit);
        List<Found> found = database.sql(sql)
                .params(values)
                .query((row, number) ->
                        new Found(Sql.patient(row, "patient_id"), row.getDouble("score"), row.getBoolean("same_name")))
                .list();
        double best = found.isEmpty() ? 0 : found.getFirst().score();
        return found.stream().filter(one -> one.score() >= best - NOISE).toList();
    }

    /** Patients with a scored word for each typed one, or for {@code enough} of them. */
    private static String names(
            List<Query.Word> words,
            Map<Query.Word, Map<String, Double>> tokens,
            int enough,
            Map<String, Object> values) {
        List<String> each = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            Map<String, Double> scored = tokens.getOrDefault(words.get(i), Map.of());
            values.put("tokens" + i, scored.keySet().toArray(String[]::new));
            values.put("scores" + i, scored.values().toArray(Double[]::new));
            each.add("""
                    select t.patient_id, max(q.score * t.weight) / 100 as score, %d as word
                      from unnest(:tokens%d::text[], :scores%d::float8[]) as q(token, score)
                      join patient_name_token t on t.token = q.token
                     group by t.patient_id""".formatted(i, i, i));
        }
        if (each.size() == 1) {
            return "(" + each.getFirst() + ") n";
        }
        values.put("enough", enough);
        return "(select patient_id, sum(score) as score from (" + String.join(" union all ", each)
                + ") w group by patient_id having count(*) >= :enough) n";
    }

    private void figure(
            Query.Figure figure, int number, List<String> conditions, List<String> scores, Map<String, Object> values) {
        List<String> any = new ArrayList<>();
        StringBuilder score = new StringBuilder("(case");
        if (!figure.numbers().isEmpty()) {
            values.put("numbers" + number, figure.numbers().toArray(String[]::new));
            any.add("s.numbers && :numbers" + number + "::text[]");
            score.append(" when s.numbers && :numbers").append(number).append("::text[] then 1.0");
            List<UUID> holders = holders(figure.numbers());
            if (!holders.isEmpty()) {
                values.put("holders" + number, holders.toArray(UUID[]::new));
                any.add("s.patient_id = any(:holders" + number + "::uuid[])");
                score.append(" when s.patient_id = any(:holders").append(number).append("::uuid[]) then 1.0");
            }
        }
        PartialDate born = figure.born();
        if (born != null) {
            values.put("from" + number, born.from());
            values.put("to" + number, born.to());
            String inside = "s.birth_from between :from" + number + " and :to" + number;
            any.add(inside);
            score.append(" when ").append(inside).append(" then 0.95");
        }
        if (!figure.ends().isEmpty()) {
            values.put("ends" + number, figure.ends().toArray(String[]::new));
            any.add("s.numbers && :ends" + number + "::text[]");
            score.append(" when s.numbers && :ends").append(number).append("::text[] then 0.9");
        }
        conditions.add("(" + String.join(" or ", any) + ")");
        scores.add(score.append(" else 0 end)").toString());
    }

    private List<UUID> holders(Set<String> numbers) {
        AccountNumbers lookup = accounts.getIfAvailable();
        if (lookup == null) {
            return List.of();
        }
        return numbers.stream()
                .filter(key -> key.startsWith("i:"))
                .flatMap(key -> lookup.patients(key.substring(2)).stream())
                .map(PatientId::value)
                .distinct()
                .toList();
    }
}
