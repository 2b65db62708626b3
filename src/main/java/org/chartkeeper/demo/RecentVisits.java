package org.chartkeeper.demo;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.chartkeeper.demo.DemoCharts.Course;
import org.chartkeeper.demo.DemoCharts.Ended;
import org.chartkeeper.demo.People.Person;
import org.chartkeeper.platform.EncounterId;
import org.chartkeeper.platform.PatientId;

/** The visits of the last days, at both facilities, with what was dictated of them. */
class RecentVisits {

    private static final String FAMILY_MEDICINE = "RIV/Family medicine";
    private static final String CARDIOLOGY = "RIV/Cardiology";
    private static final String PRIMARY_CARE = "WES/Primary care";
    private static final String LINDQVIST = "Lindqvist";
    private static final String OKAFOR = "Okafor";

    private final House house;

    RecentVisits(House house) {
        this.house = house;
    }

    /** A visit of this person of the list that ended here; empty where there was none of late. */
    Optional<Ended> of(Person person, PatientId patient) {
        return Optional.ofNullable(
                switch (person.family() + " " + person.given()) {
                    case "Nakamura Kenji" -> new Ended(patient, emergency(patient), Course.DRAFT);
                    case "Osei Kwame" ->
                        new Ended(
                                patient,
                                office(patient, "RIV/Pediatrics", "Stone", "Earache", 1, 9),
                                Course.WAITS_FOR_DOCUMENTATION);
                    case "Park Soo-jin" ->
                        new Ended(
                                patient,
                                office(patient, PRIMARY_CARE, "Marsh", "Thyroid review", 1, 14),
                                Course.WAITS_FOR_DOCUMENTATION);
                    default -> dictated(person, patient);
                });
    }

    private @org.jspecify.annotations.Nullable Ended dictated(Person person, PatientId patient) {
        return switch (person.family() + " " + person.given()) {
            case "Brennan Patrick" ->
                // Overdue on whatever day the demo starts.
                dictated(patient, Course.TO_DO, FAMILY_MEDICINE, LINDQVIST, "Cough, more sputum", 8, 11, """
                        Cough with more sputum for five days, no fever. Temperature 98.9, heart rate 90, oxygen \
                        saturation 92 percent on room air.

                        Assessment: COPD with acute exacerbation. Plan: doxycycline 100 milligrams twice daily for 7 \
                        days.""");
            case "Petrov Mila" ->
                dictated(patient, Course.TO_DO, "RIV/Obstetrics", "Haddad", "Prenatal visit, 24 weeks", 1, 8, """
                        Prenatal visit at 24 weeks. Fetal heart rate 148. Blood pressure 108/64, weight 173 pounds.

                        Plan: glucose test before the next visit in four weeks.""");
            case "Garcia Ana María" ->
                dictated(patient, Course.TO_DO, FAMILY_MEDICINE, LINDQVIST, "Diabetes review", 1, 10, """
                        Type 2 diabetes. HbA1c 8.1 percent. Blood pressure 138/84, heart rate 76, weight 155 pounds.

                        Plan: metformin to 1000 milligrams twice daily. Eye examination. Return in three months.""");
            case "Abdi Hodan" ->
                dictated(patient, Course.RETURNED, FAMILY_MEDICINE, LINDQVIST, "Asthma, worse at night", 1, 9, """
                        Asthma worse at night for two weeks. Peak flow 320. Blood pressure 112/70, heart rate 92, oxygen \
                        saturation 96 percent on room air.

                        Assessment: moderate persistent asthma with acute exacerbation.

                        Plan: prednisone 40 milligrams daily for five days. Return in one week.""");
            case "Weber Hannah" ->
                dictated(patient, Course.POSTED, CARDIOLOGY, OKAFOR, "Heart failure review", 2, 13, """
                        Blood pressure 124/66, heart rate 62. No edema. INR between 1.6 and 3.9 in spite of care.

                        New allergy: rash under the tape of the heart monitor.

                        Assessment: chronic systolic heart failure, stable; atrial fibrillation. Plan: warfarin ends \
                        today, apixaban 2.5 milligrams twice daily from tomorrow. Metabolic panel in two weeks.""");
            case "Baptiste Solange" ->
                dictated(patient, Course.ASKED, CARDIOLOGY, OKAFOR, "Heart failure review", 2, 10, """
                        Blood pressure 118/70, heart rate 68, oxygen saturation 97 percent on room air. Walks a mile.

                        Assessment: chronic systolic heart failure, better. Return in three months.""");
            default -> lindqvists(person, patient);
        };
    }

    private @org.jspecify.annotations.Nullable Ended lindqvists(Person person, PatientId patient) {
        return switch (person.family() + " " + person.given()) {
            case "Nguyen Thi Lan" ->
                dictated(patient, Course.SIGNED, FAMILY_MEDICINE, LINDQVIST, "Blood pressure review", 2, 9, """
                        Blood pressure 128/78, heart rate 72. No dizziness. Drugs as before, no allergies.

                        Assessment: high blood pressure, at goal. Return in six months.""");
            case "O'Connor Maeve" ->
                dictated(patient, Course.REFUSED, FAMILY_MEDICINE, LINDQVIST, "Blood pressure review", 3, 14, """
                        Blood pressure 136/82, heart rate 74. Her mother has type 2 diabetes; she asks to be tested.

                        Assessment: high blood pressure. Plan: HbA1c, return in three months.""");
            case "Yazzie Leonard" ->
                // The oldest case of the coders, on whatever day the demo starts.
                dictated(patient, Course.ANSWERED, FAMILY_MEDICINE, LINDQVIST, "Diabetes review", 9, 9, """
                        Blood pressure 134/80, heart rate 70. HbA1c 7.2 percent. Feet intact.

                        Assessment: type 2 diabetes, well controlled. Drugs go on. Return in six months.""");
            case "Lindgren Oskar" ->
                dictated(patient, Course.TO_DO, PRIMARY_CARE, "Marsh", "Diabetes review", 1, 11, """
                        Blood pressure 140/84, heart rate 78. HbA1c 7.9 percent. Sleeps badly.

                        Plan: lisinopril to 20 milligrams daily. Metabolic panel in two weeks.""");
            case "Kowalski Irena" ->
                dictated(patient, Course.TO_DO, PRIMARY_CARE, LINDQVIST, "Leg swelling", 1, 15, """
                        Seen for Dr. Marsh. Two pounds up in a week. Blood pressure 132/74, heart rate 76, oxygen \
                        saturation 95 percent on room air.

                        Plan: furosemide to 40 milligrams daily for five days. Weight by telephone on the third day.""");
            case "Reilly Sean" ->
                dictated(patient, Course.POSTED, PRIMARY_CARE, LINDQVIST, "Cholesterol review", 2, 11, """
                        Muscle pain since the spring, gone when he left out atorvastatin for two weeks. Blood pressure \
                        122/76, heart rate 64.

                        Assessment: intolerance of atorvastatin. Plan: stop atorvastatin. LDL in six weeks.""");
            default -> null;
        };
    }

    private Ended dictated(
            PatientId patient,
            Course course,
            String department,
            String clinician,
            String reason,
            int daysAgo,
            int hour,
            String text) {
        EncounterId visit = office(patient, department, clinician, reason, daysAgo, hour);
        Instant dictated = house.moment(house.workday(daysAgo), hour + 2, 2);
        Pen pen = house.pen(patient, house.facility(department), clinician, dictated)
                .at(visit, dictated, house.who(clinician))
                .unsigned("dictation");
        pen.note("dictation", "Dictation, " + house.shown(clinician), "preliminary", text);
        pen.post();
        return new Ended(patient, visit, course);
    }

    private EncounterId office(
            PatientId patient, String department, String clinician, String reason, int daysAgo, int hour) {
        LocalDate day = house.workday(daysAgo);
        return house.officeVisit(patient, department, clinician, reason, day, hour, 0);
    }

    private EncounterId emergency(PatientId patient) {
        Instant start = house.moment(house.today().minusDays(1), 20, 10);
        EncounterId visit = house.visit(
                patient,
                "RIV/Emergency",
                "emergency",
                "Brandt",
                "Cut of the left hand",
                start,
                start.plusSeconds(115 * 60L),
                null,
                "01 home");
        Instant dictated = start.plusSeconds(125 * 60L);
        Pen pen = house.pen(patient, house.riverside(), "Brandt", dictated)
                .at(visit, dictated, house.who("Brandt"))
                .unsigned("dictation");
        pen.note("emergency", "Emergency department note", "preliminary", """
                Cut his left palm on glass one hour before arrival, walked in. Triage level 4. Blood pressure 128/80, \
                heart rate 84, temperature 98.4, pain 5 of 10.

                3 cm laceration of the left palm, tendons intact; closed with 5 sutures. Tetanus booster given. Home; \
                sutures out in 10 days.""");
        pen.post();
        return visit;
    }
}
