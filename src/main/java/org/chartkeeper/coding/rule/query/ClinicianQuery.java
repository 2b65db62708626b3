package org.chartkeeper.coding.rule.query;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A query as it is to be sent.
 *
 * @param options what can be chosen, beside "other" and "unable to determine"
 * @param other whether "other" can be chosen
 * @param undetermined whether "unable to determine" can be chosen
 * @param diagnoses names of diagnoses that the query is about, coded or offered, which its title may not give away
 */
public record ClinicianQuery(
        Form form,
        Purpose purpose,
        String title,
        String question,
        List<String> options,
        boolean other,
        boolean undetermined,
        List<Indicator> indicators,
        List<String> diagnoses) {

    public ClinicianQuery {
        options = List.copyOf(options);
        indicators = List.copyOf(indicators);
        diagnoses = List.copyOf(diagnoses);
    }

    /** How it is answered. */
    public enum Form {
        CHOICE,
        YES_NO,
        OPEN;

        /** As forms and the database have it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** What it is to clear up. */
    public enum Purpose {
        /** A diagnosis that nobody has stated yet. */
        NEW,
        /** A diagnosis that is documented: its kind, its support, a contradiction. */
        DOCUMENTED,
        /** Present on admission. */
        POA,
        /** Whether one is due to the other. */
        LINK;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A clinical indicator.
     *
     * @param linked whether it points at words of this patient's record
     * @param ofVisit whether they are of a visit of the case
     * @param relevance why words of another visit matter now; null where nothing was said
     */
    public record Indicator(
            String quote,
            boolean linked,
            boolean ofVisit,
            @Nullable String relevance) {}
}
