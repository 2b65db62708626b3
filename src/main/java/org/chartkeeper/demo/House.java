package org.chartkeeper.demo;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.chartkeeper.chart.ChartWriter;
import org.chartkeeper.chart.EncounterView.Participant;
import org.chartkeeper.chart.Encounters;
import org.chartkeeper.chart.Encounters.ImportedEncounter;
import org.chartkeeper.chart.Encounters.NewEncounter;
import org.chartkeeper.platform.DepartmentId;
import org.chartkeeper.platform.EncounterId;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.PractitionerId;
import org.jspecify.annotations.Nullable;

/**
 * The demo's two facilities with their people, and the usual ways to open a visit there.
 *
 * @param batch where visits and entries of earlier years are gathered
 * @param departments by facility code and name: {@code RIV/Cardiology}
 * @param practitioners by surname
 * @param shown their names as on the door, by surname
 * @param today in the zone of the facilities
 */
record House(
        ChartWriter writer,
        Encounters encounters,
        Batch batch,
        FacilityId riverside,
        FacilityId westbrook,
        Map<String, DepartmentId> departments,
        Map<String, PractitionerId> practitioners,
        Map<String, String> shown,
        ZoneId zone,
        LocalDate today) {

    Instant moment(LocalDate day, int hour, int minute) {
        return day.atTime(LocalTime.of(hour, minute)).atZone(zone).toInstant();
    }

    /** The day itself, or the Friday before where offices are shut. */
    static LocalDate workday(LocalDate day) {
        return switch (day.getDayOfWeek()) {
            case SATURDAY -> day.minusDays(1);
            case SUNDAY -> day.minusDays(2);
            default -> day;
        };
    }

    /** The last day before today but so many on which offices were open. */
    LocalDate workday(int daysAgo) {
        return workday(today.minusDays(daysAgo));
    }

    PractitionerId who(String surname) {
        PractitionerId practitioner = practitioners.get(surname);
        if (practitioner == null) {
            throw new IllegalArgumentException("no demo practitioner " + surname);
        }
        return practitioner;
    }

    /** The name as on the door: {@code Dr. A. Okafor}. */
    String shown(String surname) {
        return Objects.requireNonNull(shown.get(surname), surname);
    }

    Pen pen(PatientId patient, FacilityId facility, String surname, Instant when) {
        return new Pen(batch, writer, patient, facility, who(surname), when);
    }

    /**
     * An office visit of earlier, taken over with the old system's records: no update is due for it. Its department as
     * {@code RIV/Cardiology}.
     */
    EncounterId pastVisit(
            PatientId patient,
            String department,
            String clinician,
            String reason,
            LocalDate day,
            int hour,
            int minute) {
        return past(patient, department, clinician, reason, day, hour, minute, false);
    }

    /** The same, where the patient may have paid for it and the plan is not to hear of it (45 CFR 164.522(a)(1)(vi)). */
    EncounterId past(
            PatientId patient,
            String department,
            String clinician,
            String reason,
            LocalDate day,
            int hour,
            int minute,
            boolean selfPay) {
        Instant start = moment(day, hour, minute);
        return past(newVisit(
                patient,
                department,
                "ambulatory",
                clinician,
                reason,
                start,
                start.plusSeconds(70 * 60L),
                null,
                null,
                selfPay));
    }

    /** A stay in hospital of earlier. */
    EncounterId pastStay(
            PatientId patient,
            String department,
            String klass,
            String clinician,
            String reason,
            Instant start,
            Instant end,
            @Nullable String location) {
        return past(newVisit(patient, department, klass, clinician, reason, start, end, location, "01 home", false));
    }

    private EncounterId past(NewEncounter visit) {
        EncounterId id = EncounterId.next();
        String sourceId = Objects.requireNonNull(visit.accountNumber());
        batch.add(new ImportedEncounter(id, sourceId, visit, sourceId));
        return id;
    }

    /** An office visit that ended here; its update is due. */
    EncounterId officeVisit(
            PatientId patient,
            String department,
            String clinician,
            String reason,
            LocalDate day,
            int hour,
            int minute) {
        Instant start = moment(day, hour, minute);
        return visit(
                patient, department, "ambulatory", clinician, reason, start, start.plusSeconds(70 * 60L), null, null);
    }

    /** A visit that ended. */
    EncounterId visit(
            PatientId patient,
            String department,
            String klass,
            String clinician,
            String reason,
            Instant start,
            @Nullable Instant end,
            @Nullable String location,
            @Nullable String disposition) {
        return encounters.open(
                newVisit(patient, department, klass, clinician, reason, start, end, location, disposition, false));
    }

    private NewEncounter newVisit(
            PatientId patient,
            String department,
            String klass,
            String clinician,
            String reason,
            Instant start,
            @Nullable Instant end,
            @Nullable String location,
            @Nullable String disposition,
            boolean selfPay) {
        return new NewEncounter(
                patient,
                facility(department),
                departments.get(department),
                klass,
                end == null ? "in progress" : "finished",
                label(klass),
                reason,
                start,
                end,
                who(clinician),
                location,
                batch.account(),
                klass.equals("inpatient") ? "emergency room" : null,
                disposition,
                selfPay,
                List.of(new Participant(who(clinician), shown(clinician), "attending")),
                null);
    }

    /** Where a department such as {@code WES/Primary care} is. */
    FacilityId facility(String department) {
        return department.startsWith("RIV/") ? riverside : westbrook;
    }

    private static String label(String klass) {
        return switch (klass) {
            case "inpatient" -> "Hospital stay";
            case "emergency" -> "Emergency visit";
            case "observation" -> "Observation stay";
            case "virtual" -> "Video visit";
            case "home" -> "Home visit";
            default -> "Office visit";
        };
    }
}
