package org.chartkeeper.chart.note;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.EntryView;
import org.jspecify.annotations.Nullable;

/** How far a note is, in the words of the trade. */
public final class NoteState {

    /** A place that the transcriber could not hear: three or more underscores, or a blank that is said. */
    private static final Pattern BLANK =
            Pattern.compile("_{3,}|\\[\\s*(?:blank|inaudible|\\?+)\\s*]|\\(\\s*(?:blank|inaudible)\\s*\\)");

    private static final Pattern NOT_READ = Pattern.compile("dictated[,;]?\\s+(?:but\\s+)?(?:is\\s+)?not\\s+read");

    private NoteState() {}

    /**
     * Why a note cannot be signed as it is.
     *
     * @return null where it can
     */
    public static @Nullable String unsignable(Content.Note note) {
        if (note.text().isBlank()) {
            return "This is dictated and not transcribed yet. It is signed when its text is here.";
        }
        if (blanks(note.text())) {
            return "The transcription has blanks. They are filled before it is signed.";
        }
        if (NOT_READ.matcher(note.text().toLowerCase(Locale.ROOT)).find()) {
            return "“Dictated but not read” is no signature. Take it out, or return the note.";
        }
        return null;
    }

    public static boolean blanks(String text) {
        return BLANK.matcher(text.toLowerCase(Locale.ROOT)).find();
    }

    /**
     * One word for where a note stands: dictated, transcribed with blanks, transcribed, preliminary, authenticated,
     * co-signature due, attested, addended, entered in error.
     *
     * @param additions its addenda and attestations
     */
    public static String of(EntryView entry, List<EntryView> additions) {
        if (entry.retracted()) {
            return "entered in error";
        }
        if (!(entry.content() instanceof Content.Note note)) {
            throw new IllegalArgumentException(entry.id() + " is no note");
        }
        boolean signed = entry.signature().equals("signed") || entry.signature().equals("authenticated at source");
        if (entry.signature().equals("co-signature due")) {
            return "co-signature due";
        }
        if (signed) {
            List<String> kinds = additions.stream()
                    .filter(each -> !each.retracted() && each.signature().equals("signed"))
                    .map(each -> each.content() instanceof Content.Note added ? added.kind() : "")
                    .toList();
            return kinds.stream().anyMatch(kind -> !kind.equals("attestation"))
                    ? "addended"
                    : kinds.isEmpty() ? "authenticated" : "attested";
        }
        if (note.text().isBlank()) {
            return "dictated";
        }
        if (note.status().equals("transcribed")) {
            return blanks(note.text()) ? "transcribed with blanks" : "transcribed";
        }
        return "preliminary";
    }
}
