package org.chartkeeper.chart.domain;

import org.jspecify.annotations.Nullable;

/** Text as the database can keep it. */
final class Texts {

    private Texts() {}

    static @Nullable String cleanOrNull(@Nullable String text) {
        return text == null ? null : clean(text);
    }

    /** Replaces what PostgreSQL stores in no text: the character 0 and halves of surrogate pairs. */
    static String clean(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (unstorable(text, i)) {
                StringBuilder cleaned = new StringBuilder(text);
                for (int j = i; j < text.length(); j++) {
                    if (unstorable(text, j)) {
                        cleaned.setCharAt(j, '\ufffd');
                    }
                }
                return cleaned.toString();
            }
        }
        return text;
    }

    /** Whether the character at this place is no text by itself or with its neighbor. */
    static boolean unstorable(String text, int i) {
        char c = text.charAt(i);
        if (c == 0) {
            return true;
        }
        if (!Character.isSurrogate(c)) {
            return false;
        }
        return Character.isHighSurrogate(c)
                ? i + 1 >= text.length() || !Character.isLowSurrogate(text.charAt(i + 1))
                : i == 0 || !Character.isHighSurrogate(text.charAt(i - 1));
    }
}
