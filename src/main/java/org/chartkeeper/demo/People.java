package org.chartkeeper.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import org.chartkeeper.patient.AddressKind;
import org.chartkeeper.patient.CareRole;
import org.chartkeeper.patient.Coded;
import org.chartkeeper.patient.ContactRole;
import org.chartkeeper.patient.Demographics;
import org.chartkeeper.patient.Demographics.Address;
import org.chartkeeper.patient.Demographics.CareMember;
import org.chartkeeper.patient.Demographics.Contact;
import org.chartkeeper.patient.Demographics.Coverage;
import org.chartkeeper.patient.Demographics.HeldRole;
import org.chartkeeper.patient.Demographics.Name;
import org.chartkeeper.patient.Demographics.Telecom;
import org.chartkeeper.patient.Ethnicity;
import org.chartkeeper.patient.Filing;
import org.chartkeeper.patient.Language;
import org.chartkeeper.patient.NameKind;
import org.chartkeeper.patient.Race;
import org.chartkeeper.patient.Registrations;
import org.chartkeeper.patient.Relationship;
import org.chartkeeper.patient.SexFact;
import org.chartkeeper.patient.TelecomSystem;
import org.chartkeeper.patient.TelecomUse;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.PartialDate;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.PractitionerId;

/** Registers the patients of the demo. */
class People {

    private final Registrations registrations;
    private final House house;

    People(Registrations registrations, House house) {
        this.registrations = registrations;
        this.house = house;
    }

    /** A row of {@code demo/people.csv}. */
    record Person(
            String family,
            String given,
            String sex,
            LocalDate born,
            String language,
            String race,
            String street,
            String city,
            String zip,
            String phone,
            String profile,
            String facility) {}

    /** The people of the list, in its order. */
    static List<Person> listed() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                java.util.Objects.requireNonNull(People.class.getResourceAsStream("/demo/people.csv")),
                StandardCharsets.UTF_8))) {
            return lines.lines().skip(1).map(People::person).toList();
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    private static Person person(String line) {
        String[] cells = line.split(",", -1);
        return new Person(
                cells[0],
                cells[1],
                cells[2],
                LocalDate.parse(cells[3]),
                cells[4],
                cells[5],
                cells[6],
                cells[7],
                cells[8],
                cells[9],
                cells[10],
                cells[11]);
    }

    PatientId register(Person person) {
        return register(someone(person), facility(person));
    }

    PatientId register(Demographics.Builder data, FacilityId facility) {
        return registrations.register(data.build(), Filing.statedBy("patient").at(facility));
    }

    FacilityId facility(Person person) {
        return person.facility().equals("RIV") ? house.riverside() : house.westbrook();
    }

    /** What the front desk asks of everybody. */
    Demographics.Builder someone(Person person) {
        boolean riverside = person.facility().equals("RIV");
        return someone(person.family(), person.given(), person.sex(), person.born())
                .language(Coded.find(Language.class, tag(person.language()))
                        .orElseThrow()
                        .code())
                .interpreter(!person.language().equals("English"))
                .races(List.of(race(person.race())))
                .ethnicity(person.language().equals("Spanish") ? Ethnicity.HISPANIC : Ethnicity.NOT_HISPANIC)
                .address(Address.of(AddressKind.HOME, person.street(), person.city(), "MA", person.zip()))
                .telecom(Telecom.of(TelecomSystem.PHONE, TelecomUse.MOBILE, person.phone()))
                .coverage(Coverage.of(
                        1,
                        person.born().getYear() < 1961 ? "Medicare" : "Commonwealth Mutual",
                        person.born().getYear() < 1961 ? "Part B" : "Standard PPO",
                        "M" + Math.abs(person.family().hashCode() % 900_000 + 100_000),
                        "G-204"))
                .careMember(
                        riverside
                                ? pcp("Dr. P. Lindqvist", house.who("Lindqvist"))
                                : pcp("Dr. H. Marsh", house.who("Marsh")));
    }

    static Demographics.Builder someone(String family, String given, String sex, LocalDate born) {
        return Demographics.builder()
                .name(Name.of(NameKind.LEGAL, family, given))
                .birthDate(PartialDate.of(born))
                .sex(SexFact.of(SexFact.Kind.REGISTERED, sex));
    }

    static CareMember pcp(String name, PractitionerId practitioner) {
        return CareMember.of(CareRole.PCP, name, practitioner);
    }

    /** Eleanor Whitfield, with her daughter as health-care proxy. */
    PatientId eleanor() {
        return register(
                someone("Whitfield", "Eleanor", "female", LocalDate.of(1948, 3, 11))
                        .language("en")
                        .races(List.of(Race.WHITE))
                        .ethnicity(Ethnicity.NOT_HISPANIC)
                        .mrn(Demographics.Mrn.of(house.riverside(), "0048-2217"))
                        .address(Address.of(AddressKind.HOME, "27 Orchard Street", "Riverside", "MA", "02151"))
                        .telecom(Telecom.of(TelecomSystem.PHONE, TelecomUse.HOME, "617-555-0101"))
                        .contact(Contact.of(
                                "Margaret Whitfield-Cole",
                                Relationship.CHILD,
                                "617-555-0141",
                                HeldRole.of(ContactRole.NEXT_OF_KIN),
                                HeldRole.of(ContactRole.HEALTH_CARE_PROXY)
                                        .provedBy("Massachusetts health care proxy of 2 Jun 2020")))
                        .coverage(Coverage.of(1, "Medicare", "Part B", "1EG4-TE5-MK72", "none"))
                        .careMember(pcp("Dr. P. Lindqvist", house.who("Lindqvist"))),
                house.riverside());
    }

    /** Her surname changed by marriage; the former name still finds her. */
    PatientId changedName() {
        PatientId patient = register(
                someone("Moreau", "Claire", "female", LocalDate.of(1991, 6, 3))
                        .language("en")
                        .address(Address.of(AddressKind.HOME, "16 Tanner Street", "Fairview", "MA", "02150")),
                house.riverside());
        var before = registrations.get(patient);
        var legal = before.data().nameInUse().orElseThrow();
        PartialDate married = PartialDate.of(house.today().minusMonths(7));
        registrations.change(
                patient,
                before.version(),
                before.data().toBuilder()
                        .names(List.of(
                                legal.ofKind(NameKind.FORMER).ended(married),
                                Name.of(NameKind.LEGAL, "Ashworth", "Claire")
                                        .since(married)
                                        .provedBy("marriage certificate")))
                        .build(),
                Filing.statedBy("patient").at(house.riverside()).because("married"));
        return patient;
    }

    /** Registered sex and name changed by court order; the former name is not shown. */
    PatientId changedSex() {
        PatientId patient = register(
                someone("Delgado", "Samuel", "female", LocalDate.of(1999, 10, 12))
                        .language("en")
                        .sex(SexFact.of(SexFact.Kind.AT_BIRTH, "female"))
                        .address(Address.of(AddressKind.HOME, "58 Granite Avenue", "Riverside", "MA", "02151")),
                house.riverside());
        var before = registrations.get(patient);
        PartialDate day = PartialDate.of(house.today().minusMonths(3));
        registrations.change(
                patient,
                before.version(),
                before.data().toBuilder()
                        .sexFacts(List.of(
                                SexFact.of(SexFact.Kind.REGISTERED, "female").ended(day),
                                SexFact.of(SexFact.Kind.REGISTERED, "male").since(day),
                                SexFact.of(SexFact.Kind.CLINICAL, "female"),
                                SexFact.of(SexFact.Kind.AT_BIRTH, "female"),
                                SexFact.of(SexFact.Kind.IDENTITY, "transgender-male"),
                                SexFact.of(SexFact.Kind.PRONOUNS, "he/him")))
                        .build(),
                Filing.statedBy("patient").at(house.riverside()).because("court order seen"));
        return patient;
    }

    /** A child whose parents share custody and whose grandfather must not be told anything. */
    PatientId sharedCustody() {
        return register(
                someone("Whitlock", "Nora", "female", LocalDate.of(2019, 4, 9))
                        .language("en")
                        .address(Address.of(AddressKind.HOME, "4 Spruce Lane", "Fairview", "MA", "02150"))
                        .contact(Contact.of(
                                "Dana Whitlock",
                                Relationship.MOTHER,
                                "617-555-0151",
                                HeldRole.of(ContactRole.PARENT),
                                HeldRole.of(ContactRole.CUSTODY_SHARED).provedBy("Probate court order of 11 Feb 2024")))
                        .contact(Contact.of(
                                "Erik Whitlock",
                                Relationship.FATHER,
                                "617-555-0152",
                                HeldRole.of(ContactRole.PARENT),
                                HeldRole.of(ContactRole.CUSTODY_SHARED).provedBy("Probate court order of 11 Feb 2024")))
                        .contact(Contact.of(
                                "Roy Whitlock",
                                Relationship.GRANDPARENT,
                                null,
                                HeldRole.of(ContactRole.NO_CONTACT).provedBy("Protective order of 3 Mar 2024")))
                        .coverage(Coverage.of(1, "Commonwealth Mutual", "Standard PPO", "M448120", "G-204")
                                .subscribedBy("Dana Whitlock", Relationship.CHILD)),
                house.riverside());
    }

    /** Mail to the registered address comes back. */
    PatientId returnedMail() {
        return register(
                someone("Sorensen", "Viggo", "male", LocalDate.of(1970, 2, 19))
                        .language("en")
                        .address(Address.of(AddressKind.HOME, "99 Wharf Road, Apt 3", "Riverside", "MA", "02151")
                                .returned(house.today().minusDays(26)))
                        .telecom(Telecom.of(TelecomSystem.PHONE, TelecomUse.MOBILE, "617-555-0153")),
                house.riverside());
    }

    /** A patient with an MRN at each facility. */
    PatientId bothFacilities() {
        PatientId patient = register(
                someone("Iyer", "Priya", "female", LocalDate.of(1986, 1, 27))
                        .language("en")
                        .races(List.of(Race.ASIAN))
                        .address(Address.of(AddressKind.HOME, "7 Westbrook Drive", "Westbrook", "MA", "02160")),
                house.riverside());
        var before = registrations.get(patient);
        registrations.change(
                patient,
                before.version(),
                before.data().toBuilder()
                        .mrn(Demographics.Mrn.of(house.westbrook(), "W-10442"))
                        .build(),
                Filing.statedBy("patient").at(house.westbrook()));
        return patient;
    }

    private static String tag(String language) {
        return java.util.Arrays.stream(Language.values())
                .filter(value -> value.label().equals(language))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no language " + language))
                .code();
    }

    private static Race race(String label) {
        return java.util.Arrays.stream(Race.values())
                .filter(value -> value.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no race " + label));
    }
}
