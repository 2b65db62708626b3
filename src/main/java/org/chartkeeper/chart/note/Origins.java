package org.chartkeeper.chart.note;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.chartkeeper.chart.Content;
import org.chartkeeper.platform.EntryId;
import org.jspecify.annotations.Nullable;

/**
 * Where each paragraph of a note comes from. It is read off the words themselves, not reported by whoever wrote it: what
 * stands in an earlier note is copied, however it got here.
 */
public final class Origins {

    /** From this share of its words on a paragraph counts as taken over, and what was changed in it as edited. */
    private static final double TAKEN = 50;

    private Origins() {}

    /**
     * The origins of a text's paragraphs, those that follow each other and are alike as one.
     *
     * @param earlier notes of the patient
     * @param brought notes that the author took something from; where a paragraph stands in several, it comes from these
     * @param template what the note's type begins with; blank for nothing
     * @param own what the author's words are: typed or dictated
     */
    public static List<Content.Passage> of(
            String text, List<CopyMeter.Earlier> earlier, List<EntryId> brought, String template, String own) {
        CopyMeter all = new CopyMeter(earlier);
        CopyMeter preferred = new CopyMeter(
                earlier.stream().filter(each -> brought.contains(each.entry())).toList());
        List<Content.Passage> passages = new ArrayList<>();
        for (Paragraphs.Paragraph paragraph : Paragraphs.of(text)) {
            if (blank(paragraph.text(), template)) {
                add(passages, "template", null);
                continue;
            }
            CopyMeter.Earlier source = source(preferred.read(paragraph.text()))
                    .or(() -> source(all.read(paragraph.text())))
                    .orElse(null);
            if (source == null) {
                add(passages, own, null);
            } else {
                add(
                        passages,
                        source.imported() ? "imported" : "copied",
                        new Content.EntryRef(source.entry().toString()));
            }
        }
        return passages;
    }

    /**
     * The origins after a change by hand: a paragraph that stands as it stood keeps its origin, any other is typed.
     *
     * @return empty where nothing was known of the paragraphs before
     */
    public static List<Content.Passage> carried(Content.Note before, String text) {
        if (before.passages().isEmpty() || before.text().equals(text)) {
            return before.passages();
        }
        Map<String, Content.Passage> known = new HashMap<>();
        List<Paragraphs.Paragraph> paragraphs = Paragraphs.of(before.text());
        int at = 0;
        for (Content.Passage passage : before.passages()) {
            for (int i = 0; i < passage.paragraphs() && at < paragraphs.size(); i++, at++) {
                known.putIfAbsent(paragraphs.get(at).text(), passage);
            }
        }
        List<Content.Passage> passages = new ArrayList<>();
        for (Paragraphs.Paragraph paragraph : Paragraphs.of(text)) {
            Content.Passage was = known.get(paragraph.text());
            add(passages, was == null ? "typed" : was.origin(), was == null ? null : was.from());
        }
        return passages;
    }

    /** Whether a paragraph stands so in the template, line for line. */
    private static boolean blank(String paragraph, String template) {
        List<String> lines = template.lines().map(String::strip).toList();
        return !template.isBlank() && paragraph.lines().map(String::strip).allMatch(lines::contains);
    }

    /** The text that most of a paragraph's words were taken from. */
    private static Optional<CopyMeter.Earlier> source(CopyMeter.Reading reading) {
        if (reading.share() < TAKEN) {
            return Optional.empty();
        }
        Map<CopyMeter.Earlier, Integer> sizes = new HashMap<>();
        reading.blocks().forEach(block -> sizes.merge(block.newest(), block.to() - block.from(), Integer::sum));
        return sizes.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
    }

    private static void add(List<Content.Passage> passages, String origin, Content.@Nullable EntryRef from) {
        Content.Passage last = passages.isEmpty() ? null : passages.get(passages.size() - 1);
        if (last != null && last.origin().equals(origin) && Objects.equals(last.from(), from)) {
            passages.set(passages.size() - 1, new Content.Passage(last.paragraphs() + 1, origin, from));
        } else {
            passages.add(new Content.Passage(1, origin, from));
        }
    }
}
