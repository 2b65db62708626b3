package org.chartkeeper.chart.web;

import java.time.Instant;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.chartkeeper.chart.EncounterView;
import org.jspecify.annotations.Nullable;

/**
 * A visit as a row or as the head of its page.
 *
 * @param title kind of visit in words
 * @param detail class, place and account number
 * @param period "14 Nov 2026, 9:10 am to 9:40 am"; an open end reads "since"
 * @param status null for an ordinary finished visit
 */
record VisitRow(
        String path,
        String title,
        String detail,
        String klass,
        String day,
        String period,
        @Nullable String who,
        @Nullable String reason,
        String facility,
        @Nullable Tag status) {

    static VisitRow of(EncounterView visit, Words words) {
        String place = Stream.of(visit.departmentName(), visit.location())
                .filter(part -> part != null && !part.isBlank())
                .collect(Collectors.joining(" "));
        String detail = Stream.of(
                        capital(visit.klass()),
                        place,
                        visit.accountNumber() == null ? "" : "account " + visit.accountNumber(),
                        visit.selfPay() ? "self-pay" : "")
                .filter(part -> !part.isBlank())
                .collect(Collectors.joining(" · "));
        return new VisitRow(
                "/patients/" + visit.patient() + "/visits/" + visit.id(),
                visit.kind(),
                detail,
                capital(visit.klass()),
                Dates.day(visit.start(), words.zone()),
                period(visit.start(), visit.end(), words),
                visit.attendingName(),
                visit.reason(),
                visit.facilityName(),
                status(visit.status()));
    }

    static String period(Instant start, @Nullable Instant end, Words words) {
        if (end == null) {
            return "since " + words.moment(start);
        }
        String from = words.moment(start);
        String until = words.moment(end);
        String day = Dates.day(start, words.zone());
        return until.startsWith(day + ", ") ? from + " to " + until.substring(day.length() + 2) : from + " to " + until;
    }

    private static @Nullable Tag status(String status) {
        return switch (status) {
            case "finished" -> null;
            case "in progress", "arrived", "on leave" -> new Tag("● " + capital(status), "ok");
            case "cancelled", "no-show" -> new Tag(capital(status), "");
            case "entered in error" -> new Tag("✕ Entered in error", "stop");
            default -> new Tag(capital(status), "note");
        };
    }

    static String capital(String word) {
        return word.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.US) + word.substring(1);
    }
}
