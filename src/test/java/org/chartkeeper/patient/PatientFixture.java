package org.chartkeeper.patient;

import java.util.ArrayList;
import java.util.List;
import org.chartkeeper.patient.Demographics.HeldRole;
import org.chartkeeper.patient.Demographics.Name;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.PartialDate;
import org.chartkeeper.platform.PatientId;

/**
 * Patients for tests, in words: {@code aPatient().named("Eleanor", "Whitfield").bornOn("1948-03-11").registeredBy(…)}.
 */
public final class PatientFixture {

    private final Demographics.Builder data = Demographics.builder();
    private final List<Demographics.Mrn> mrns = new ArrayList<>();
    private String family = "Tester";
    private String given = "Terry";
    private String sex = "female";
    private boolean named;

    private PatientFixture() {
        data.birthDate(PartialDate.parse("1970-06-15"));
    }

    public static PatientFixture aPatient() {
        return new PatientFixture();
    }

    public PatientFixture named(String givenName, String familyName) {
        given = givenName;
        family = familyName;
        return this;
    }

    public PatientFixture preferring(String name) {
        data.name(Name.of(NameKind.PREFERRED, family, name));
        return this;
    }

    public PatientFixture formerly(String givenName, String familyName) {
        data.name(Name.of(NameKind.FORMER, familyName, givenName).ended(PartialDate.parse("1990")));
        return this;
    }

    public PatientFixture suppressing(String givenName, String familyName) {
        data.name(Name.of(NameKind.FORMER, familyName, givenName).suppressed(true));
        return this;
    }

    public PatientFixture bornOn(String isoDate) {
        data.birthDate(PartialDate.parse(isoDate));
        return this;
    }

    public PatientFixture withoutBirthDate() {
        data.birthDate(null);
        return this;
    }

    public PatientFixture ofSex(String code) {
        sex = code;
        return this;
    }

    public PatientFixture withMrn(FacilityId facility, String mrn) {
        mrns.add(Demographics.Mrn.of(facility, mrn));
        return this;
    }

    public PatientFixture withPhone(String number) {
        data.telecom(Demographics.Telecom.of(TelecomSystem.PHONE, TelecomUse.HOME, number));
        return this;
    }

    public PatientFixture withIdentifier(String assigner, String value) {
        data.identifier(Demographics.Identifier.of(assigner, value, IdentifierKind.OTHER));
        return this;
    }

    public PatientFixture coveredBy(String payer, String memberId) {
        data.coverage(Demographics.Coverage.of(1, payer, "Choice", memberId, "G-100"));
        return this;
    }

    public PatientFixture livingAt(String street, String city, String state, String zip) {
        data.address(Demographics.Address.of(AddressKind.HOME, street, city, state, zip));
        return this;
    }

    public PatientFixture withContact(String name, Relationship relationship, ContactRole... roles) {
        data.contact(Demographics.Contact.of(
                name,
                relationship,
                null,
                List.of(roles).stream()
                        .map(role -> HeldRole.of(role).provedBy("court order"))
                        .toArray(HeldRole[]::new)));
        return this;
    }

    /** The registration as data, for a form or a change. */
    public Demographics data() {
        if (!named) {
            named = true;
            data.name(Name.of(NameKind.LEGAL, family, given));
            data.sex(SexFact.of(SexFact.Kind.REGISTERED, sex));
            mrns.forEach(data::mrn);
        }
        return data.build();
    }

    /** Registers the patient at a facility, as the system. */
    public PatientId registeredAt(FacilityId facility, Registrations registrations, CurrentActor actors) {
        return actors.asSystem(facility, () -> registrations.register(data(), Filing.statedBy("patient")));
    }
}
