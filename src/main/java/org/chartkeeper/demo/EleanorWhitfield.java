package org.chartkeeper.demo;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.EntryCommand;
import org.chartkeeper.chart.EntryCommand.Source;
import org.chartkeeper.chart.EntryCommand.Statement;
import org.chartkeeper.chart.EntryCommand.VersionKind;
import org.chartkeeper.platform.EncounterId;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.PatientId;

/**
 * The patient of the guide: diabetes, heart failure and kidney disease, ten years of visits, and a visit of yesterday that
 * awaits its update.
 */
class EleanorWhitfield {

    private static final String CARDIOLOGY = "RIV/Cardiology";
    private static final String FAMILY_MEDICINE = "RIV/Family medicine";
    private static final String OKAFOR = "Okafor";
    private static final String LINDQVIST = "Lindqvist";
    private static final String NURSE = "Bell";

    private static final LocalDate PNEUMONIA = LocalDate.of(2018, 1, 22);
    private static final LocalDate HEART_FAILURE = LocalDate.of(2019, 5, 6);
    private static final LocalDate KIDNEY_DISEASE = LocalDate.of(2021, 3, 9);
    private static final LocalDate WATER_PILL = LocalDate.of(2022, 6, 1);

    private final House house;
    private final PatientId patient;
    private final FacilityId facility;
    private final Random random = new Random(19480311);

    EleanorWhitfield(House house, PatientId patient) {
        this.house = house;
        this.patient = patient;
        this.facility = house.riverside();
    }

    /** Writes the chart; answers the visit of yesterday. */
    EncounterId write() {
        EntryId penicillin = standing();
        stays();
        tenYears();
        lastVisitBefore(penicillin);
        return yesterday();
    }

    private EntryId standing() {
        LocalDate began = house.today().minusYears(10);
        Pen pen = house.pen(patient, facility, LINDQVIST, house.moment(began, 9, 0));
        EntryId penicillin = pen.content(penicillin(null));
        pen.byPatient()
                .allergy("Sulfonamide antibiotics", "medication", "rash", "mild", "low", 2014)
                .byPractitioner();
        pen.problem(
                        "Chronic diastolic heart failure",
                        "I50.32",
                        "Chronic diastolic (congestive) heart failure",
                        HEART_FAILURE)
                .problem(
                        "Type 2 diabetes with kidney disease",
                        "E11.22",
                        "Type 2 diabetes mellitus with diabetic chronic kidney disease",
                        LocalDate.of(2011, 2, 14))
                .problem("Kidney disease, stage 3b", "N18.32", "Chronic kidney disease, stage 3b", KIDNEY_DISEASE)
                .problem(
                        "Hypertension with heart and kidney disease",
                        "I13.0",
                        "Hypertensive heart and chronic kidney disease with heart failure and stage 1 through stage 4"
                                + " chronic kidney disease, or unspecified chronic kidney disease",
                        KIDNEY_DISEASE)
                .problem("Hyperlipidemia", "E78.5", "Hyperlipidemia, unspecified", LocalDate.of(2008, 9, 1))
                .problem(
                        "Osteoarthritis, right knee",
                        "M17.11",
                        "Unilateral primary osteoarthritis, right knee",
                        LocalDate.of(2016, 4, 20))
                .pastProblem(
                        "Community-acquired pneumonia",
                        "J18.9",
                        "Pneumonia, unspecified organism",
                        PNEUMONIA,
                        LocalDate.of(2018, 3, 1));
        drugs(pen);
        pen.byPatient().taken("Aspirin 81 mg tablet", "1 by mouth daily", LocalDate.of(2010, 1, 1));
        pen.finding("72166-2", "Tobacco smoking status", "Never smoker").byPractitioner();
        pen.at(house.moment(HEART_FAILURE.plusDays(14), 11, 0))
                .order("code-status", "Full code", "written", null, null);
        pen.later();
        return penicillin;
    }

    private static void drugs(Pen pen) {
        pen.drug("310429", "Furosemide 20 mg tablet", "1 by mouth daily", "daily", "Heart failure", 30, WATER_PILL);
        pen.drug(
                "861007",
                "Metformin 500 mg tablet",
                "1 by mouth twice daily",
                "BID",
                "Diabetes",
                60,
                LocalDate.of(2015, 1, 12));
        pen.drug(
                "314076",
                "Lisinopril 10 mg tablet",
                "1 by mouth daily",
                "daily",
                "Hypertension",
                30,
                LocalDate.of(2016, 8, 3));
        pen.drug(
                "200032",
                "Carvedilol 12.5 mg tablet",
                "1 by mouth twice daily",
                "BID",
                "Heart failure",
                60,
                LocalDate.of(2019, 8, 19));
        pen.drug(
                "617311",
                "Atorvastatin 40 mg tablet",
                "1 by mouth at bedtime",
                "QHS",
                "Hyperlipidemia",
                30,
                LocalDate.of(2017, 2, 2));
        pen.pastDrug(
                "197803",
                "Ibuprofen 400 mg tablet",
                "1 by mouth three times daily as needed",
                "TID",
                "adverse-reaction",
                LocalDate.of(2016, 4, 20),
                HEART_FAILURE);
        pen.pastDrug(
                "310798",
                "Hydrochlorothiazide 25 mg tablet",
                "1 by mouth daily",
                "daily",
                "ineffective",
                LocalDate.of(2012, 3, 1),
                HEART_FAILURE.plusDays(14));
        pen.pastDrug(
                null,
                "Carvedilol 6.25 mg tablet",
                "1 by mouth twice daily",
                "BID",
                "replaced",
                HEART_FAILURE.plusDays(14),
                LocalDate.of(2019, 8, 19));
        pen.pastDrug(
                null,
                "Azithromycin 250 mg tablet",
                "2 by mouth today, then 1 daily for 4 days",
                "daily",
                "completed",
                PNEUMONIA,
                PNEUMONIA.plusDays(5));
    }

    private static Content.Allergy penicillin(@org.jspecify.annotations.Nullable String note) {
        return Pen.known("Penicillin", "medication", "anaphylaxis", "severe", "high", 1986, note);
    }

    /** The emergency visit with pneumonia and the stay in which the heart failure was found. */
    private void stays() {
        Instant night = house.moment(PNEUMONIA, 21, 40);
        EncounterId visit = house.pastStay(
                patient,
                "RIV/Emergency",
                "emergency",
                "Brandt",
                "Fever and cough",
                night,
                night.plusSeconds(4 * 3600),
                null);
        Pen pen = house.pen(patient, facility, "Brandt", night).at(visit, night, house.who(NURSE));
        pen.pressure(148, 82).vital("8310-5", "Body temperature", "101.8", "°F", "[degF]");
        pen.vital("59408-5", "Oxygen saturation", "93", "%", "%").vital("8867-4", "Heart rate", "104", "/min", "/min");
        pen.at(visit, night.plusSeconds(3 * 3600), house.who("Brandt"));
        pen.diagnosis(1, "Community-acquired pneumonia", "J18.9", "Pneumonia, unspecified organism");
        pen.procedure("Chest radiograph, two views", null, PNEUMONIA);
        pen.note("emergency", "Emergency department note", "final", """
                Two days of fever and productive cough. Temperature 101.8, oxygen saturation 93 percent on room air. \
                Crackles at the right base; the radiograph shows a right lower lobe infiltrate.

                Penicillin anaphylaxis in 1986: no beta-lactam given.

                Plan: azithromycin for five days, home, seen by Dr. Lindqvist in one week.""");
        pen.later();

        Instant in = house.moment(HEART_FAILURE, 13, 5);
        EncounterId stay = house.pastStay(
                patient,
                "RIV/4 West",
                "inpatient",
                OKAFOR,
                "Shortness of breath, first heart failure",
                in,
                in.plus(3, ChronoUnit.DAYS),
                "4 West 408-A");
        pen = house.pen(patient, facility, OKAFOR, in);
        for (int day = 0; day <= 3; day++) {
            Instant round = in.plus(day, ChronoUnit.DAYS).plusSeconds(1800);
            pen.at(stay, round, house.who(NURSE)).pressure(164 - day * 9, 92 - day * 4);
            pen.vital("29463-7", "Body weight", Integer.toString(156 - day * 2), "lb", "[lb_av]");
            pen.vital("59408-5", "Oxygen saturation", Integer.toString(91 + day), "%", "%");
            pen.at(stay, round, house.who(OKAFOR))
                    .lab("2160-0", "Creatinine", "1.1", "mg/dL", "mg/dL", "0.5–1.1", null)
                    .lab("2823-3", "Potassium", day == 0 ? "4.4" : "4.1", "mmol/L", "mmol/L", "3.5–5.1", null);
        }
        pen.lab("33762-6", "NT-proBNP", "2140", "pg/mL", "pg/mL", "< 450", "H");
        pen.procedure("Transthoracic echocardiogram", null, HEART_FAILURE.plusDays(1));
        pen.diagnosis(1, "Acute diastolic heart failure", "I50.31", "Acute diastolic (congestive) heart failure");
        pen.note("discharge-summary", "Discharge summary", "final", """
                Admitted with three days of dyspnea. The echocardiogram shows an ejection fraction of 58 percent with \
                diastolic dysfunction. Six pounds lost with intravenous furosemide.

                Ibuprofen stopped for good. Hydrochlorothiazide ends and carvedilol 6.25 milligrams twice daily begins \
                in the clinic in two weeks.

                Follow-up in cardiology with Dr. Okafor.""");
        pen.later();
    }

    private void tenYears() {
        for (int quarter = 40; quarter >= 1; quarter--) {
            LocalDate day = house.workday(quarter * 91 + 9);
            boolean heart = quarter % 3 == 0 && day.isAfter(HEART_FAILURE.plusDays(10));
            String clinician = heart ? OKAFOR : LINDQVIST;
            int hour = 9 + quarter % 6;
            EncounterId visit = house.pastVisit(
                    patient,
                    heart ? CARDIOLOGY : FAMILY_MEDICINE,
                    clinician,
                    heart ? "Heart failure follow-up" : "Diabetes and blood pressure",
                    day,
                    hour,
                    20);
            Instant moment = house.moment(day, hour, 35);
            Pen pen = house.pen(patient, facility, clinician, moment).at(visit, moment, house.who(NURSE));
            Seen seen = new Seen(
                    131 + random.nextInt(15),
                    71 + random.nextInt(11),
                    66 + random.nextInt(13),
                    144 + (int) (years(day) * 0.8) + random.nextInt(3));
            vitals(pen, seen, 95 + random.nextInt(4), quarter % 4 == 0);
            pen.at(visit, moment.plusSeconds(900), house.who(clinician));
            String a1c = tenths(7.9 - years(day) * 0.07 + random.nextInt(5) / 10.0);
            if (quarter % 2 == 0) {
                chemistry(pen, filtration(day), age(day), tenths(4.1 + random.nextInt(7) / 10.0), a1c);
            }
            if (quarter % 4 == 0) {
                yearly(pen, day);
            }
            if (heart) {
                int peptide = 620 + random.nextInt(240);
                pen.lab("33762-6", "NT-proBNP", Integer.toString(peptide), "pg/mL", "pg/mL", "< 450", "H");
            }
            diagnosis(pen, heart, day);
            pen.note(
                    "progress",
                    heart ? "Cardiology progress note" : "Family medicine progress note",
                    "final",
                    heart ? heartNote(seen, day, quarter) : diabetesNote(seen, day, quarter, a1c));
            vaccines(pen, quarter, day);
            if (quarter == 8) {
                pen.procedure("Intra-articular injection of right knee", "right knee", day);
            }
            if (quarter % 4 == 1) {
                pen.procedure("Diabetic eye examination", "both eyes", day);
            }
            pen.later();
        }
    }

    /** What was seen at a visit: pressure, pulse and pounds. */
    private record Seen(int systolic, int diastolic, int pulse, int pounds) {}

    private static void diagnosis(Pen pen, boolean heart, LocalDate day) {
        if (heart) {
            pen.diagnosis(
                    1, "Chronic diastolic heart failure", "I50.32", "Chronic diastolic (congestive) heart failure");
        } else if (day.isBefore(KIDNEY_DISEASE)) {
            pen.diagnosis(1, "Type 2 diabetes", "E11.9", "Type 2 diabetes mellitus without complications");
        } else {
            pen.diagnosis(
                    1,
                    "Type 2 diabetes with kidney disease",
                    "E11.22",
                    "Type 2 diabetes mellitus with diabetic chronic kidney disease");
        }
    }

    private static void vaccines(Pen pen, int quarter, LocalDate day) {
        if (day.getMonthValue() >= 9 && day.getMonthValue() <= 11) {
            boolean quadrivalent = day.getYear() >= 2020 && day.getYear() <= 2023;
            pen.vaccine(
                    quadrivalent ? "197" : "135",
                    quadrivalent ? "Influenza, high-dose, quadrivalent" : "Influenza, high dose",
                    Integer.toString(day.getYear()));
        }
        switch (quarter) {
            case 37 -> pen.vaccine("33", "Pneumococcal polysaccharide PPV23", "1");
            case 33 -> pen.vaccine("115", "Tetanus, diphtheria, acellular pertussis (Tdap)", "1");
            case 31 -> pen.vaccine("187", "Zoster, recombinant", "1");
            case 29 -> pen.vaccine("187", "Zoster, recombinant", "2");
            case 22 -> pen.vaccine("208", "COVID-19 mRNA, 30 mcg/0.3 mL", "1");
            case 21 -> pen.vaccine("208", "COVID-19 mRNA, 30 mcg/0.3 mL", "2");
            case 11 -> pen.vaccine("303", "RSV, recombinant, protein F subunit, adjuvanted", "1");
            default -> {
                // No more than the influenza of the season.
            }
        }
    }

    private void lastVisitBefore(EntryId penicillin) {
        LocalDate day = house.workday(9);
        EncounterId visit = house.pastVisit(patient, FAMILY_MEDICINE, LINDQVIST, "Swelling of the legs", day, 10, 10);
        Instant measured = house.moment(day, 10, 25);
        Pen pen = house.pen(patient, facility, LINDQVIST, measured).at(visit, measured, house.who(NURSE));
        vitals(pen, new Seen(146, 80, 84, 157), 96, true);
        Instant stated = house.moment(day, 10, 40);
        pen.at(visit, stated, house.who(LINDQVIST));
        chemistry(pen, 41, age(day), "4.9", "7.4");
        pen.diagnosis(1, "Edema of both legs", "R60.0", "Localized edema");
        pen.note("progress", "Family medicine progress note", "final", """
                Two weeks of ankle swelling, no chest pain. Weight 157 pounds, up from 152 in the summer. Blood pressure \
                146/80, heart rate 84. Lungs clear, pitting edema of both ankles. eGFR 41, potassium 4.9, HbA1c 7.4 percent.

                Allergies and drugs reviewed with the patient and her daughter; nothing new.

                Plan: continue present drugs, salt below 2 grams. Sees Dr. Okafor in cardiology next week.""");
        pen.post();
        house.writer()
                .write(List.of(new EntryCommand(
                        VersionKind.UPDATE,
                        penicillin,
                        1,
                        patient,
                        facility,
                        visit,
                        penicillin("Reviewed with the patient: throat swelling after tablets, no exposure since."),
                        house.moment(house.today().minusYears(10), 9, 0),
                        "minute",
                        new Statement("practitioner", house.who(LINDQVIST), null, stated, null),
                        new Source("import", null, null),
                        null,
                        "",
                        true)));
    }

    private EncounterId yesterday() {
        LocalDate day = house.today().minusDays(1);
        EncounterId visit =
                house.officeVisit(patient, CARDIOLOGY, OKAFOR, "Shortness of breath, leg swelling", day, 15, 30);
        Instant dictated = house.moment(day, 18, 4);
        Pen pen = house.pen(patient, facility, OKAFOR, dictated);
        pen.at(visit, dictated, house.who(OKAFOR)).unsigned("dictation");
        pen.note("dictation", "Dictation, Dr. A. Okafor", "preliminary", """
                Mrs. Whitfield returns with two weeks of increasing dyspnea and leg swelling. Vitals by the nurse: \
                blood pressure 142/78, heart rate 88, temperature 98.2, weight 157 pounds, oxygen saturation 94 percent \
                on room air.

                Assessment: acute on chronic diastolic heart failure. Kidney function has declined slightly.

                New allergy: she reports hives after naproxen last week.

                Plan: furosemide to 40 milligrams daily. Stop metformin until kidney function is checked. Repeat \
                metabolic panel in one week. Return in two weeks, sooner if weight rises by 3 pounds.""");
        pen.post();
        return visit;
    }

    private void vitals(Pen pen, Seen seen, int saturation, boolean height) {
        pen.pressure(seen.systolic(), seen.diastolic())
                .vital("8867-4", "Heart rate", Integer.toString(seen.pulse()), "/min", "/min")
                .vital("8310-5", "Body temperature", tenths(97.7 + random.nextInt(8) / 10.0), "°F", "[degF]")
                .vital("29463-7", "Body weight", Integer.toString(seen.pounds()), "lb", "[lb_av]")
                .vital("9279-1", "Respiratory rate", Integer.toString(14 + random.nextInt(5)), "/min", "/min")
                .vital("59408-5", "Oxygen saturation", Integer.toString(saturation), "%", "%");
        if (height) {
            pen.vital("8302-2", "Body height", "64", "in", "[in_i]");
        }
    }

    private static void chemistry(Pen pen, double filtration, int age, String potassium, String a1c) {
        String creatinine = tenths(creatinine(filtration, age));
        pen.lab(
                        "2160-0",
                        "Creatinine",
                        creatinine,
                        "mg/dL",
                        "mg/dL",
                        "0.5–1.1",
                        Double.parseDouble(creatinine) > 1.1 ? "H" : null)
                .lab(
                        "98979-8",
                        "eGFR",
                        Long.toString(Math.round(filtration)),
                        "mL/min/1.73 m²",
                        "mL/min/{1.73_m2}",
                        "≥ 60",
                        Math.round(filtration) < 60 ? "L" : null)
                .lab("2823-3", "Potassium", potassium, "mmol/L", "mmol/L", "3.5–5.1", null)
                .lab("4548-4", "HbA1c", a1c, "%", "%", "< 5.7", "H");
    }

    private void yearly(Pen pen, LocalDate day) {
        int ldl = day.isBefore(LocalDate.of(2017, 2, 2)) ? 118 : 74 + random.nextInt(14);
        pen.lab("2951-2", "Sodium", Integer.toString(137 + random.nextInt(5)), "mmol/L", "mmol/L", "136–145", null)
                .lab("718-7", "Hemoglobin", tenths(13.1 - years(day) * 0.13), "g/dL", "g/dL", "12.0–16.0", low(day))
                .lab(
                        "13457-7",
                        "LDL cholesterol",
                        Integer.toString(ldl),
                        "mg/dL",
                        "mg/dL",
                        "< 100",
                        ldl < 100 ? null : "H")
                .lab(
                        "9318-7",
                        "Albumin/creatinine ratio, urine",
                        Integer.toString(38 + (int) (years(day) * 11)),
                        "mg/g",
                        "mg/g",
                        "< 30",
                        "H");
    }

    private @org.jspecify.annotations.Nullable String low(LocalDate day) {
        return Double.parseDouble(tenths(13.1 - years(day) * 0.13)) < 12.0 ? "L" : null;
    }

    /** Years since the chart begins. */
    private double years(LocalDate day) {
        return ChronoUnit.DAYS.between(house.today().minusYears(10), day) / 365.25;
    }

    private static int age(LocalDate day) {
        return (int) ChronoUnit.YEARS.between(LocalDate.of(1948, 3, 11), day);
    }

    /** Falls below 45 when stage 3b is found and to 41 now. */
    private double filtration(LocalDate day) {
        double then = ChronoUnit.DAYS.between(day, KIDNEY_DISEASE) / 365.25;
        double since = ChronoUnit.DAYS.between(KIDNEY_DISEASE, day)
                / (double) ChronoUnit.DAYS.between(KIDNEY_DISEASE, house.today());
        return then > 0 ? 44.5 + then * 3.4 : 44.5 - since * 3.0;
    }

    /** Serum creatinine of a woman with such a filtration rate, by the CKD-EPI equation of 2021. */
    private static double creatinine(double filtration, int age) {
        return 0.7 * Math.pow(142 * 1.012 * Math.pow(0.9938, age) / filtration, 1 / 1.2);
    }

    private static String tenths(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static String heartNote(Seen seen, LocalDate day, int quarter) {
        String[] story = {
            "Walks two blocks and climbs one flight. Sleeps on one pillow.",
            "No dyspnea at rest, no night cough. Keeps a weight diary.",
            "Tired after shopping, rests once. No chest pain, no palpitations."
        };
        String drugs = day.isBefore(WATER_PILL) ? "carvedilol and lisinopril" : "carvedilol, lisinopril and furosemide";
        return "Heart failure with preserved ejection fraction. " + story[quarter % story.length]
                + "\n\nWeight " + seen.pounds() + " pounds, blood pressure " + seen.systolic() + "/" + seen.diastolic()
                + ", heart rate " + seen.pulse() + " and regular. Lungs clear, trace edema of the ankles."
                + "\n\nAssessment: chronic diastolic heart failure, stable, NYHA class II."
                + "\n\nPlan: continue " + drugs + ". Daily weights; call for a gain of 3 pounds. Return in three months"
                + " with Dr. Lindqvist, here in nine.";
    }

    private static String diabetesNote(Seen seen, LocalDate day, int quarter, String a1c) {
        String[] story = {
            "Home glucose 110 to 160, no lows. Walks daily with her daughter.",
            "Glucose higher over the holidays. Takes her drugs from a weekly box.",
            "Right knee stiff in the morning, acetaminophen helps. No lows.",
            "Feels well. Eye examination is due this quarter."
        };
        String kidneys = day.isBefore(KIDNEY_DISEASE)
                ? "Type 2 diabetes and hypertension."
                : "Type 2 diabetes with kidney disease stage 3b; hypertension.";
        return "Follow-up of diabetes and blood pressure. " + story[quarter % story.length]
                + "\n\nBlood pressure " + seen.systolic() + "/" + seen.diastolic() + ", weight " + seen.pounds()
                + " pounds. Feet without lesions, sensation present."
                + (quarter % 2 == 0 ? " HbA1c " + a1c + " percent." : "")
                + "\n\nAssessment: " + kidneys
                + "\n\nPlan: continue present drugs. No anti-inflammatory drugs. Return in three months.";
    }
}
