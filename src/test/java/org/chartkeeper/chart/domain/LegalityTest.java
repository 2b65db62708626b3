package org.chartkeeper.chart.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.chartkeeper.chart.EntryCommand.VersionKind;
import org.chartkeeper.chart.EntryType;
import org.chartkeeper.chart.domain.Legality.Standing;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The whole table: kind of version × how the entry stands × living or point in time. */
class LegalityTest {

    /** How an entry may stand, and what is then allowed on a living and on a point-in-time entry. */
    enum State {
        NOT_THERE(null, "ORIGINAL LATE_ENTRY", "ORIGINAL LATE_ENTRY"),
        NEVER_SIGNED(new Standing(false, false, true, null), "REVISION UPDATE RETRACTION", "REVISION RETRACTION"),
        SIGNED(new Standing(false, true, false, null), "UPDATE CORRECTION RETRACTION", "CORRECTION RETRACTION"),
        SIGNED_THEN_UPDATED(
                new Standing(false, true, true, null),
                "REVISION UPDATE CORRECTION RETRACTION",
                "REVISION CORRECTION RETRACTION"),
        CHANGE_PENDING(new Standing(false, true, true, "stop"), "REVISION RETRACTION", "REVISION RETRACTION"),
        CHANGE_OF_UNSIGNED_PENDING(
                new Standing(false, false, true, "refute"), "REVISION RETRACTION", "REVISION RETRACTION"),
        IN_ERROR(new Standing(true, true, false, null), "", "");

        final @Nullable Standing standing;
        final Set<VersionKind> living;
        final Set<VersionKind> pointInTime;

        State(@Nullable Standing standing, String living, String pointInTime) {
            this.standing = standing;
            this.living = kinds(living);
            this.pointInTime = kinds(pointInTime);
        }

        private static Set<VersionKind> kinds(String words) {
            Set<VersionKind> kinds = EnumSet.noneOf(VersionKind.class);
            for (String word : words.split(" ")) {
                if (!word.isEmpty()) {
                    kinds.add(VersionKind.valueOf(word));
                }
            }
            return kinds;
        }
    }

    static Stream<Arguments> everything() {
        return Stream.of(State.values())
                .flatMap(state -> Stream.of(EntryType.values())
                        .flatMap(type -> Stream.of(VersionKind.values()).map(kind -> Arguments.of(state, type, kind))));
    }

    @ParameterizedTest
    @MethodSource("everything")
    void a_kind_is_allowed_exactly_where_the_table_says(State state, EntryType type, VersionKind kind) {
        boolean allowed = (type.living() ? state.living : state.pointInTime).contains(kind)
                || type == EntryType.DOCUMENT && kind == VersionKind.CORRECTION && state == State.NEVER_SIGNED;

        String refusal = Legality.refusal(kind, type, state.standing);

        if (allowed) {
            assertThat(refusal).isNull();
        } else {
            assertThat(refusal).isNotBlank().endsWith(".");
        }
    }
}
