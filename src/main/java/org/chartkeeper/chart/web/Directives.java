package org.chartkeeper.chart.web;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.EntryView;
import org.chartkeeper.platform.PartialDate;
import org.jspecify.annotations.Nullable;

/** Advance directives as the banner names them: those in force, else that the patient was asked and has none. */
final class Directives {

    private Directives() {}

    /** @param house whether the patient is in house: there nobody may be left unasked */
    static List<Tag> tags(List<EntryView> documents, boolean house, LocalDate today) {
        List<Tag> tags = new ArrayList<>();
        String asked = null;
        for (EntryView entry : documents) {
            if (!(entry.content() instanceof Content.Document document) || document.directive() == null) {
                continue;
            }
            Content.Directive directive = document.directive();
            if (directive.decision().equals("none-on-file")) {
                asked = asked == null ? date(document.serviceDate()) : asked;
            } else if (inForce(directive, today) && tag(directive, document) instanceof Tag tag) {
                tags.add(tag);
            }
        }
        if (!tags.isEmpty()) {
            return tags;
        }
        if (asked != null) {
            return List.of(new Tag("No directive on file (asked " + asked + ")", ""));
        }
        return house && documents.isEmpty() ? List.of(new Tag("Directives not asked", "warn")) : List.of();
    }

    private static @Nullable Tag tag(Content.Directive directive, Content.Document document) {
        String since = date(document.serviceDate());
        return switch (directive.kind()) {
            case "dnr" -> new Tag("Do not resuscitate · form of " + since, "stop");
            case "polst" -> new Tag("POLST · " + since, "stop");
            case "living-will" -> new Tag("Living will · " + since, "note");
            case "proxy" ->
                new Tag(
                        "Health-care proxy"
                                + (directive.concerns() == null ? " · " + since : ": " + directive.concerns()),
                        "note");
            default -> null;
        };
    }

    /** Given, not revoked, begun and not over. */
    static boolean inForce(Content.Directive directive, LocalDate today) {
        return directive.decision().equals("given")
                && directive.revoked() == null
                && PartialDate.find(directive.validFrom())
                        .map(from -> !from.from().isAfter(today))
                        .orElse(true)
                && PartialDate.find(directive.validUntil())
                        .map(until -> !until.to().isBefore(today))
                        .orElse(true);
    }

    private static String date(@Nullable String iso) {
        return PartialDate.find(iso).map(PartialDate::show).orElse("date not known");
    }
}
