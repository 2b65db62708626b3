package org.chartkeeper.chart.domain;

import java.util.List;
import java.util.stream.Stream;
import org.chartkeeper.chart.Content;
import org.jspecify.annotations.Nullable;

/** Pointers from one entry to another. What an import could not resolve is kept as it was written there. */
final class References {

    private References() {}

    /** How many point at no entry of ours: their text is no id. */
    static long unresolved(Content content) {
        List<Content.EntryRef> references = switch (content) {
            case Content.DiagnosticReport report -> report.results();
            case Content.Note note -> one(note.addendumTo());
            case Content.MedicationOrder order ->
                Stream.of(one(order.replaces()), one(order.indicationOf()))
                        .flatMap(List::stream)
                        .toList();
            default -> List.of();
        };
        return references.stream().filter(reference -> !isId(reference.entry())).count();
    }

    private static List<Content.EntryRef> one(Content.@Nullable EntryRef reference) {
        return reference == null ? List.of() : List.of(reference);
    }

    private static boolean isId(String text) {
        return text.length() == 36 && text.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    }
}
