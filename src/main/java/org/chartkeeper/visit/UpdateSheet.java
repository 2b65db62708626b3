package org.chartkeeper.visit;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What was typed into an update, by the names of its fields. It is kept as typed: a page that comes back shows it again,
 * and a draft is nothing else.
 *
 * <p>Names: {@code said.by}, {@code said.who}, {@code said.name}, {@code said.at}, {@code said.from}, {@code said.ref} for
 * who stated it and from what; {@code state.ITEM} and {@code why.ITEM} for an item's state; {@code vs0.weight} and the
 * like for sets of vital signs; rows such as {@code dx0.text}, {@code dx0.code}; for what stands already
 * {@code pb.ID.do}, {@code al.ID.do}, {@code md.ID.do} with its further fields, and {@code v.ID}, the version that it was
 * read at; {@code why.FIELD} with {@code ok.FIELD} for an unlikely value that was accepted as typed; {@code draft.number},
 * the saved draft that the window went on from, and {@code draft.window}, which window of the browser it was typed in.
 */
public record UpdateSheet(Map<String, String> fields) {

    private static final int LONGEST = 8_000;
    private static final int MOST = 1_500;

    public UpdateSheet {
        Map<String, String> kept = new LinkedHashMap<>();
        fields.forEach((name, value) -> {
            if (kept.size() < MOST && name.length() <= 120 && !value.isBlank()) {
                kept.put(name, value.length() > LONGEST ? value.substring(0, LONGEST) : value);
            }
        });
        fields = kept;
    }

    public static UpdateSheet empty() {
        return new UpdateSheet(Map.of());
    }

    /** The text of a field without blanks around it; empty where nothing was typed. */
    public String get(String name) {
        String value = fields.get(name);
        return value == null ? "" : value.strip();
    }

    public boolean has(String name) {
        return !get(name).isEmpty();
    }

    public boolean is(String name, String value) {
        return get(name).equals(value);
    }

    /** The same with one field changed; blank removes it. */
    public UpdateSheet with(String name, String value) {
        Map<String, String> changed = new LinkedHashMap<>(fields);
        changed.put(name, value);
        return new UpdateSheet(changed);
    }

    /** The same without the fields of these names. */
    public UpdateSheet without(Collection<String> names) {
        return keep(name -> !names.contains(name));
    }

    /** Only the fields whose names pass. */
    public UpdateSheet keep(Predicate<String> name) {
        Map<String, String> kept = new LinkedHashMap<>(fields);
        kept.keySet().removeIf(name.negate());
        return new UpdateSheet(kept);
    }

    /** Numbers of the rows of a kind that have any field: {@code dx} finds 0 and 2 of {@code dx0.text, dx2.code}. */
    public Collection<Integer> rows(String kind) {
        Pattern pattern = Pattern.compile(Pattern.quote(kind) + "(\\d{1,3})\\..+");
        TreeSet<Integer> rows = new TreeSet<>();
        for (String name : fields.keySet()) {
            Matcher row = pattern.matcher(name);
            if (row.matches()) {
                rows.add(Integer.parseInt(row.group(1)));
            }
        }
        return rows;
    }
}
