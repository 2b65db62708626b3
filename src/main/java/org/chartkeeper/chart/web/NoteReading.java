package org.chartkeeper.chart.web;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.EntryView;
import org.chartkeeper.chart.note.CopyMeter;
import org.chartkeeper.chart.note.Paragraphs;
import org.chartkeeper.platform.PatientId;
import org.jspecify.annotations.Nullable;

/**
 * A note as it is read: each paragraph with where it comes from, and what of it stands in earlier notes.
 *
 * @param percent of its words that stand in earlier notes
 * @param warning whether that is so much that it was to be said why
 * @param oldest the oldest note that any of it stands in, null where nothing is copied
 * @param oldestPath where that one is read
 * @param compared how many earlier notes it was compared with
 * @param origins a sentence on where its paragraphs come from; null where every one has its own mark
 */
record NoteReading(
        List<Passage> passages,
        int percent,
        boolean warning,
        @Nullable String oldest,
        @Nullable String oldestPath,
        int compared,
        @Nullable String origins) {

    /**
     * A paragraph.
     *
     * @param heading above it, null for none
     * @param blocks it as it was meant to read
     * @param pieces it word for word, in pieces that are copied and that are not
     * @param origin where it comes from, null where that goes without saying
     * @param originPath of the note that it was copied from, null for others
     */
    record Passage(
            @Nullable String heading,
            List<NoteText.Block> blocks,
            List<Piece> pieces,
            @Nullable Tag origin,
            @Nullable String originPath) {

        /** Whether any of it stands in an earlier note. */
        public boolean copied() {
            return pieces.stream().anyMatch(Piece::copied);
        }
    }

    /** A piece of a paragraph. {@code from}: where it stood first, null for what is the author's own. */
    record Piece(String text, @Nullable String from) {

        public boolean copied() {
            return from != null;
        }
    }

    static NoteReading of(EntryView entry, List<CopyMeter.Earlier> earlier, int warning, Words words) {
        if (!(entry.content() instanceof Content.Note note)) {
            throw new IllegalArgumentException(entry.id() + " is no note");
        }
        CopyMeter.Reading reading = new CopyMeter(earlier).read(note.text());
        Map<String, CopyMeter.Earlier> known = new HashMap<>();
        earlier.forEach(each -> known.put(each.entry().toString(), each));
        List<Content.Passage> origins = spread(note.passages());
        boolean alike = origins.stream()
                .allMatch(each -> each.origin().equals("typed") || each.origin().equals("dictated"));
        List<Passage> passages = new ArrayList<>();
        List<Paragraphs.Paragraph> paragraphs = Paragraphs.of(note.text());
        for (int i = 0; i < paragraphs.size(); i++) {
            Paragraphs.Paragraph paragraph = paragraphs.get(i);
            Content.Passage origin = alike || i >= origins.size() ? null : origins.get(i);
            passages.add(new Passage(
                    paragraph.heading(),
                    NoteText.blocks(paragraph.text()),
                    pieces(note.text(), paragraph, reading, words),
                    origin == null ? null : tag(origin, known, words),
                    origin == null
                                    || origin.from() == null
                                    || !known.containsKey(origin.from().entry())
                            ? null
                            : path(entry.patient(), origin.from().entry())));
        }
        CopyMeter.Earlier oldest = reading.oldest();
        return new NoteReading(
                passages,
                reading.percent(),
                reading.percent() >= warning,
                oldest == null ? null : said(oldest, words),
                oldest == null ? null : path(entry.patient(), oldest.entry().toString()),
                earlier.size(),
                alike ? sentence(entry, origins) : null);
    }

    /** One origin for each paragraph. */
    private static List<Content.Passage> spread(List<Content.Passage> passages) {
        List<Content.Passage> each = new ArrayList<>();
        for (Content.Passage passage : passages) {
            for (int i = 0; i < passage.paragraphs(); i++) {
                each.add(passage);
            }
        }
        return each;
    }

    private static @Nullable String sentence(EntryView entry, List<Content.Passage> origins) {
        if (origins.isEmpty()) {
            return entry.sourceKind().equals("import") ? "imported as a whole" : null;
        }
        return origins.stream().allMatch(each -> each.origin().equals("dictated"))
                ? "every paragraph transcribed"
                : "every paragraph typed by its author";
    }

    private static Tag tag(Content.Passage origin, Map<String, CopyMeter.Earlier> known, Words words) {
        CopyMeter.Earlier from =
                origin.from() == null ? null : known.get(origin.from().entry());
        return switch (origin.origin()) {
            case "copied" -> new Tag("copied from " + (from == null ? "an earlier note" : said(from, words)), "warn");
            case "imported" -> new Tag("copied from imported " + (from == null ? "note" : said(from, words)), "note");
            case "template" -> new Tag("template", "");
            case "dictated" -> new Tag("transcribed", "");
            default -> new Tag("typed", "");
        };
    }

    private static String said(CopyMeter.Earlier earlier, Words words) {
        return earlier.label() + ", " + Dates.day(earlier.at(), words.zone());
    }

    static String path(PatientId patient, String note) {
        return "/patients/" + patient + "/notes?note=" + note;
    }

    private static List<Piece> pieces(
            String text, Paragraphs.Paragraph paragraph, CopyMeter.Reading reading, Words words) {
        List<Piece> pieces = new ArrayList<>();
        int at = paragraph.from();
        for (CopyMeter.Block block : reading.blocks()) {
            if (block.from() < paragraph.from() || block.to() > paragraph.to()) {
                continue;
            }
            if (block.from() > at) {
                pieces.add(new Piece(text.substring(at, block.from()), null));
            }
            pieces.add(new Piece(text.substring(block.from(), block.to()), said(block.oldest(), words)));
            at = block.to();
        }
        if (at < paragraph.to()) {
            pieces.add(new Piece(text.substring(at, paragraph.to()), null));
        }
        return pieces;
    }
}
