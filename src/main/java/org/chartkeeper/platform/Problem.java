package org.chartkeeper.platform;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * One thing wrong with an input: which field, what is wrong in the user's words. A redirect may carry it in the session.
 *
 * @param field name of the form field, null where it concerns the whole
 * @param warning true where it is unlikely, not impossible: may be accepted with a reason
 */
public record Problem(@Nullable String field, String message, boolean warning) implements Serializable {

    public static Problem error(@Nullable String field, String message) {
        return new Problem(field, message, false);
    }

    public static Problem warning(@Nullable String field, String message) {
        return new Problem(field, message, true);
    }
}
