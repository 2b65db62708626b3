package org.chartkeeper.demo;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Random;
import org.chartkeeper.platform.EncounterId;
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

    private final House house;
    private final PatientId patient;
    private final FacilityId facility;

    EleanorWhitfield(House house, PatientId patient) {
        this.house = house;
        this.patient = patient;
        this.facility = house.riverside();
    }

    /** Writes the chart; answers the visit of yesterday. */
    EncounterId write() {
        standing();
        tenYears();
        lastVisitBefore();
        return yesterday();
    }

    private void standing() {
        LocalDate today = house.today();
        Pen pen = house.pen(patient, facility, LINDQVIST, house.moment(today.minusYears(10), 9, 0));
        pen.allergy("Penicillin", "medication", "anaphylaxis", "severe", "high", 1986)
                .allergy("Sulfonamide antibiotics", "medication", "rash", "mild", "low", 2014)
                .problem(
                        "Chronic diastolic heart failure",
                        "I50.32",
                        "Chronic diastolic (congestive) heart failure",
                        LocalDate.of(2019, 5, 6))
                .problem(
                        "Type 2 diabetes with kidney disease",
                        "E11.22",
                        "Type 2 diabetes mellitus with diabetic chronic kidney disease",
                        LocalDate.of(2011, 2, 14))
                .problem(
                        "Kidney disease, stage 3b",
                        "N18.32",
                        "Chronic kidney disease, stage 3b",
                        LocalDate.of(2021, 3, 9))
                .problem(
                        "Hypertension with heart and kidney disease",
                        "I13.0",
                        "Hypertensive heart and chronic kidney disease with heart failure and stage 1 through stage 4"
                                + " chronic kidney disease, or unspecified chronic kidney disease",
                        LocalDate.of(2021, 3, 9))
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
                        LocalDate.of(2018, 1, 22),
                        LocalDate.of(2018, 3, 1));
        pen.drug(
                "310429",
                "Furosemide 20 mg tablet",
                "1 by mouth daily",
                "daily",
                "Heart failure",
                30,
                LocalDate.of(2022, 6, 1));
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
                LocalDate.of(2019, 5, 20));
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
                LocalDate.of(2019, 5, 6));
        pen.pastDrug(
                "310798",
                "Hydrochlorothiazide 25 mg tablet",
                "1 by mouth daily",
                "daily",
                "ineffective",
                LocalDate.of(2012, 3, 1),
                LocalDate.of(2019, 5, 20));
        pen.taken("Aspirin 81 mg tablet", "1 by mouth daily", LocalDate.of(2010, 1, 1));
        pen.order("code-status", "Full code", "written", null, null);
        pen.finding("72166-2", "Tobacco smoking status", "Never smoker");
        pen.post();
    }

    private void tenYears() {
        Random random = new Random(19480311);
        LocalDate today = house.today();
        for (int quarter = 40; quarter >= 1; quarter--) {
            LocalDate day = today.minusDays(quarter * 91L + 9L);
            boolean heart = quarter % 3 == 0;
            double years = (40 - quarter) / 4.0;
            EncounterId visit = house.pastVisit(
                    patient,
                    heart ? CARDIOLOGY : FAMILY_MEDICINE,
                    heart ? OKAFOR : LINDQVIST,
                    heart ? "Heart failure follow-up" : "Diabetes and blood pressure",
                    day,
                    9 + quarter % 6,
                    20);
            Pen pen = house.pen(patient, facility, heart ? OKAFOR : LINDQVIST, house.moment(day, 9 + quarter % 6, 35));
            pen.at(visit, house.moment(day, 9 + quarter % 6, 35), house.who(heart ? OKAFOR : LINDQVIST));
            int pounds = 142 + (int) (years * 1.3) + random.nextInt(4);
            vitals(pen, 132 + random.nextInt(18), 72 + random.nextInt(12), 66 + random.nextInt(14), pounds);
            if (quarter % 2 == 0) {
                chemistry(
                        pen,
                        0.9 + years * 0.038,
                        62 - years * 2.1,
                        4.2 + random.nextInt(6) / 10.0,
                        7.0 + random.nextInt(9) / 10.0);
            }
            pen.diagnosis(
                    1,
                    heart ? "Chronic diastolic heart failure" : "Type 2 diabetes with kidney disease",
                    heart ? "I50.32" : "E11.22",
                    heart
                            ? "Chronic diastolic (congestive) heart failure"
                            : "Type 2 diabetes mellitus with diabetic chronic kidney disease");
            pen.note(
                    "progress",
                    heart ? "Cardiology progress note" : "Family medicine progress note",
                    "final",
                    progress(heart, pounds));
            if (day.getMonthValue() >= 9 && day.getMonthValue() <= 11) {
                pen.vaccine("197", "Influenza, high-dose, quadrivalent", Integer.toString(day.getYear()));
            }
            if (quarter == 20) {
                pen.vaccine("33", "Pneumococcal polysaccharide PPV23", "1");
                pen.procedure("Transthoracic echocardiogram", null, day);
            }
            if (quarter == 8) {
                pen.procedure("Intra-articular injection of right knee", "right knee", day);
            }
            pen.post();
        }
    }

    private void lastVisitBefore() {
        LocalDate day = house.today().minusDays(9);
        EncounterId visit = house.pastVisit(patient, FAMILY_MEDICINE, LINDQVIST, "Swelling of the legs", day, 10, 10);
        Pen pen = house.pen(patient, facility, LINDQVIST, house.moment(day, 10, 25));
        pen.at(visit, house.moment(day, 10, 25), house.who("Bell"));
        vitals(pen, 146, 80, 84, 157);
        pen.at(visit, house.moment(day, 10, 40), house.who(LINDQVIST));
        chemistry(pen, 1.3, 41, 4.9, 7.4);
        pen.diagnosis(1, "Edema of both legs", "R60.0", "Localized edema");
        pen.note(
                "progress",
                "Family medicine progress note",
                "final",
                "Two weeks of ankle swelling. Weight 157 pounds. Lungs clear. Continue present drugs; sees Dr. Okafor in"
                        + " cardiology next week.");
        pen.post();
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

    private static void vitals(Pen pen, int systolic, int diastolic, int pulse, int pounds) {
        pen.pressure(systolic, diastolic)
                .vital("8867-4", "Heart rate", Integer.toString(pulse), "/min", "/min")
                .vital("8310-5", "Body temperature", "98.2", "°F", "[degF]")
                .vital("29463-7", "Body weight", Integer.toString(pounds), "lb", "[lb_av]")
                .vital("8302-2", "Body height", "64", "in", "[in_i]")
                .vital("9279-1", "Respiratory rate", "16", "/min", "/min")
                .vital("59408-5", "Oxygen saturation", "96", "%", "%");
    }

    private static void chemistry(Pen pen, double creatinine, double filtration, double potassium, double a1c) {
        pen.lab("2160-0", "Creatinine", tenths(creatinine), "mg/dL", "mg/dL", "0.5–1.1", creatinine > 1.1 ? "H" : null)
                .lab(
                        "98979-8",
                        "eGFR",
                        Long.toString(Math.round(filtration)),
                        "mL/min/1.73 m²",
                        "mL/min/{1.73_m2}",
                        "≥ 60",
                        filtration < 60 ? "L" : null)
                .lab(
                        "2823-3",
                        "Potassium",
                        tenths(potassium),
                        "mmol/L",
                        "mmol/L",
                        "3.5–5.1",
                        potassium > 5.1 ? "H" : null)
                .lab("4548-4", "HbA1c", tenths(a1c), "%", "%", "< 5.7", a1c >= 5.7 ? "H" : null);
    }

    private static String tenths(double value) {
        return String.format(java.util.Locale.ROOT, "%.1f", value);
    }

    private static String progress(boolean heart, int pounds) {
        return heart
                ? "Heart failure, stable. Weight " + pounds + " pounds. No orthopnea. Lungs clear, trace edema.\n\n"
                        + "Plan: continue carvedilol, lisinopril and furosemide. Daily weights. Return in three months."
                : "Diabetes and blood pressure follow-up. Feet without lesions. Home glucose 110 to 160.\n\n"
                        + "Plan: continue present drugs. Eye examination yearly. Labs before the next visit.";
    }
}
