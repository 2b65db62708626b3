package org.chartkeeper.chart.document.web;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.chartkeeper.chart.Content;
import org.chartkeeper.platform.PartialDate;
import org.jspecify.annotations.Nullable;

/** What a consent or a directive says, in a line. */
final class Effect {

    private Effect() {}

    static String words(Content.Directive directive) {
        String decision = switch (directive.decision()) {
            case "given" -> "Given";
            case "refused" -> "Refused";
            case "not-obtained" -> "Not obtained";
            default -> "Asked: none on file";
        };
        return Stream.of(
                        decision,
                        directive.concerns(),
                        dated("from ", directive.validFrom()),
                        dated("until ", directive.validUntil()),
                        dated("revoked ", directive.revoked()),
                        directive.reason())
                .filter(part -> part != null && !part.isBlank())
                .collect(Collectors.joining(" · "));
    }

    private static @Nullable String dated(String word, @Nullable String iso) {
        return PartialDate.find(iso).map(date -> word + date.show()).orElse(null);
    }
}
