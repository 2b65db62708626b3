package org.chartkeeper.chart;

import java.time.Duration;
import java.util.Comparator;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How soon a clinician must have seen a result (rule DF-36): an hour, two days, a week. */
public enum ResultUrgency {
    CRITICAL("critical", Duration.ofMinutes(60)),
    ABNORMAL("abnormal", Duration.ofHours(48)),
    ROUTINE("routine", Duration.ofDays(7));

    private static final Set<String> RESULTS = Set.of("laboratory", "imaging");
    private static final Set<String> DANGEROUS = Set.of("HH", "LL", "AA");
    private static final Set<String> ORDINARY = Set.of("N", "NEG", "ND", "NR");

    private final String word;
    private final Duration within;

    ResultUrgency(String word, Duration within) {
        this.word = word;
        this.within = within;
    }

    /** As pages and rows say it. */
    public String word() {
        return word;
    }

    /** From when it stood in the chart to when it must have been seen. */
    public Duration within() {
        return within;
    }

    /** @throws IllegalArgumentException for another word */
    public static ResultUrgency of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /**
     * How urgent content is by its own flags and those of its parts; a report without flags is routine. Empty for what is no
     * result: only laboratory and imaging observations and reports are.
     */
    public static Optional<ResultUrgency> of(Content content) {
        if (content instanceof Content.DiagnosticReport) {
            return Optional.of(ROUTINE);
        }
        if (!(content instanceof Content.Observation it) || !RESULTS.contains(it.category())) {
            return Optional.empty();
        }
        Stream<@Nullable String> parts = it.components().stream().map(Content.Component::interpretation);
        return Optional.of(Stream.concat(Stream.of(it).map(Content.Observation::interpretation), parts)
                .filter(Objects::nonNull)
                .map(ResultUrgency::ofFlag)
                .min(Comparator.naturalOrder())
                .orElse(ROUTINE));
    }

    /** By a flag of HL7's table 0078. */
    private static ResultUrgency ofFlag(String flag) {
        if (DANGEROUS.contains(flag)) {
            return CRITICAL;
        }
        return ORDINARY.contains(flag) ? ROUTINE : ABNORMAL;
    }
}
