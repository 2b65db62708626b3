package org.chartkeeper.chart.web;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.chartkeeper.chart.Concept;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.EntryView;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.UserId;
import org.jspecify.annotations.Nullable;

/** Entries as pages get them, for tests that need no database. */
final class Entries {

    static final Words WORDS = new Words(ZoneId.of("America/Chicago"), LocalDate.of(2026, 11, 23));
    static final Instant EVENT = Instant.parse("2026-11-14T15:10:00Z");

    private Entries() {}

    static Content.Allergy allergyTo(String substance, @Nullable String criticality, String... reactions) {
        return new Content.Allergy(
                "allergy",
                "medication",
                Concept.of(substance),
                "active",
                "confirmed",
                criticality,
                List.of(reactions).stream()
                        .map(reaction -> new Content.Reaction(reaction, null))
                        .toList(),
                null,
                null);
    }

    static Content.Allergy noneKnown() {
        return new Content.Allergy(
                "none-known",
                null,
                Concept.of("No known allergies"),
                "active",
                "confirmed",
                null,
                List.of(),
                null,
                null);
    }

    static Content.MedicationOrder orderOf(String drug, String sig, String status, @Nullable EntryId replaces) {
        return new Content.MedicationOrder(
                Concept.of(drug),
                status,
                new Content.Dosage(sig, null, null, null, null, false, null),
                null,
                null,
                null,
                "Heart failure",
                null,
                null,
                null,
                null,
                replaces == null ? null : new Content.EntryRef(replaces.toString()),
                null,
                null);
    }

    static EntryView signed(Content content) {
        return view(EntryId.next(), content, null, null, 1, "signed");
    }

    static EntryView unsigned(Content content) {
        return view(EntryId.next(), content, null, null, 1, "unsigned");
    }

    static EntryView proposed(Content content) {
        return view(EntryId.next(), content, null, null, 0, "unsigned");
    }

    static EntryView pending(EntryId id, Content inForce, Content then, String kind) {
        return view(id, inForce, then, kind, 1, "unsigned");
    }

    private static EntryView view(
            EntryId id,
            Content content,
            @Nullable Content pending,
            @Nullable String pendingKind,
            int inForce,
            String signature) {
        return new EntryView(
                id,
                PatientId.of("01900000-0000-7000-8000-000000000001"),
                FacilityId.of("01900000-0000-7000-8000-000000000002"),
                null,
                content.type(),
                content,
                pending,
                pendingKind,
                EVENT,
                "minute",
                pending == null ? 1 : 2,
                inForce,
                "original",
                signature,
                null,
                null,
                null,
                "current",
                "Dr. A. Okafor",
                null,
                EVENT,
                "Dana Reyes",
                UserId.of("01900000-0000-7000-8000-000000000003"),
                EVENT,
                "dictation",
                "");
    }
}
