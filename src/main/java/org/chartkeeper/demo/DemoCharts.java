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
import org.chartkeeper.platform.ContentStore;
import org.chartkeeper.platform.EncounterId;
import org.chartkeeper.platform.PatientId;

/** Lays down all charts of the demo, with its visits of the last days in every state of their update. */
class DemoCharts {

    private final Registrations registrations;
    private final House house;
    private final People people;
    private final Histories histories;
    private final Stories stories;
    private final RecentVisits recent;

    DemoCharts(Registrations registrations, House house, ContentStore files) {
        this.registrations = registrations;
        this.house = house;
        this.people = new People(registrations, house);
        this.histories = new Histories(house);
        this.stories = new Stories(house, files);
        this.recent = new RecentVisits(house);
    }

    /** A visit that ended here, and how far its update is to be brought. */
    record Ended(PatientId patient, EncounterId visit, Course course) {}

    /** What becomes of an update. */
    enum Course {
        WAITS_FOR_DOCUMENTATION,
        TO_DO,
        CLAIMED,
        DRAFT,
        /** Posted; waits for the signature. */
        POSTED,
        RETURNED,
        SIGNED,
        /** Signed but for one entry, which the clinician refuses. */
        REFUSED,
        /** Posted with a question to the clinician that is open. */
        ASKED,
        /** The same, and the clinician has answered. */
        ANSWERED
    }

    /** Registers everybody and writes every chart; answers the visits whose update is due. */
    List<Ended> write() {
        List<Ended> ended = new ArrayList<>();
        PatientId eleanor = people.eleanor();
        ended.add(new Ended(eleanor, new EleanorWhitfield(house, eleanor).write(), Course.CLAIMED));
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
        ended.add(new Ended(delacroix, stories.surgicalStay(delacroix), Course.TO_DO));
        PatientId marchetti = people.register(
                People.someone("Marchetti", "Paolo", "male", LocalDate.of(1987, 5, 5))
                        .language("en"),
                house.riverside());
        stories.behavioralHealth(marchetti);
        stories.resultsToSee(delacroix, iyer);
        house.batch().write();
        return ended;
    }

    /** What is special about a chart of the list. */
    private void special(Person person, PatientId patient, List<Ended> ended) {
        switch (person.family()) {
            case "Johnson" -> stories.correctedResult(patient);
            case "Rahman" -> stories.selfPay(patient);
            case "Haddad" -> stories.verbalOrder(patient);
            default -> recent.of(person, patient).ifPresent(ended::add);
        }
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
