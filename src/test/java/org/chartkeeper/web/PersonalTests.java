package org.chartkeeper.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.chartkeeper.access.Provisioning;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.NotFound;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Rejected;
import org.chartkeeper.platform.UserId;
import org.chartkeeper.testing.ChartkeeperTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/** What a person keeps: preferences and views of lists. */
@ChartkeeperTest
class PersonalTests {

    @Autowired
    PreferenceStore preferences;

    @Autowired
    SavedViews views;

    @Autowired
    Rail rail;

    @Autowired
    Provisioning provisioning;

    @Autowired
    CurrentActor current;

    @Autowired
    TransactionTemplate transaction;

    Actor dana;
    Actor kim;

    @BeforeEach
    void twoPeople() {
        String random = UUID.randomUUID().toString().substring(0, 6);
        FacilityId facility = current.asSystem(
                FacilityId.next(),
                () -> transaction.execute(status -> provisioning.createFacility(
                        "W" + random.toUpperCase(), "Web " + random, ZoneId.of("UTC"), false)));
        dana = person("dana-" + random, facility);
        kim = person("kim-" + random, facility);
    }

    private Actor person(String login, FacilityId facility) {
        UserId user = current.asSystem(
                facility,
                () -> transaction.execute(status -> provisioning.createUser(
                        login, login, "a long enough passphrase 7", Map.of(facility, Set.of("administrator")), null)));
        return new Actor(
                user,
                login,
                null,
                facility,
                Set.of(facility),
                Set.of("administrator"),
                EnumSet.of(Permission.SIGNED_IN, Permission.SYSTEM_STATUS));
    }

    @Test
    void preferences_are_those_of_everybody_until_a_person_has_own_ones() {
        assertThat(preferences.of(dana.user())).isEqualTo(Preferences.DEFAULT);
        preferences.save(dana.user(), new Preferences("dark", "compact", false));
        preferences.save(dana.user(), new Preferences("light", "compact", true));
        assertThat(preferences.of(dana.user())).isEqualTo(new Preferences("light", "compact", true));
        assertThat(preferences.of(kim.user())).isEqualTo(Preferences.DEFAULT);
    }

    @Test
    void the_rail_keeps_what_it_read_until_the_person_changes_something() {
        assertThat(rail.of(dana).preferences().theme()).isEqualTo("system");
        preferences.save(dana.user(), new Preferences("dark", "comfortable", true));
        assertThat(rail.of(dana).preferences().theme()).isEqualTo("system");
        rail.forget(dana.user());
        assertThat(rail.of(dana).preferences().theme()).isEqualTo("dark");
    }

    @Test
    void a_view_keeps_filters_by_name_for_one_person() {
        views.save(dana, "/upkeep", "My morning", "?state=todo&department=CARD&page=3", false);
        views.save(dana, "/upkeep", "All", "", true);
        assertThat(views.of(dana, "/upkeep"))
                .extracting(SavedView::name, SavedView::getPath)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("All", "/upkeep"),
                        org.assertj.core.groups.Tuple.tuple("My morning", "/upkeep?state=todo&department=CARD"));
        assertThat(views.of(kim, "/upkeep")).isEmpty();
    }

    @Test
    void a_view_of_the_same_name_is_replaced_and_only_one_is_first() {
        views.save(dana, "/upkeep", "A", "state=todo", true);
        views.save(dana, "/upkeep", "B", "state=draft", true);
        views.save(dana, "/upkeep", "A", "state=posted", false);
        List<SavedView> kept = views.of(dana, "/upkeep");
        assertThat(kept).extracting(SavedView::name).containsExactly("B", "A");
        assertThat(kept.get(1).query()).isEqualTo("state=posted");
    }

    @Test
    void words_that_may_name_a_patient_are_never_kept() {
        assertThat(views.save(dana, "/upkeep", "X", "q=whitfield&state=todo&born=1948", false)
                        .query())
                .isEqualTo("state=todo");
    }

    @Test
    void a_view_leads_nowhere_but_to_a_list_of_the_person() {
        assertThatThrownBy(() -> views.save(dana, "//evil.example", "X", "", false))
                .isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> views.save(dana, "/admin/roles", "X", "", false))
                .isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> views.save(dana, "/upkeep", "X", "a=\r\nSet-Cookie:x", false))
                .isInstanceOf(Rejected.class);
        assertThatThrownBy(() -> views.save(dana, "/upkeep", "  ", "", false)).isInstanceOf(Rejected.class);
    }

    @Test
    void nobody_deletes_the_view_of_another() {
        SavedView view = views.save(dana, "/upkeep", "Mine", "", false);
        assertThatThrownBy(() -> views.delete(kim, view.id())).isInstanceOf(NotFound.class);
        assertThat(views.delete(dana, view.id())).isEqualTo("/upkeep");
        assertThat(views.of(dana, "/upkeep")).isEmpty();
    }
}
