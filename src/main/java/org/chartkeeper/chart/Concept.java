package org.chartkeeper.chart;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A coded concept: the words of whoever stated it, and every coding with system, code and display as it came.
 *
 * @param text never empty
 */
public record Concept(String text, List<Coding> codings) {

    public static final String ICD10CM = "http://hl7.org/fhir/sid/icd-10-cm";
    public static final String SNOMED = "http://snomed.info/sct";
    public static final String LOINC = "http://loinc.org";
    public static final String RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm";
    public static final String CVX = "http://hl7.org/fhir/sid/cvx";

    public Concept {
        codings = List.copyOf(codings);
    }

    public static Concept of(String text) {
        return new Concept(text, List.of());
    }

    public static Concept of(String system, String code, String display) {
        return new Concept(display, List.of(new Coding(system, code, display)));
    }

    /** The code in a system, null where there is none. */
    public @Nullable String code(String system) {
        return codings.stream()
                .filter(coding -> coding.system().equals(system))
                .map(Coding::code)
                .findFirst()
                .orElse(null);
    }

    /** The first coding, null for words alone. */
    public @Nullable Coding first() {
        return codings.isEmpty() ? null : codings.get(0);
    }

    /** One code of one system. */
    public record Coding(
            String system, String code, @Nullable String display) {}
}
