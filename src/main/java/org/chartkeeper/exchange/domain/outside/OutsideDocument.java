package org.chartkeeper.exchange.domain.outside;

import java.util.List;
import org.chartkeeper.chart.Content;
import org.jspecify.annotations.Nullable;

/**
 * What was read of a document.
 *
 * @param custodian who keeps the original, never empty
 * @param written when it was written, null where not said
 * @param items what can be reconciled, in the order of the document
 * @param unread titles of sections that are not
 */
record OutsideDocument(
        String title,
        String custodian,
        @Nullable Hl7Time written,
        Person person,
        List<Item> items,
        List<String> unread) {

    /** Whom it is about. {@code birth} as ISO text; {@code sex} as HL7's code: F, M, UN. */
    record Person(
            String family,
            String given,
            @Nullable String birth,
            @Nullable String sex) {

        /** "Isabella Jones, born 1975-05-01". */
        String words() {
            return (given + " " + family).strip() + (birth == null ? "" : ", born " + birth);
        }
    }

    /**
     * A statement of the document.
     *
     * @param key its place: kind and number in the document
     * @param time when it happened or began, null where not said
     */
    record Item(String key, Content content, @Nullable Hl7Time time) {}
}
