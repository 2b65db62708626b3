package org.chartkeeper.visit.domain;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.EntryView;
import org.chartkeeper.visit.VisitUpdates.SourceText;
import org.jspecify.annotations.Nullable;

/** The notes and documents of a visit as sources of its update. */
final class Sources {

    private Sources() {}

    /** Those that can be entered from, dictations first, then the earliest. */
    static List<SourceText> of(List<EntryView> entries) {
        return entries.stream()
                .filter(entry -> !entry.retracted())
                .filter(Sources::isSource)
                .map(Sources::text)
                .sorted(Comparator.comparing(
                                (SourceText source) -> !source.kind().equals("dictation"))
                        .thenComparing(SourceText::statedAt))
                .toList();
    }

    /** A call that the update itself wrote down is none of its sources. */
    static boolean isSource(EntryView entry) {
        return switch (entry.content()) {
            case Content.Note note -> !note.kind().equals("telephone");
            case Content.Document it -> true;
            default -> false;
        };
    }

    private static SourceText text(EntryView entry) {
        Content content = entry.content();
        return new SourceText(
                entry.id(),
                label(entry),
                entry.statedBy(),
                entry.statedByPractitioner(),
                entry.statedAt(),
                entry.signature().equals("signed") ? "signed" : status(entry),
                kind(entry),
                content instanceof Content.Note note ? note.text() : words(content));
    }

    private static String status(EntryView entry) {
        return entry.content() instanceof Content.Note note && !note.status().equals("final")
                ? note.status()
                : entry.signature();
    }

    private static String words(Content content) {
        return content instanceof Content.Document document
                ? document.name() + (document.note() == null ? "" : "\n\n" + document.note())
                : content.title();
    }

    private static String kind(EntryView entry) {
        if (entry.content() instanceof Content.Document) {
            return "paper";
        }
        boolean dictated = entry.content() instanceof Content.Note note
                        && (note.kind().equals("dictation") || note.status().equals("dictated"))
                || entry.sourceKind().equals("dictation");
        return dictated ? "dictation" : "note";
    }

    /** As the worklist says it: Dictation, ED note, Summary, Paper form. */
    static String label(EntryView entry) {
        if (!(entry.content() instanceof Content.Note note)) {
            return "Paper form";
        }
        return switch (note.kind()) {
            case "dictation" -> "Dictation";
            case "emergency" -> "ED note";
            case "discharge-summary" -> "Summary";
            case "consultation" -> "Consultation";
            case "history-and-physical" -> "H&P";
            case "operative" -> "Operative note";
            case "progress" -> "Note";
            default ->
                note.heading().text().isBlank() ? "Note" : capital(note.kind().replace('-', ' '));
        };
    }

    private static String capital(String text) {
        return text.isEmpty() ? text : text.substring(0, 1).toUpperCase(Locale.US) + text.substring(1);
    }

    /** The last thing written of a visit that is no part of a stay's daily course; null where nothing is there. */
    static @Nullable EntryView newest(List<EntryView> entries) {
        return entries.stream()
                .filter(entry -> !entry.retracted() && isSource(entry))
                .max(Comparator.comparing(EntryView::statedAt))
                .orElse(null);
    }
}
