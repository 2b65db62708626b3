package org.chartkeeper.chart.web;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.EntryView;

/** Lists drugs so that an order and the unsigned one that is to replace it stand as one line, was and now. */
final class Medications {

    private Medications() {}

    /** One row per drug in the order given; none is left out. */
    static List<Row> rows(List<EntryView> drugs, Words words) {
        Set<String> listed = drugs.stream().map(drug -> drug.id().toString()).collect(Collectors.toSet());
        Map<String, EntryView> successors = new HashMap<>();
        for (EntryView drug : drugs) {
            if (drug.inForce() == 0
                    && drug.content() instanceof Content.MedicationOrder order
                    && order.replaces() != null
                    && listed.contains(order.replaces().entry())) {
                successors.put(order.replaces().entry(), drug);
            }
        }
        List<Row> rows = new ArrayList<>();
        for (EntryView drug : drugs) {
            if (successors.containsValue(drug)) {
                continue;
            }
            EntryView successor = successors.get(drug.id().toString());
            Row row = row(drug, words);
            if (successor != null) {
                List<Tag> marks = new ArrayList<>(row.tags());
                marks.removeIf(tag -> tag.tone().equals("warn"));
                marks.add(0, new Tag("↷ Change pending signature", "warn"));
                row = row.becoming(marks, words.line(successor.content()));
            }
            rows.add(row);
        }
        return rows;
    }

    private static Row row(EntryView drug, Words words) {
        Row row = Row.of(drug, words);
        if (!(drug.content() instanceof Content.MedicationStatement)) {
            return row;
        }
        List<Tag> marks = new ArrayList<>(row.tags());
        marks.add(new Tag("Statement", ""));
        return row.said("reported by " + drug.statedBy(), marks);
    }
}
