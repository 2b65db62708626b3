package org.chartkeeper.chart.web;

import java.util.List;
import org.chartkeeper.chart.EntryView;
import org.chartkeeper.chart.VersionView;
import org.jspecify.annotations.Nullable;

/**
 * A version on the page of an entry's history.
 *
 * @param kind in words: "Original", "Late entry"
 * @param standing in force, pending signature or proposed; null for a former one
 * @param said who stated it and from what
 * @param entered who entered it and when
 * @param sourcePlace where in the source, null where not recorded
 * @param json the content exactly as hashed
 */
record VersionBlock(
        int number,
        String kind,
        @Nullable Tag standing,
        String event,
        String stated,
        String entered,
        String source,
        @Nullable String sourcePlace,
        @Nullable String reason,
        @Nullable String signed,
        boolean intact,
        String hash,
        List<VersionView.Difference> differences,
        List<Field> fields,
        String json) {

    static VersionBlock of(VersionView version, EntryView entry, Words words) {
        Tag standing = null;
        if (version.number() == entry.inForce()) {
            standing = new Tag("In force", "");
        } else if (version.number() == entry.version()) {
            standing = new Tag(entry.inForce() == 0 ? "Proposed, in force when signed" : "Pending signature", "warn");
        }
        String place = version.sourcePlace();
        String reference = version.sourceReference();
        String signed = version.signedBy() == null || version.signedAt() == null
                ? null
                : version.signedBy() + ", " + words.moment(version.signedAt());
        return new VersionBlock(
                version.number(),
                VisitRow.capital(Words.spaced(version.kind().toLowerCase(java.util.Locale.ROOT))),
                standing,
                words.moment(version.event()),
                version.statedBy() + ", " + words.moment(version.statedAt()),
                version.enteredBy() + ", " + words.moment(version.enteredAt()),
                words.source(version.sourceKind()),
                place != null ? place : reference,
                version.reason(),
                signed,
                version.intact(),
                version.hash(),
                words.tidy(version.differences()),
                version.differences().isEmpty() ? words.fields(version.content()) : List.of(),
                version.json());
    }
}
