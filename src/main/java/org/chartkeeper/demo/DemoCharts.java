package org.chartkeeper.demo;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.chartkeeper.demo.People.Person;
import org.chartkeeper.patient.Filing;
import org.chartkeeper.patient.Registrations;
import org.chartkeeper.patient.Registrations.Newborn;
import org.chartkeeper.patient.Registrations.Unidentified;
import org.chartkeeper.platform.EncounterId;
import org.chartkeeper.platform.PatientId;

/** Lays down all charts of the demo, with its visits of the last days in every state of their update. */
class DemoCharts {

    private final Registrations registrations;
    private final House house;
    private final People people;
    private final Histories histories;
    private final Stories stories;

    DemoCharts(Registrations registrations, House house) {
        this.registrations = registrations;
        this.house = house;
        this.people = new People(registrations, house);
        this.histories = new Histories(house);
        this.stories = new Stories(house);
    }

    /** A visit that ended here: whose, and whether there is a source to update the chart from. */
    record Ended(PatientId patient, EncounterId visit, boolean documented) {}

    /** Registers everybody and writes every chart; answers the visits whose update is due. */
    List<Ended> write() {
        List<Ended> ended = new ArrayList<>();
        PatientId eleanor = people.eleanor();
        ended.add(new Ended(eleanor, new EleanorWhitfield(house, eleanor).write(), true));
        for (Person person : People.listed()) {
            PatientId patient = people.register(person);
            histories.write(patient, people.facility(person), person.profile(), person.born());
            special(person, patient, ended);
        }
        twins();
        unidentified();
        PatientId ashworth = people.changedName();
        histories.write(ashworth, house.riverside(), "migraine", LocalDate.of(1991, 6, 3));
        histories.write(people.changedSex(), house.riverside(), "asthma", LocalDate.of(1999, 10, 12));
        histories.write(people.sharedCustody(), house.riverside(), "child", LocalDate.of(2019, 4, 9));
        histories.write(people.returnedMail(), house.riverside(), "hypertension", LocalDate.of(1970, 2, 19));
        PatientId iyer = people.bothFacilities();
        histories.write(iyer, house.riverside(), "thyroid", LocalDate.of(1986, 1, 27));
        histories.write(iyer, house.westbrook(), "lipids", LocalDate.of(1986, 1, 28));
        PatientId delacroix = people.register(
                People.someone("Delacroix", "Simone", "female", LocalDate.of(1965, 1, 19))
                        .language("en"),
                house.riverside());
        ended.add(new Ended(delacroix, stories.surgicalStay(delacroix), true));
        PatientId marchetti = people.register(
                People.someone("Marchetti", "Paolo", "male", LocalDate.of(1987, 5, 5))
                        .language("en"),
                house.riverside());
        stories.behavioralHealth(marchetti);
        return ended;
    }

    private void special(Person person, PatientId patient, List<Ended> ended) {
        switch (person.family() + " " + person.given()) {
            case "Nakamura Kenji" -> ended.add(new Ended(patient, emergency(patient), true));
            case "Abdi Hodan" ->
                ended.add(new Ended(
                        patient,
                        stories.dictated(
                                patient, "RIV/Family medicine", "Lindqvist", "Asthma, worse at night", 1, 9, """
                    Asthma worse at night for two weeks. Peak flow 320. Blood pressure 112/70, heart rate 92, oxygen \
                    saturation 96 percent on room air, weight 141 pounds.

                    Assessment: moderate persistent asthma with acute exacerbation.

                    Plan: prednisone 40 milligrams daily for five days. Return in one week."""),
                        true));
            case "Osei Kwame" ->
                ended.add(new Ended(
                        patient, stories.waitingForDictation(patient, "RIV/Pediatrics", "Stone", "Earache", 9), false));
            case "Petrov Mila" ->
                ended.add(new Ended(
                        patient,
                        stories.dictated(patient, "RIV/Obstetrics", "Haddad", "Prenatal visit, 24 weeks", 1, 8, """
                    Prenatal visit at 24 weeks. Fetal heart rate 148. Blood pressure 108/64, weight 152 pounds.

                    Plan: glucose test before the next visit in four weeks."""),
                        true));
            case "Garcia Ana María" ->
                ended.add(new Ended(
                        patient,
                        stories.dictated(patient, "RIV/Family medicine", "Lindqvist", "Diabetes review", 1, 10, """
                    Type 2 diabetes. HbA1c 8.1 percent. Blood pressure 138/84, heart rate 76, weight 171 pounds.

                    Plan: metformin to 1000 milligrams twice daily. Eye examination. Return in three months."""),
                        true));
            case "Brennan Patrick" ->
                ended.add(new Ended(
                        patient,
                        stories.dictated(patient, "RIV/Family medicine", "Lindqvist", "Cough, more sputum", 3, 11, """
                    Cough with more sputum for five days, no fever. Temperature 98.9, heart rate 90, oxygen saturation \
                    92 percent on room air.

                    Assessment: COPD with acute exacerbation. Plan: doxycycline 100 milligrams twice daily for 7 days."""),
                        true));
            case "Weber Hannah" ->
                ended.add(new Ended(
                        patient,
                        stories.dictated(patient, "RIV/Cardiology", "Okafor", "Heart failure review", 2, 13, """
                    Weight 149 pounds, blood pressure 124/66, heart rate 62. No edema.

                    Assessment: chronic systolic heart failure, stable. Plan: no change of drugs. INR in two weeks."""),
                        true));
            case "Johnson Marcus" -> stories.correctedResult(patient);
            case "Rahman Farah" -> stories.selfPay(patient);
            case "Haddad Youssef" -> stories.verbalOrder(patient);
            default -> {
                // An ordinary chart.
            }
        }
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
        Pen pen = house.pen(patient, house.riverside(), "Brandt", start.plusSeconds(125 * 60L))
                .at(visit, start.plusSeconds(125 * 60L), house.who("Brandt"))
                .unsigned("dictation");
        pen.note("emergency", "Emergency department note", "preliminary", """
                Cut his left palm on glass one hour before arrival, walked in. Triage level 4. Blood pressure 128/80, \
                heart rate 84, temperature 98.4, pain 5 of 10.

                3 cm laceration of the left palm, tendons intact; closed with 5 sutures. Tetanus booster given. Home; \
                sutures out in 10 days.""");
        pen.post();
        return visit;
    }

    private void twins() {
        PatientId mother = people.register(
                People.someone("Okafor-Lane", "Ruth", "female", LocalDate.of(1994, 8, 22))
                        .language("en"),
                house.riverside());
        Instant born = house.moment(house.today().minusDays(1), 4, 12);
        EncounterId birth = house.visit(
                mother,
                "RIV/Obstetrics",
                "inpatient",
                "Haddad",
                "Birth of twins",
                born.minusSeconds(9 * 3600L),
                null,
                "Maternity 3",
                null);
        Pen pen = house.pen(mother, house.riverside(), "Haddad", born)
                .at(birth, born, house.who("Haddad"))
                .noKnownAllergies()
                .diagnosis(1, "Twin birth, both living", "Z37.2", "Twins, both liveborn");
        pen.post();
        Filing filing = Filing.statedBy("staff").at(house.riverside());
        PatientId girl =
                registrations.registerNewborn(mother, new Newborn("female", born, 1, 2, 262, 2610, null), filing);
        PatientId boy = registrations.registerNewborn(
                mother, new Newborn("male", born.plusSeconds(11 * 60L), 2, 2, 262, 2540, null), filing);
        registrations.linkTwins(girl, boy);
        for (PatientId child : List.of(girl, boy)) {
            EncounterId stay =
                    house.visit(child, "RIV/Obstetrics", "inpatient", "Stone", "Newborn", born, null, "Nursery", null);
            Pen nursery = house.pen(child, house.riverside(), "Stone", born.plusSeconds(3600))
                    .at(stay, born.plusSeconds(3600), house.who("Stone"))
                    .noKnownAllergies()
                    .vital("8867-4", "Heart rate", child.equals(girl) ? "142" : "138", "/min", "/min")
                    .vital("8310-5", "Body temperature", "98.1", "°F", "[degF]")
                    .vital("29463-7", "Body weight", child.equals(girl) ? "2.61" : "2.54", "kg", "kg")
                    .vaccine("08", "Hepatitis B, pediatric", "1");
            nursery.post();
        }
    }

    /** One who was found without a name and identified since, and one of whom nobody knows yet who it is. */
    private void unidentified() {
        Filing filing = Filing.statedBy("staff").at(house.riverside());
        PatientId found = registrations.registerUnidentified(
                new Unidentified("male", 60, "Found on a bench in Harbor Park, brought by ambulance."), filing);
        var registered = registrations.get(found);
        registrations.identify(
                found,
                registered.version(),
                People.someone("Halloran", "Francis", "male", LocalDate.of(1962, 9, 14))
                        .language("en")
                        .build(),
                "Identified by his brother and a driver's license.",
                filing);
        PatientId unknown = registrations.registerUnidentified(
                new Unidentified("female", 35, "Brought from a road accident on Route 9."), filing);
        Instant arrived = house.moment(house.today().minusDays(1), 22, 30);
        EncounterId visit = house.visit(
                unknown,
                "RIV/Emergency",
                "emergency",
                "Brandt",
                "Road accident",
                arrived,
                null,
                "Emergency, bay 2",
                null);
        house.pen(unknown, house.riverside(), "Brandt", arrived)
                .at(visit, arrived, house.who("Brandt"))
                .pressure(102, 60)
                .post();
    }
}
