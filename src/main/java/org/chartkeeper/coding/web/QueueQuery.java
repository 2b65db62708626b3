package org.chartkeeper.coding.web;

import java.util.UUID;
import org.chartkeeper.coding.CodingCases.Filter;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.FilterAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/** The filters of the queue as they stand in its address, and in that of a case that was opened from it. */
record QueueQuery(
        @Nullable String whose,
        @Nullable String facility,
        @Nullable String state,
        @Nullable String klass,
        @Nullable String age,
        @Nullable String held,
        @Nullable String hold,
        @Nullable String kind,
        @Nullable String payer,
        @Nullable String priority) {

    private static final String LIST = "list";

    /** Reads what {@link #text} wrote; what is no filter is left out. */
    static QueueQuery read(String text) {
        MultiValueMap<String, String> said =
                UriComponentsBuilder.newInstance().query(text).build().getQueryParams();
        return new QueueQuery(
                said.getFirst("whose"),
                said.getFirst("facility"),
                said.getFirst("state"),
                said.getFirst("klass"),
                said.getFirst("age"),
                said.getFirst("held"),
                said.getFirst("hold"),
                said.getFirst("kind"),
                said.getFirst("payer"),
                said.getFirst("priority"));
    }

    Filter filter(Actor actor) {
        UUID place = FilterAddress.id(facility);
        FacilityId where = "all".equals(facility) ? null : place == null ? actor.facility() : new FacilityId(place);
        return new Filter(
                blank(whose) ? "mine-and-unclaimed" : String.valueOf(whose),
                where,
                words(state),
                words(klass),
                age != null && age.matches("\\d{1,3}") ? Integer.valueOf(age) : null,
                blank(held) ? null : Boolean.valueOf("yes".equals(held)),
                words(hold),
                words(kind),
                words(payer),
                priority != null && priority.matches("[12]") ? Integer.valueOf(priority) : null);
    }

    private static boolean blank(@Nullable String text) {
        return text == null || text.isBlank();
    }

    private static @Nullable String words(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.replace('-', ' ');
    }

    private FilterAddress address() {
        return new FilterAddress(QueueController.PATH)
                .and("whose", whose)
                .and("facility", facility)
                .and("state", state)
                .and("klass", klass)
                .and("age", age)
                .and("held", held)
                .and("hold", hold)
                .and("kind", kind)
                .and("payer", payer)
                .and("priority", priority);
    }

    String text() {
        return address().text();
    }

    /** The address of the queue with one filter set or, with a null value, taken away. */
    String with(String name, @Nullable String value) {
        return address().with(name, value);
    }

    QueueQuery whose(String other) {
        return new QueueQuery(other, facility, state, klass, age, held, hold, kind, payer, priority);
    }

    /** The address of a case that keeps the list which it was opened from. */
    String of(String path) {
        String text = text();
        return text.isEmpty() ? path : path + "?" + LIST + "=" + UriUtils.encode(text, "UTF-8");
    }
}
