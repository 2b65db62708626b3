package org.chartkeeper.chart.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.chartkeeper.chart.EntryType;
import org.chartkeeper.chart.Way;
import org.chartkeeper.chart.domain.Authority.Person;
import org.chartkeeper.chart.domain.Authority.Responsible;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.PractitionerId;
import org.chartkeeper.platform.UserId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Who × way × state: the whole table. */
class AuthorityTest {

    private static final PractitionerId OKAFOR = PractitionerId.next();
    private static final PractitionerId LINDQVIST = PractitionerId.next();

    private static final Map<Person, Set<Way>> TABLE = new EnumMap<>(Map.of(
            Person.SYSTEM, EnumSet.allOf(Way.class),
            Person.AUTHOR, EnumSet.complementOf(EnumSet.of(Way.MOVE)),
            Person.ATTENDING, EnumSet.complementOf(EnumSet.of(Way.MOVE)),
            Person.CLINICIAN, EnumSet.of(Way.LATE_ENTRY, Way.UPDATE),
            Person.SPECIALIST, EnumSet.allOf(Way.class),
            Person.NOBODY, EnumSet.noneOf(Way.class)));

    static Stream<Arguments> everything() {
        return Stream.of(Person.values())
                .flatMap(person -> Stream.of(Way.values())
                        .flatMap(way -> Stream.of(EntryType.values())
                                .flatMap(type -> Stream.of(true, false)
                                        .map(locked -> Arguments.of(person, way, type, locked)))));
    }

    @ParameterizedTest
    @MethodSource("everything")
    void a_person_may_use_exactly_the_ways_of_the_table(Person person, Way way, EntryType type, boolean locked) {
        String refusal = Authority.refusal(person, way, type, locked);

        if (TABLE.getOrDefault(person, Set.of()).contains(way)) {
            assertThat(refusal).isNull();
        } else {
            assertThat(refusal).isNotBlank().endsWith(".");
        }
    }

    @ParameterizedTest
    @MethodSource("everything")
    void what_is_signed_is_corrected_only_with_the_agreement_of_who_stands_behind_it(
            Person person, Way way, EntryType type, boolean locked) {
        Responsible okafors = new Responsible(OKAFOR.value(), null, null);
        boolean agreement = locked && type != EntryType.DOCUMENT && (way == Way.CORRECTION || way == Way.RETRACTION);

        assertThat(Authority.refusedSigner(way, type, locked, okafors, OKAFOR.value()))
                .isNull();
        assertThat(Authority.refusedSigner(way, type, locked, okafors, LINDQVIST.value()) == null)
                .isEqualTo(!agreement);
        assertThat(Authority.refusedSigner(way, type, locked, okafors, null) == null)
                .isEqualTo(!agreement);
        assertThat(Authority.refusedSigner(way, type, locked, new Responsible(null, null, null), LINDQVIST.value()))
                .as("nobody here stands behind what came from outside")
                .isNull();
    }

    @Test
    void a_clinician_is_author_attending_or_a_stranger_to_an_entry() {
        Actor okafor = actor(OKAFOR, Permission.CHART_SIGN);
        UUID other = LINDQVIST.value();

        assertThat(Authority.person(okafor, new Responsible(OKAFOR.value(), other, other)))
                .isEqualTo(Person.AUTHOR);
        assertThat(Authority.person(okafor, new Responsible(other, OKAFOR.value(), other)))
                .isEqualTo(Person.ATTENDING);
        assertThat(Authority.person(okafor, new Responsible(null, null, OKAFOR.value())))
                .isEqualTo(Person.ATTENDING);
        assertThat(Authority.person(okafor, new Responsible(other, other, null)))
                .isEqualTo(Person.CLINICIAN);
        assertThat(Authority.person(okafor, new Responsible(null, null, null))).isEqualTo(Person.ATTENDING);
    }

    @Test
    void who_neither_enters_nor_signs_is_nobody_to_the_record() {
        Responsible okafors = new Responsible(OKAFOR.value(), null, null);

        assertThat(Authority.person(actor(null, Permission.VISIT_UPDATE), okafors))
                .isEqualTo(Person.SPECIALIST);
        assertThat(Authority.person(actor(null, Permission.CODING_WORK), okafors))
                .isEqualTo(Person.NOBODY);
        assertThat(Authority.person(actor(null, Permission.RELEASE_WORK), okafors))
                .isEqualTo(Person.NOBODY);
        assertThat(Authority.person(actor(OKAFOR, Permission.CHART_READ), okafors))
                .as("an account that may not sign is no author")
                .isEqualTo(Person.NOBODY);
    }

    private static Actor actor(@Nullable PractitionerId practitioner, Permission permission) {
        FacilityId facility = FacilityId.next();
        return new Actor(
                UserId.next(), "Somebody", practitioner, facility, Set.of(facility), Set.of(), Set.of(permission));
    }
}
