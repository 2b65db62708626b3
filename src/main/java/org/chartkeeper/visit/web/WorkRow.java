package org.chartkeeper.visit.web;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import org.chartkeeper.access.Directory.Facility;
import org.chartkeeper.patient.PatientSummary;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.EncounterId;
import org.chartkeeper.platform.PartialDate;
import org.chartkeeper.visit.VisitUpdates.Work;
import org.jspecify.annotations.Nullable;

/**
 * A line of the worklist as it reads.
 *
 * @param other another patient of nearly the same name, null where there is none
 * @param visit "Out · Cardiology"
 * @param tone of the state's tag
 */
record WorkRow(
        String path,
        String claimPath,
        String label,
        String born,
        String mrn,
        @Nullable String other,
        String visit,
        @Nullable String account,
        @Nullable String clinician,
        Instant ended,
        @Nullable String source,
        @Nullable Instant sourceAt,
        @Nullable Instant due,
        String dueDay,
        boolean open,
        String sign,
        String state,
        String tone,
        @Nullable Instant stateAt,
        @Nullable String comment,
        String owner,
        boolean claimable) {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.US);

    static WorkRow of(
            Work work,
            @Nullable PatientSummary person,
            Actor actor,
            @Nullable Facility facility,
            String department,
            Map<EncounterId, String> comments,
            ZonedDateTime now) {
        String path = "/patients/" + work.patient() + "/visits/" + work.visit() + "/update";
        boolean mine = actor.user().equals(work.owner());
        boolean open = !work.state().equals("posted");
        String account = work.accountNumber();
        return new WorkRow(
                path,
                path + "/claim",
                person == null ? "Patient" : person.label(),
                person == null || person.birthDate() == null
                        ? "birth date unknown"
                        : PartialDate.parse(person.birthDate()).show(),
                mrn(work, person, actor, facility),
                person == null || person.sameNames().isEmpty()
                        ? null
                        : person.sameNames().get(0),
                klass(work) + (department.isEmpty() ? "" : " · " + department),
                account == null ? null : "Acct " + account,
                work.attendingName(),
                work.ended(),
                work.source(),
                work.sourceAt(),
                work.due(),
                day(work.due(), now),
                open,
                sign(work.state()),
                work.state().substring(0, 1).toUpperCase(Locale.US)
                        + work.state().substring(1),
                tone(work.state()),
                work.state().equals("draft") ? work.draftAt() : work.state().equals("posted") ? work.postedAt() : null,
                work.state().equals("returned") ? comments.get(work.visit()) : null,
                mine ? "Me" : work.ownerName() == null ? "—" : work.ownerName(),
                open && work.owner() == null);
    }

    /** Today, tomorrow or the day, as the facility's calendar has it. */
    private static String day(@Nullable Instant due, ZonedDateTime now) {
        if (due == null) {
            return "—";
        }
        LocalDate day = LocalDate.ofInstant(due, now.getZone());
        if (day.equals(now.toLocalDate())) {
            return "Today";
        }
        return day.equals(now.toLocalDate().plusDays(1)) ? "Tomorrow" : DAY.format(day);
    }

    /** The MRN of the visit's facility, with its code where the reader works at more than one. */
    private static String mrn(Work work, @Nullable PatientSummary person, Actor actor, @Nullable Facility facility) {
        if (person == null) {
            return "";
        }
        String where = actor.facilities().size() > 1 && facility != null ? facility.code() + " " : "";
        return person.mrns().stream()
                .filter(each -> each.facility().equals(work.facility()))
                .findFirst()
                .map(each -> "MRN " + where + each.value())
                .orElse("no MRN here");
    }

    static String klass(Work work) {
        return switch (work.klass()) {
            case "ambulatory" -> "Out";
            case "inpatient" -> "In";
            case "emergency" -> "ED";
            case "observation" -> "Obs";
            case "virtual" -> "Virtual";
            default -> "Home";
        };
    }

    private static String sign(String state) {
        return switch (state) {
            case "draft" -> "✎";
            case "returned" -> "↩";
            case "posted" -> "✓";
            case "waiting for documentation" -> "◌";
            default -> "○";
        };
    }

    private static String tone(String state) {
        return switch (state) {
            case "draft" -> "note";
            case "returned" -> "warn";
            case "posted" -> "ok";
            default -> "";
        };
    }
}
