package org.chartkeeper.exchange.domain.fhir;

import java.util.Map;
import org.chartkeeper.chart.Concept;

/** The kind of a note by its LOINC document code. */
final class NoteKinds {

    private static final Map<String, String> BY_CODE = Map.ofEntries(
            Map.entry("11506-3", "progress"),
            Map.entry("34117-2", "history-and-physical"),
            Map.entry("11488-4", "consultation"),
            Map.entry("18842-5", "discharge-summary"),
            Map.entry("11504-8", "operative"),
            Map.entry("28570-0", "procedure"),
            Map.entry("34111-5", "emergency"),
            Map.entry("34746-8", "nursing"),
            Map.entry("34133-9", "summary"),
            Map.entry("51847-2", "progress"),
            Map.entry("34748-4", "telephone"));

    private NoteKinds() {}

    static String of(Concept type) {
        for (Concept.Coding coding : type.codings()) {
            String kind = coding.system().equals(Concept.LOINC) ? BY_CODE.get(coding.code()) : null;
            if (kind != null) {
                return kind;
            }
        }
        return "other";
    }
}
