package org.chartkeeper.chart.web;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.chartkeeper.access.Directory;
import org.chartkeeper.chart.ChangeReason;
import org.chartkeeper.chart.EntryCommand;
import org.chartkeeper.chart.EntryView;
import org.chartkeeper.chart.Way;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.PartialDate;
import org.chartkeeper.platform.PractitionerId;
import org.chartkeeper.platform.TypedDate;
import org.chartkeeper.platform.TypedTime;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;

/** Who stated a change, when, from what and why: filled in, offered and read the same way on every form of change. */
@Component
class Saying {

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("MM/dd/yyyy", Locale.US);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("h:mm a", Locale.US);
    private static final Set<String> SOURCES = Set.of("dictation", "note", "paper", "telephone", "device", "direct");

    private final Directory directory;
    private final Wording wording;
    private final Clock clock;

    Saying(Directory directory, Wording wording, Clock clock) {
        this.directory = directory;
        this.wording = wording;
        this.clock = clock;
    }

    /** What was read of a form; null parts are wrong and said at their fields. */
    record Read(
            @Nullable Instant event,
            String precision,
            EntryCommand.@Nullable Statement statement,
            EntryCommand.@Nullable Source source,
            @Nullable String reason) {}

    /** A clinician speaks for himself and now; a specialist says whose words they are and from when. */
    void fill(ChangeForm form, Actor actor, Way way, @Nullable EntryView entry) {
        ZoneId zone = wording.of(actor).zone();
        Instant now = clock.instant();
        boolean again = way == Way.CORRECTION || way == Way.REVISION;
        if (again && entry != null) {
            form.setEventDate(date(entry.event(), entry.eventPrecision(), zone));
            boolean timed = entry.eventPrecision().equals("minute")
                    || entry.eventPrecision().equals("second");
            form.setEventTime(timed ? time(entry.event(), zone) : "");
        }
        if (actor.practitioner() != null) {
            form.setBy("p:" + actor.practitioner());
            form.setStatedDate(date(now, "day", zone));
            form.setStatedTime(time(now, zone));
            form.setSource("direct");
        } else if (entry != null && entry.statedByPractitioner() != null) {
            form.setBy("p:" + entry.statedByPractitioner());
        } else if (entry != null && entry.signer() != null) {
            form.setBy("p:" + entry.signer());
        }
        if (!again && actor.practitioner() != null) {
            form.setEventDate(form.getStatedDate());
            form.setEventTime(form.getStatedTime());
        }
    }

    /** What the form offers to choose from. */
    void offer(Model model, Actor actor, Way way, @Nullable EntryView entry) {
        List<ReviewController.Option> people = new ArrayList<>();
        if (actor.facility() != null && actor.practitioner() == null) {
            directory
                    .practitionersAt(actor.facility())
                    .forEach(one -> people.add(new ReviewController.Option("p:" + one.id(), one.name())));
        }
        if (actor.practitioner() == null && entry != null && entry.statedByPractitioner() != null) {
            String own = "p:" + entry.statedByPractitioner();
            if (people.stream().noneMatch(one -> one.value().equals(own))) {
                people.add(0, new ReviewController.Option(own, entry.statedBy()));
            }
        }
        people.add(new ReviewController.Option("nurse", "a nurse"));
        people.add(new ReviewController.Option("patient", "the patient"));
        people.add(new ReviewController.Option("outside", "an outside source"));
        model.addAttribute("people", people);
        model.addAttribute(
                "sources",
                List.of(
                        new ReviewController.Option("dictation", "dictation"),
                        new ReviewController.Option("note", "note"),
                        new ReviewController.Option("paper", "paper form"),
                        new ReviewController.Option("telephone", "telephone"),
                        new ReviewController.Option("device", "device"),
                        new ReviewController.Option("direct", "direct entry")));
        model.addAttribute("reasons", reasons(way));
        model.addAttribute("own", actor.practitioner() != null);
    }

    static List<ReviewController.Option> reasons(Way way) {
        return ChangeReason.of(way).stream()
                .map(reason -> new ReviewController.Option(
                        reason.key(), reason.label() + (reason.wordsNeeded() ? " (say what)" : "")))
                .toList();
    }

    /** Reads the form; what is wrong is rejected at its field. */
    Read read(ChangeForm form, Actor actor, Way way, @Nullable EntryView entry, BindingResult binding) {
        Words words = wording.of(actor);
        ZoneId zone = words.zone();
        boolean now = way == Way.RETRACTION;
        Instant moment = clock.instant();
        Typed event = now
                ? new Typed(moment, "second")
                : moment(
                        form.getEventDate(),
                        form.getEventTime(),
                        "eventDate",
                        "eventTime",
                        "when it happened",
                        words,
                        binding);
        if (entry != null && event != null && unchanged(form, entry, zone)) {
            event = new Typed(entry.event(), entry.eventPrecision());
        }
        Typed stated = moment(
                form.getStatedDate(),
                form.getStatedTime(),
                "statedDate",
                "statedTime",
                "when it was stated",
                words,
                binding);
        if (stated != null && !stated.precision.equals("minute") && !stated.precision.equals("day")) {
            binding.rejectValue("statedDate", "vague", "Say the day on which it was stated");
        }
        if (event != null && event.at.isAfter(moment.plusSeconds(60))) {
            binding.rejectValue("eventDate", "future", "That is in the future");
        }
        if (stated != null && stated.at.isAfter(moment.plus(1, ChronoUnit.DAYS))) {
            binding.rejectValue("statedDate", "future", "That is in the future");
        }
        // A day without its time counts as its end, as long as that is not to come.
        Instant at = stated == null
                ? null
                : stated.precision.equals("day") && endOfDay(stated.at, zone).isBefore(moment)
                        ? endOfDay(stated.at, zone)
                        : stated.at.isAfter(moment) ? moment : stated.at;
        EntryCommand.Statement statement = statement(form, at == null ? moment : at, entry, binding);
        EntryCommand.Source source = null;
        if (SOURCES.contains(form.getSource())) {
            source = new EntryCommand.Source(form.getSource(), null, blank(form.getPlace()));
        } else {
            binding.rejectValue("source", "missing", "Say what it was taken from");
        }
        return new Read(
                event == null ? null : event.at,
                event == null ? "minute" : event.precision,
                statement,
                source,
                reason(form.getReasonCode(), form.getReasonWords(), way, binding));
    }

    private EntryCommand.@Nullable Statement statement(
            ChangeForm form, Instant at, @Nullable EntryView entry, BindingResult binding) {
        String by = form.getBy();
        PractitionerId signer = entry == null ? null : entry.signer();
        if (by.startsWith("p:")) {
            try {
                PractitionerId who = PractitionerId.of(by.substring(2));
                if (directory.practitioners(List.of(who)).containsKey(who)) {
                    return new EntryCommand.Statement("practitioner", who, null, at, null);
                }
            } catch (IllegalArgumentException noId) {
                // falls to the message below
            }
        } else if (Set.of("nurse", "patient", "outside").contains(by)) {
            return new EntryCommand.Statement(by, null, blank(form.getName()), at, signer);
        }
        binding.rejectValue("by", "missing", "Say whose words these are");
        return null;
    }

    /** The reason as it is kept, null where it is wrong. */
    static @Nullable String reason(String code, String words, Way way, BindingResult binding) {
        Optional<ChangeReason> reason = ChangeReason.of(way).stream()
                .filter(each -> each.key().equals(code))
                .findFirst();
        if (reason.isEmpty()) {
            binding.rejectValue("reasonCode", "missing", "Choose why");
            return null;
        }
        if (reason.get().wordsNeeded() && words.isBlank()) {
            binding.rejectValue("reasonWords", "missing", "Say why in words");
            return null;
        }
        if (words.length() > 500) {
            binding.rejectValue("reasonWords", "long", "Say it in 500 characters");
            return null;
        }
        return reason.get().with(words);
    }

    /** A moment as typed, and how exactly. */
    private record Typed(Instant at, String precision) {}

    private @Nullable Typed moment(
            String date,
            String time,
            String dateField,
            String timeField,
            String what,
            Words words,
            BindingResult binding) {
        Optional<PartialDate> day = TypedDate.past(date, words.today());
        if (day.isEmpty()) {
            binding.rejectValue(
                    dateField,
                    "missing",
                    date.isBlank() ? "Say " + what + ": a date, or t for today" : "“" + date.strip() + "” is no date");
            return null;
        }
        ZoneId zone = words.zone();
        PartialDate read = day.get();
        if (!read.exact()) {
            return new Typed(read.from().atStartOfDay(zone).toInstant(), read.month() == 0 ? "year" : "month");
        }
        if (time.isBlank()) {
            return new Typed(read.from().atStartOfDay(zone).toInstant(), "day");
        }
        Optional<LocalTime> clockTime = TypedTime.read(time);
        if (clockTime.isEmpty()) {
            binding.rejectValue(timeField, "wrong", "“" + time.strip() + "” is no time. Type 3:30 pm or 1530");
            return null;
        }
        return new Typed(
                LocalDateTime.of(read.from(), clockTime.get()).atZone(zone).toInstant(), "minute");
    }

    /** The seconds that no field shows stay where nobody changed the date or the time. */
    private static boolean unchanged(ChangeForm form, EntryView entry, ZoneId zone) {
        boolean timed = entry.eventPrecision().equals("minute")
                || entry.eventPrecision().equals("second");
        return form.getEventDate().strip().equals(date(entry.event(), entry.eventPrecision(), zone))
                && form.getEventTime().strip().equals(timed ? time(entry.event(), zone) : "");
    }

    private static Instant endOfDay(Instant at, ZoneId zone) {
        return LocalDate.ofInstant(at, zone)
                .plusDays(1)
                .atStartOfDay(zone)
                .toInstant()
                .minusSeconds(60);
    }

    static String date(Instant at, String precision, ZoneId zone) {
        LocalDateTime local = LocalDateTime.ofInstant(at, zone);
        return switch (precision) {
            case "year" -> Integer.toString(local.getYear());
            case "month" -> local.format(DateTimeFormatter.ofPattern("MM/yyyy", Locale.US));
            default -> local.format(DATE);
        };
    }

    private static String time(Instant at, ZoneId zone) {
        return LocalDateTime.ofInstant(at, zone).format(TIME).toLowerCase(Locale.US);
    }

    static @Nullable String blank(String text) {
        return text.isBlank() ? null : text.strip();
    }
}
