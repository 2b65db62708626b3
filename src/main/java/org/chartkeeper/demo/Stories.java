package org.chartkeeper.demo;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.chartkeeper.chart.ChartWriter.Written;
import org.chartkeeper.chart.Concept;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.EntryCommand;
import org.chartkeeper.chart.EntryCommand.Source;
import org.chartkeeper.chart.EntryCommand.Statement;
import org.chartkeeper.chart.EntryCommand.VersionKind;
import org.chartkeeper.platform.ContentStore;
import org.chartkeeper.platform.EncounterId;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.PatientId;

/** The charts with something special in them: each shows one thing that a records department must get right. */
class Stories {

    private static final String CONSENT = """
            RIVERSIDE HOSPITAL
            Consent to an operation

            Patient: Simone Delacroix
            Operation: laparoscopic cholecystectomy, if need be by open incision
            Surgeon: Dr. Lena Brandt

            The operation, its risks (bleeding, infection, injury of the bile duct, open operation) and what else could
            be done were explained to me. My questions were answered. I agree.

            Signed on paper by the patient and a witness (K. Bell, nurse). Typed from the paper form.
            """;

    private final House house;
    private final ContentStore files;

    Stories(House house, ContentStore files) {
        this.house = house;
        this.files = files;
    }

    /** Five days in hospital for a gallbladder, paper consent, operative report missing; ended three days ago. */
    EncounterId surgicalStay(PatientId patient) {
        LocalDate admitted = house.today().minusDays(8);
        Instant start = house.moment(admitted, 11, 20);
        Instant end = house.moment(admitted.plusDays(5), 11, 12);
        EncounterId stay = house.visit(
                patient,
                "RIV/4 West",
                "inpatient",
                "Brandt",
                "Acute cholecystitis",
                start,
                end,
                "4 West 412-B",
                "01 home");
        Pen pen = house.pen(patient, house.riverside(), "Brandt", start);
        pen.at(stay, start, house.who("Brandt"))
                .allergy("Iodinated contrast", "medication", "hives", "moderate", "low", 2019)
                .problem(
                        "Gallstones",
                        "K80.20",
                        "Calculus of gallbladder without cholecystitis without obstruction",
                        admitted.minusMonths(5));
        pen.note("history-and-physical", "History and physical", "final", """
                %d-year-old woman with right upper abdominal pain for one day, fever and nausea. Known gallstones. \
                Contrast gave hives in 2019.

                Assessment: acute cholecystitis. Plan: antibiotics, surgery tomorrow.""".formatted(
                        ChronoUnit.YEARS.between(LocalDate.of(1965, 1, 19), admitted)));
        ContentStore.Stored consent = keep(CONSENT);
        pen.content(new Content.Document(
                Concept.of("Consent for procedure"),
                "Consent for cholecystectomy (paper)",
                "text/plain",
                consent.sha256(),
                consent.size(),
                admitted.toString(),
                "Riverside Hospital",
                "paper",
                null));
        pen.procedure("Laparoscopic cholecystectomy", "gallbladder", admitted.plusDays(1));
        for (int day = 0; day < 5; day++) {
            pen.at(stay, house.moment(admitted.plusDays(day), 8, 15), house.who("Bell"))
                    .pressure(118 + day * 2, 70 + day)
                    .vital("8310-5", "Body temperature", day < 2 ? "101.1" : "98.6", "°F", "[degF]")
                    .vital("8867-4", "Heart rate", Integer.toString(96 - day * 4), "/min", "/min");
            pen.at(stay, house.moment(admitted.plusDays(day), 9, 0), house.who("Brandt"))
                    .lab(
                            "6690-2",
                            "White blood cells",
                            Integer.toString(15 - day * 2),
                            "10*3/uL",
                            "10*3/uL",
                            "4–11",
                            day < 2 ? "H" : null);
            pen.note(
                    "progress",
                    "Progress note, day " + (day + 1),
                    "final",
                    day == 0 ? "Antibiotics begun. Pain 7 of 10." : "Pain less. Eating. Wound clean.");
        }
        pen.post();
        pen.at(stay, end, house.who("Brandt")).unsigned("dictation");
        pen.note("discharge-summary", "Discharge summary", "preliminary", """
                Admitted with acute cholecystitis; laparoscopic cholecystectomy on day 2 without complication. Home on \
                day 5, afebrile.

                Final diagnosis: acute cholecystitis with gallstones. Discharge drugs: acetaminophen 500 milligrams \
                every 6 hours as needed. Follow-up in the surgery clinic in two weeks.""");
        pen.post();
        return stay;
    }

    /** A patient in house now, with an order given by telephone that nobody has signed. */
    void verbalOrder(PatientId patient) {
        Instant start = house.moment(house.today().minusDays(1), 19, 40);
        EncounterId stay = house.visit(
                patient, "RIV/4 West", "inpatient", "Brandt", "Pneumonia", start, null, "4 West 407-A", null);
        Pen pen = house.pen(patient, house.riverside(), "Brandt", start)
                .at(stay, start, house.who("Brandt"))
                .problem(
                        "Pneumonia",
                        "J18.9",
                        "Pneumonia, unspecified organism",
                        house.today().minusDays(1));
        pen.post();
        pen.at(stay, house.moment(house.today().minusDays(1), 23, 15), house.who("Brandt"))
                .unsigned("telephone");
        pen.order(
                "nursing",
                "Oxygen by nasal cannula, 2 L/min, keep saturation above 92 %",
                "telephone",
                "Dr. L. Brandt",
                "nurse K. Bell");
        pen.post();
    }

    /** A laboratory result that was reported wrong and corrected by the laboratory. */
    void correctedResult(PatientId patient) {
        LocalDate day = house.workday(6);
        Instant resulted = house.moment(day, 13, 5);
        EncounterId visit = house.pastVisit(patient, "RIV/Family medicine", "Lindqvist", "Tired", day, 9, 30);
        Pen pen = house.pen(patient, house.riverside(), "Lindqvist", resulted)
                .at(visit, resulted, house.who("Lindqvist"));
        EntryId potassium = pen.content(potassium("6.9", "H", "final"));
        Written first = pen.post().get(0);
        house.writer()
                .write(List.of(new EntryCommand(
                        VersionKind.CORRECTION,
                        potassium,
                        first.version(),
                        patient,
                        house.riverside(),
                        visit,
                        potassium("4.4", null, "corrected"),
                        resulted,
                        "minute",
                        new Statement(
                                "outside",
                                null,
                                "Riverside Hospital Laboratory",
                                house.moment(day, 15, 40),
                                house.who("Lindqvist")),
                        new Source("import", null, null),
                        "specimen hemolyzed, repeated by the laboratory",
                        "",
                        true)));
    }

    /** Results that came back and stand on the cardiologist's desk: a critical one, one out of range, one within. */
    void resultsToSee(PatientId bleeding, PatientId thyroid) {
        Instant resulted = house.moment(house.today().minusDays(1), 17, 40);
        house.pen(bleeding, house.riverside(), "Okafor", resulted)
                .arriving()
                .lab("718-7", "Hemoglobin", "6.8", "g/dL", "g/dL", "12.0–16.0", "LL")
                .post();
        house.pen(thyroid, house.riverside(), "Okafor", resulted)
                .arriving()
                .lab("3016-3", "TSH", "8.20", "mIU/L", "m[IU]/L", "0.45–4.50", "H")
                .lab("3024-7", "Free T4", "1.1", "ng/dL", "ng/dL", "0.8–1.8", null)
                .post();
    }

    private static Content potassium(String value, @org.jspecify.annotations.Nullable String flag, String status) {
        return new Content.Observation(
                "laboratory",
                Concept.of(Concept.LOINC, "2823-3", "Potassium"),
                new Content.Value(value, "mmol/L", "mmol/L", null, null),
                List.of(),
                status,
                flag,
                "3.5–5.1",
                "Riverside Hospital Laboratory",
                "blood",
                null,
                null,
                null,
                null,
                null);
    }

    /** A chart with psychotherapy notes and visits to the Part 2 program; both closed to whoever may not see them. */
    void behavioralHealth(PatientId patient) {
        for (int week = 6; week >= 1; week--) {
            LocalDate day = house.workday(week * 7);
            Instant moment = house.moment(day, 16, 45);
            EncounterId visit = house.pastVisit(patient, "RIV/Behavioral health", "Adeyemi", "Therapy", day, 16, 0);
            Pen pen = house.pen(patient, house.riverside(), "Adeyemi", moment).at(visit, moment, house.who("Adeyemi"));
            pen.diagnosis(
                    1,
                    "Major depression, recurrent, moderate",
                    "F33.1",
                    "Major depressive disorder, recurrent, moderate");
            pen.note(
                    "progress",
                    "Session record",
                    "final",
                    "Individual psychotherapy, 45 minutes. Mood improving; sleeps six hours. Continue weekly.");
            pen.labelled("psychotherapy");
            pen.note(
                    "psychotherapy",
                    "Psychotherapy note",
                    "final",
                    "Content of the conversation of week " + (7 - week) + ", kept apart from the record.");
            pen.post();
        }
        LocalDate day = house.workday(12);
        Instant moment = house.moment(day, 10, 0);
        EncounterId visit =
                house.pastVisit(patient, "RIV/Recovery program", "Adeyemi", "Alcohol use, recovery", day, 9, 30);
        Pen pen = house.pen(patient, house.riverside(), "Adeyemi", moment).at(visit, moment, house.who("Adeyemi"));
        pen.diagnosis(
                1, "Alcohol use disorder, moderate, early remission", "F10.21", "Alcohol dependence, in remission");
        pen.note("progress", "Recovery program note", "final", "Attends three groups a week. No use for 70 days.");
        pen.post();
    }

    /** A visit that the patient paid for and that the plan is not to hear of (45 CFR 164.522(a)(1)(vi)). */
    void selfPay(PatientId patient) {
        LocalDate day = house.workday(20);
        EncounterId visit = house.past(
                patient,
                "RIV/Family medicine",
                "Lindqvist",
                "Confidential testing, paid by the patient",
                day,
                8,
                30,
                true);
        Instant moment = house.moment(day, 8, 50);
        Pen pen = house.pen(patient, house.riverside(), "Lindqvist", moment).at(visit, moment, house.who("Lindqvist"));
        pen.diagnosis(
                1,
                "Screening for infections",
                "Z11.3",
                "Encounter for screening for infections with a predominantly sexual mode of transmission");
        pen.note(
                "progress",
                "Progress note",
                "final",
                "Asks for testing without word to her plan; has paid in full today. No symptoms.\n\n"
                        + "Plan: tests sent; results by telephone to her mobile only.");
        pen.post();
    }

    private ContentStore.Stored keep(String text) {
        try {
            return files.put(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }
}
