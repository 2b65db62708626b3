package org.chartkeeper.chart.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.chartkeeper.chart.Concept;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.EntryCommand;
import org.chartkeeper.chart.EntryCommand.VersionKind;
import org.chartkeeper.platform.EncounterId;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.PractitionerId;
import org.junit.jupiter.api.Test;

/** Late is what was stated late, whenever it was keyed. */
class LatenessTest {

    private static final Instant FRIDAY_VISIT = Instant.parse("2026-11-20T15:00:00Z");
    private static final Instant FRIDAY_EVENING = Instant.parse("2026-11-20T23:00:00Z");
    private static final Instant MONDAY = Instant.parse("2026-11-23T15:00:00Z");

    private final Content note = Fixture.note("progress", "Seen.");

    @Test
    void friday_s_dictation_is_no_late_entry_whenever_it_is_typed() {
        assertThat(kind(note, FRIDAY_EVENING, "minute", "dictation")).isEqualTo(VersionKind.ORIGINAL);
    }

    @Test
    void what_the_author_states_on_monday_about_friday_is_late() {
        assertThat(kind(note, MONDAY, "minute", "direct")).isEqualTo(VersionKind.LATE_ENTRY);
    }

    @Test
    void a_day_without_time_of_day_lasts_until_its_end() {
        Instant day = Instant.parse("2026-11-20T00:00:00Z");
        assertThat(kind(note, day, Instant.parse("2026-11-21T20:00:00Z"), "day", "direct"))
                .isEqualTo(VersionKind.ORIGINAL);
        assertThat(kind(note, day, Instant.parse("2026-11-22T20:00:00Z"), "day", "direct"))
                .isEqualTo(VersionKind.LATE_ENTRY);
    }

    @Test
    void an_onset_years_ago_a_reported_vaccination_and_an_import_are_no_late_entries() {
        Content vaccine = new Content.Immunization(
                Concept.of("Influenza"), "completed", true, null, null, null, null, null, null, null, null, null);

        assertThat(kind(Fixture.problem("I10", "Hypertension", "active"), MONDAY, "minute", "direct"))
                .isEqualTo(VersionKind.ORIGINAL);
        assertThat(kind(vaccine, MONDAY, "minute", "direct")).isEqualTo(VersionKind.ORIGINAL);
        assertThat(kind(note, MONDAY, "minute", "import")).isEqualTo(VersionKind.ORIGINAL);
        assertThat(kind(note, MONDAY, "year", "direct")).isEqualTo(VersionKind.ORIGINAL);
    }

    private static VersionKind kind(Content content, Instant stated, String precision, String source) {
        return kind(content, FRIDAY_VISIT, stated, precision, source);
    }

    @Test
    void the_limit_is_the_facility_s() {
        assertThat(kind(note, FRIDAY_VISIT, MONDAY, "minute", "direct", Duration.ofHours(96)))
                .isEqualTo(VersionKind.ORIGINAL);
        assertThat(kind(note, FRIDAY_VISIT, FRIDAY_EVENING, "minute", "direct", Duration.ofHours(6)))
                .isEqualTo(VersionKind.LATE_ENTRY);
    }

    private static VersionKind kind(Content content, Instant event, Instant stated, String precision, String source) {
        return kind(content, event, stated, precision, source, Duration.ofHours(24));
    }

    private static VersionKind kind(
            Content content, Instant event, Instant stated, String precision, String source, Duration allowed) {
        return Lateness.kind(
                new EntryCommand(
                        VersionKind.ORIGINAL,
                        null,
                        null,
                        PatientId.next(),
                        FacilityId.next(),
                        EncounterId.next(),
                        content,
                        event,
                        precision,
                        new EntryCommand.Statement("practitioner", PractitionerId.next(), null, stated, null),
                        new EntryCommand.Source(source, null, null),
                        null,
                        "",
                        false),
                allowed);
    }
}
