package org.chartkeeper.exchange.domain.outside;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.chartkeeper.chart.Concept;
import org.chartkeeper.chart.Content;
import org.jspecify.annotations.Nullable;

/** What else is said of an entry, in one line, so that two sides can be compared. */
final class Details {

    private Details() {}

    static String of(Content content) {
        return switch (content) {
            case Content.Condition condition ->
                line(
                        condition.clinicalStatus(),
                        since(condition.onset()),
                        until(condition.abatement()),
                        code(condition.code()));
            case Content.Allergy allergy ->
                line(
                        reactions(allergy.reactions()),
                        allergy.criticality() == null ? null : allergy.criticality() + " criticality",
                        allergy.clinicalStatus(),
                        since(allergy.onset()),
                        code(allergy.substance()));
            case Content.MedicationOrder order ->
                line(
                        dosage(order.dosage()),
                        order.status(),
                        since(order.start()),
                        until(order.end()),
                        code(order.medication()));
            case Content.MedicationStatement statement ->
                line(
                        dosage(statement.dosage()),
                        statement.status(),
                        since(statement.start()),
                        until(statement.end()),
                        code(statement.medication()));
            case Content.Immunization immunization ->
                line(
                        immunization.status().equals("not-done") ? "not given" : null,
                        immunization.reasonNotDone(),
                        immunization.lot() == null ? null : "lot " + immunization.lot(),
                        immunization.manufacturer(),
                        code(immunization.vaccine()));
            case Content.Observation observation ->
                line(
                        observation.value() == null ? null : observation.value().display(),
                        observation.interpretation(),
                        observation.referenceRange() == null ? null : "range " + observation.referenceRange(),
                        code(observation.code()));
            default -> "";
        };
    }

    private static String line(@Nullable String... parts) {
        return Stream.of(parts)
                .filter(Objects::nonNull)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" · "));
    }

    private static @Nullable String since(@Nullable String date) {
        return date == null ? null : "since " + date;
    }

    private static @Nullable String until(@Nullable String date) {
        return date == null ? null : "until " + date;
    }

    private static @Nullable String dosage(Content.@Nullable Dosage dosage) {
        return dosage == null ? null : dosage.text();
    }

    private static @Nullable String code(Concept concept) {
        Concept.Coding first = concept.first();
        return first == null ? null : first.code();
    }

    private static @Nullable String reactions(List<Content.Reaction> reactions) {
        return reactions.isEmpty()
                ? null
                : reactions.stream()
                        .map(reaction -> reaction.severity() == null
                                ? reaction.manifestation()
                                : reaction.manifestation() + " (" + reaction.severity() + ")")
                        .collect(Collectors.joining(", "));
    }
}
