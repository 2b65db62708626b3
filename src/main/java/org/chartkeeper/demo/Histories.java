package org.chartkeeper.demo;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Random;
import org.chartkeeper.platform.EncounterId;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.PatientId;

/** Writes the ordinary charts of the demo: a few years of visits that fit a person's age and illness. */
class Histories {

    /** How far the pregnancy of the list is today. */
    private static final int WEEKS_PREGNANT = 24;

    private final House house;

    Histories(House house) {
        this.house = house;
    }

    /**
     * Some years of finished and signed visits.
     *
     * @param profile asthma, child, copd, diabetes, heart, hypertension, injury, lipids, migraine, pregnancy, thyroid
     */
    void write(PatientId patient, FacilityId facility, String profile, LocalDate born) {
        boolean riverside = facility.equals(house.riverside());
        String department = department(riverside, profile);
        String clinician = clinician(riverside, profile);
        Random random = new Random(born.toEpochDay());
        boolean pregnant = profile.equals("pregnancy");
        LocalDate since = pregnant
                ? house.workday(WEEKS_PREGNANT * 7 - 56)
                : house.today().minusYears(4).minusDays(random.nextInt(300));
        standing(house.pen(patient, facility, clinician, house.moment(since, 9, 0)), profile, since, born);
        if (profile.equals("child")) {
            immunizations(house.pen(patient, facility, clinician, house.moment(since, 9, 0)), clinician, born);
        }
        for (int visit = pregnant ? 4 : 8; visit >= 1; visit--) {
            LocalDate day = house.workday(pregnant ? visit * 28 : visit * 120 + random.nextInt(30) + 10);
            if (day.isBefore(born.plusDays(14))) {
                continue;
            }
            // A sprain is seen twice; else such a person comes for the yearly examination.
            boolean well = profile.equals("injury") && visit != 2 && visit != 3;
            if (!well || visit % 3 == 0) {
                write(patient, facility, well ? "well" : profile, born, department, clinician, day, random);
            }
        }
    }

    private void write(
            PatientId patient,
            FacilityId facility,
            String profile,
            LocalDate born,
            String department,
            String clinician,
            LocalDate day,
            Random random) {
        int hour = 8 + random.nextInt(8);
        Instant moment = house.moment(day, hour, 30);
        EncounterId visit = house.pastVisit(patient, department, clinician, reason(profile), day, hour, 10);
        Pen pen = house.pen(patient, facility, clinician, moment).at(visit, moment, house.who("Bell"));
        vitals(pen, born, day, profile, random);
        pen.at(visit, moment, house.who(clinician));
        labs(pen, profile, random);
        String[] diagnosis = diagnosis(profile);
        int weeks = WEEKS_PREGNANT - (int) java.time.temporal.ChronoUnit.WEEKS.between(day, house.today());
        if (profile.equals("pregnancy") && weeks < 14) {
            diagnosis = new String[] {
                "Pregnancy, first trimester",
                "Z34.91",
                "Encounter for supervision of normal pregnancy, unspecified, first trimester"
            };
        }
        pen.diagnosis(1, diagnosis[0], diagnosis[1], diagnosis[2]);
        pen.note(
                "progress",
                "Progress note",
                "final",
                reason(profile) + (profile.equals("pregnancy") ? " at " + weeks + " weeks. " : ". ") + finding(profile)
                        + "\n\nPlan: continue as before; return as arranged.");
        if (day.getMonthValue() >= 9 && day.getMonthValue() <= 11 && random.nextInt(4) > 0) {
            pen.vaccine("150", "Influenza, injectable, quadrivalent", Integer.toString(day.getYear()));
        }
        pen.later();
    }

    /** What the schedule of the CDC asks of a child of that age. */
    private void immunizations(Pen pen, String clinician, LocalDate born) {
        String[][] schedule = {
            {"0", "08", "Hepatitis B, pediatric", "1"},
            {"2", "08", "Hepatitis B, pediatric", "2"},
            {"2", "20", "DTaP", "1"},
            {"2", "10", "Poliovirus, inactivated (IPV)", "1"},
            {"4", "20", "DTaP", "2"},
            {"4", "10", "Poliovirus, inactivated (IPV)", "2"},
            {"6", "20", "DTaP", "3"},
            {"6", "08", "Hepatitis B, pediatric", "3"},
            {"12", "03", "Measles, mumps and rubella (MMR)", "1"},
            {"12", "21", "Varicella", "1"},
            {"15", "20", "DTaP", "4"},
            {"18", "83", "Hepatitis A, pediatric", "1"},
            {"52", "130", "DTaP, IPV", "5"},
            {"52", "94", "Measles, mumps, rubella and varicella (MMRV)", "2"},
            {"133", "115", "Tetanus, diphtheria, acellular pertussis (Tdap)", "1"}
        };
        for (String[] dose : schedule) {
            LocalDate day =
                    House.workday(born.plusMonths(Integer.parseInt(dose[0])).plusDays(4));
            if (day.isBefore(house.today())) {
                pen.at(null, house.moment(day, 10, 0), house.who(clinician)).vaccine(dose[1], dose[2], dose[3]);
            }
        }
        pen.later();
    }

    private static void standing(Pen pen, String profile, LocalDate since, LocalDate born) {
        String[] diagnosis = diagnosis(profile);
        if (!profile.equals("child") && !profile.equals("injury") && !profile.equals("pregnancy")) {
            pen.problem(diagnosis[0], diagnosis[1], diagnosis[2], since);
        }
        switch (profile) {
            case "asthma" -> {
                pen.allergy("Cat dander", "environment", "wheezing", "moderate", "low", since.getYear() - 6);
                pen.drug(
                        "745679",
                        "Albuterol 90 mcg inhaler",
                        "2 puffs every 4 hours as needed",
                        "q4h",
                        "Asthma",
                        1,
                        since);
                pen.drug("896001", "Fluticasone 110 mcg inhaler", "2 puffs twice daily", "BID", "Asthma", 1, since);
            }
            case "copd" -> {
                pen.noKnownAllergies();
                pen.finding("72166-2", "Tobacco smoking status", "Former smoker");
                pen.drug(
                        "1668305",
                        "Tiotropium 18 mcg inhalation capsule",
                        "1 inhaled daily",
                        "daily",
                        "COPD",
                        30,
                        since);
            }
            case "diabetes" -> {
                pen.allergy("Codeine", "medication", "nausea", "mild", "low", since.getYear() - 9);
                pen.problem("High blood pressure", "I10", "Essential (primary) hypertension", since.minusYears(2));
                pen.drug("861007", "Metformin 500 mg tablet", "1 by mouth twice daily", "BID", "Diabetes", 60, since);
                pen.drug(
                        "314076",
                        "Lisinopril 10 mg tablet",
                        "1 by mouth daily",
                        "daily",
                        "High blood pressure",
                        30,
                        since);
            }
            case "heart" -> {
                pen.allergy("Shellfish", "food", "hives", "moderate", "high", since.getYear() - 20);
                pen.drug("310429", "Furosemide 20 mg tablet", "1 by mouth daily", "daily", "Heart failure", 30, since);
                pen.drug(
                        "866924",
                        "Metoprolol succinate 25 mg tablet",
                        "1 by mouth daily",
                        "daily",
                        "Heart failure",
                        30,
                        since);
                pen.drug(
                        "855332",
                        "Warfarin 5 mg tablet",
                        "1 by mouth daily",
                        "daily",
                        "Atrial fibrillation",
                        30,
                        since);
                pen.problem("Atrial fibrillation", "I48.91", "Unspecified atrial fibrillation", since.minusYears(1));
            }
            case "hypertension" -> {
                pen.noKnownAllergies();
                pen.drug(
                        "197361",
                        "Amlodipine 5 mg tablet",
                        "1 by mouth daily",
                        "daily",
                        "High blood pressure",
                        30,
                        since);
            }
            case "lipids" -> {
                pen.noKnownAllergies();
                pen.drug(
                        "617311",
                        "Atorvastatin 40 mg tablet",
                        "1 by mouth at bedtime",
                        "QHS",
                        "High cholesterol",
                        30,
                        since);
            }
            case "migraine" -> {
                pen.allergy("Latex", "environment", "contact rash", "mild", "low", since.getYear() - 3);
                pen.drug(
                        "313160", "Sumatriptan 50 mg tablet", "1 by mouth at onset", "as needed", "Migraine", 9, since);
            }
            case "pregnancy" -> {
                pen.noKnownAllergies();
                pen.problem("Pregnancy", "Z34.90", "Encounter for supervision of normal pregnancy, unspecified", since);
                pen.taken("Prenatal vitamin", "1 by mouth daily", since);
            }
            case "thyroid" -> {
                pen.noKnownAllergies();
                pen.drug(
                        "966224",
                        "Levothyroxine 50 mcg tablet",
                        "1 by mouth every morning",
                        "QAM",
                        "Hypothyroidism",
                        30,
                        since);
            }
            case "child" -> {
                if (born.getDayOfMonth() % 2 == 1) {
                    pen.allergy("Peanut", "food", "hives and swelling", "severe", "high", born.getYear() + 1);
                } else {
                    pen.noKnownAllergies();
                }
            }
            default -> pen.noKnownAllergies();
        }
        pen.later();
    }

    private static void vitals(Pen pen, LocalDate born, LocalDate day, String profile, Random random) {
        double years = java.time.temporal.ChronoUnit.DAYS.between(born, day) / 365.25;
        int age = (int) years;
        int pounds = age < 18
                ? (int) (18 + years * 6) + random.nextInt(2)
                : 128 + born.getDayOfMonth() * 3 + random.nextInt(4);
        int inches = age < 18 ? (int) (31 + years * 2.4) : 62 + born.getMonthValue() % 9;
        boolean high = profile.equals("hypertension") || profile.equals("diabetes") || profile.equals("heart");
        if (age >= 3) {
            pen.pressure(
                    age < 18 ? 98 + random.nextInt(10) : (high ? 132 : 116) + random.nextInt(16),
                    age < 18 ? 58 + random.nextInt(8) : 70 + random.nextInt(14));
        }
        pen.vital("8867-4", "Heart rate", Integer.toString((age < 10 ? 88 : 66) + random.nextInt(14)), "/min", "/min")
                .vital("8310-5", "Body temperature", decimal(97.8 + random.nextInt(9) / 10.0), "°F", "[degF]")
                .vital("29463-7", "Body weight", Integer.toString(pounds), "lb", "[lb_av]")
                .vital("8302-2", "Body height", Integer.toString(inches), "in", "[in_i]")
                .vital(
                        "59408-5",
                        "Oxygen saturation",
                        Integer.toString((profile.equals("copd") ? 91 : 95) + random.nextInt(4)),
                        "%",
                        "%");
    }

    private static void labs(Pen pen, String profile, Random random) {
        switch (profile) {
            case "diabetes" -> {
                double a1c = 6.8 + random.nextInt(14) / 10.0;
                pen.lab("4548-4", "HbA1c", decimal(a1c), "%", "%", "< 5.7", "H");
                pen.lab(
                        "2160-0",
                        "Creatinine",
                        decimal(0.8 + random.nextInt(4) / 10.0),
                        "mg/dL",
                        "mg/dL",
                        "0.5–1.1",
                        null);
            }
            case "lipids" -> {
                int ldl = 96 + random.nextInt(60);
                pen.lab(
                        "13457-7",
                        "LDL cholesterol",
                        Integer.toString(ldl),
                        "mg/dL",
                        "mg/dL",
                        "< 130",
                        ldl >= 130 ? "H" : null);
            }
            case "thyroid" -> {
                double tsh = 1.2 + random.nextInt(50) / 10.0;
                pen.lab("3016-3", "TSH", decimal(tsh), "mIU/L", "m[IU]/L", "0.4–4.5", tsh > 4.5 ? "H" : null);
            }
            case "heart" -> {
                double inr = 1.8 + random.nextInt(18) / 10.0;
                pen.lab("6301-6", "INR", decimal(inr), "", "{INR}", "2.0–3.0", inr > 3 ? "H" : inr < 2 ? "L" : null);
            }
            default -> {
                if (random.nextInt(3) == 0) {
                    pen.lab(
                            "718-7",
                            "Hemoglobin",
                            decimal(12.4 + random.nextInt(25) / 10.0),
                            "g/dL",
                            "g/dL",
                            "12.0–16.0",
                            null);
                }
            }
        }
    }

    private static String[] diagnosis(String profile) {
        return switch (profile) {
            case "asthma" ->
                new String[] {"Moderate persistent asthma", "J45.40", "Moderate persistent asthma, uncomplicated"};
            case "copd" -> new String[] {"COPD", "J44.9", "Chronic obstructive pulmonary disease, unspecified"};
            case "diabetes" ->
                new String[] {"Type 2 diabetes", "E11.9", "Type 2 diabetes mellitus without complications"};
            case "heart" ->
                new String[] {"Chronic systolic heart failure", "I50.22", "Chronic systolic (congestive) heart failure"
                };
            case "hypertension" -> new String[] {"High blood pressure", "I10", "Essential (primary) hypertension"};
            case "injury" ->
                new String[] {
                    "Sprain of ankle", "S93.401A", "Sprain of unspecified ligament of right ankle, initial encounter"
                };
            case "lipids" -> new String[] {"High cholesterol", "E78.00", "Pure hypercholesterolemia, unspecified"};
            case "migraine" ->
                new String[] {
                    "Migraine with aura", "G43.109", "Migraine with aura, not intractable, without status migrainosus"
                };
            case "pregnancy" ->
                new String[] {
                    "Pregnancy, second trimester",
                    "Z34.92",
                    "Encounter for supervision of normal pregnancy, unspecified, second trimester"
                };
            case "well" ->
                new String[] {
                    "Annual examination",
                    "Z00.00",
                    "Encounter for general adult medical examination without abnormal findings"
                };
            case "thyroid" -> new String[] {"Hypothyroidism", "E03.9", "Hypothyroidism, unspecified"};
            default ->
                new String[] {
                    "Well-child visit",
                    "Z00.129",
                    "Encounter for routine child health examination without abnormal findings"
                };
        };
    }

    private static String reason(String profile) {
        return switch (profile) {
            case "asthma" -> "Asthma review";
            case "copd" -> "Cough and breathing review";
            case "diabetes" -> "Diabetes review";
            case "heart" -> "Heart failure review";
            case "hypertension" -> "Blood pressure review";
            case "injury" -> "Ankle injury";
            case "lipids" -> "Cholesterol review";
            case "migraine" -> "Headache review";
            case "pregnancy" -> "Prenatal visit";
            case "thyroid" -> "Thyroid review";
            case "well" -> "Annual examination";
            default -> "Well-child visit";
        };
    }

    private static String finding(String profile) {
        return switch (profile) {
            case "asthma" -> "Uses the rescue inhaler twice a week. Chest clear.";
            case "copd" -> "Walks two blocks. No new sputum.";
            case "diabetes" -> "No lows at home. Feet intact.";
            case "heart" -> "Weight steady. No orthopnea.";
            case "hypertension" -> "Home readings as here. No dizziness.";
            case "injury" -> "Swelling is down. Bears weight.";
            case "lipids" -> "Takes the drug daily. No muscle pain.";
            case "migraine" -> "Two attacks a month; drug helps within an hour.";
            case "pregnancy" -> "Fetal heart rate normal. Growth as expected.";
            case "thyroid" -> "Energy good. No palpitations.";
            case "well" -> "No complaints. Examination normal.";
            default -> "Growing along the curve. Meets milestones.";
        };
    }

    private static String department(boolean riverside, String profile) {
        if (!riverside) {
            return "WES/Primary care";
        }
        return switch (profile) {
            case "heart" -> "RIV/Cardiology";
            case "child" -> "RIV/Pediatrics";
            case "pregnancy" -> "RIV/Obstetrics";
            default -> "RIV/Family medicine";
        };
    }

    private static String clinician(boolean riverside, String profile) {
        if (!riverside) {
            return "Marsh";
        }
        return switch (profile) {
            case "heart" -> "Okafor";
            case "child" -> "Stone";
            case "pregnancy" -> "Haddad";
            default -> "Lindqvist";
        };
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
