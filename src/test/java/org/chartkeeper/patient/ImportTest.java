package org.chartkeeper.patient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chartkeeper.patient.PatientFixture.aPatient;

import java.util.List;
import java.util.UUID;
import org.chartkeeper.patient.ImportedPatient.Address;
import org.chartkeeper.patient.ImportedPatient.Identifier;
import org.chartkeeper.patient.ImportedPatient.Name;
import org.chartkeeper.patient.ImportedPatient.Telecom;
import org.chartkeeper.patient.Patients.Imported;
import org.chartkeeper.patient.Patients.Imported.Outcome;
import org.chartkeeper.patient.Patients.ImportedCoverage;
import org.chartkeeper.patient.Patients.ImportedRelated;
import org.chartkeeper.platform.PatientId;
import org.junit.jupiter.api.Test;

class ImportTest extends PatientTest {

    private final String source = "clinic-" + UUID.randomUUID();

    private ImportedPatient zemlak(String id, String phone, String hash) {
        return new ImportedPatient(
                id,
                List.of(
                        new Identifier("https://synthea.example/" + source, id, ""),
                        new Identifier("http://hl7.org/fhir/sid/us-ssn/" + source, "999-15-" + id, "SS")),
                List.of(
                        new Name("official", "Zemlak964", "Adriane398 Roy364", "Mrs.", null, null, null),
                        new Name("maiden", "Dooley940", "Adriane398 Roy364", null, null, null, null)),
                "1973-11-10",
                "female",
                "F",
                List.of("2106-3"),
                "2186-5",
                "en-US",
                "M",
                null,
                List.of(new Address(null, List.of("450 Little Grove"), "Plainville", "MA", "02762", "US", null, null)),
                List.of(new Telecom("phone", phone, "home")),
                false,
                null,
                hash);
    }

    private Imported take(ImportedPatient patient) {
        return actors.asSystem(facility, () -> patients.importPatient(patient, facility, source));
    }

    @Test
    void stores_a_new_patient_with_an_mrn_here() {
        Imported imported = take(zemlak("1", "555-112-6401", "a"));
        assertThat(imported.outcome()).isEqualTo(Outcome.STORED);
        Demographics data = registration(imported.id()).data();
        assertThat(data.nameInUse().orElseThrow().full()).isEqualTo("Mrs. Adriane398 Roy364 Zemlak964");
        assertThat(data.names()).extracting(Demographics.Name::kind).containsExactly(NameKind.LEGAL, NameKind.BIRTH);
        assertThat(data.races()).containsExactly(Race.WHITE);
        assertThat(data.sex(SexFact.Kind.AT_BIRTH).orElseThrow().value()).isEqualTo("female");
        assertThat(data.mrns()).hasSize(1);
        assertThat(as(specialist, () -> search.search(actors.get(), "zemlak adriane 11/10/1973", 50))
                        .hits())
                .extracting(hit -> hit.patient().id())
                .contains(imported.id());
        assertThat(as(specialist, () -> search.search(actors.get(), "Dooley940", 50))
                        .hits())
                .extracting(hit -> hit.patient().id())
                .contains(imported.id());
        assertThat(actors.asSystem(facility, () -> patients.byIdentifier("https://synthea.example/" + source, "1")))
                .contains(imported.id());
    }

    @Test
    void the_same_again_changes_nothing() {
        Imported first = take(zemlak("2", "555-112-6402", "a"));
        Imported second = take(zemlak("2", "555-112-6402", "a"));
        assertThat(second.outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(second.id()).isEqualTo(first.id());
        assertThat(registration(first.id()).version()).isEqualTo(1);
    }

    @Test
    void a_changed_one_becomes_a_version_that_shows_what_changed_alone() {
        Imported first = take(zemlak("3", "555-112-6403", "a"));
        Imported second = take(zemlak("3", "555-112-9999", "b"));
        assertThat(second.outcome()).isEqualTo(Outcome.UPDATED);
        RegistrationVersion version = actors.asSystem(facility, () -> registrations.history(first.id()))
                .getFirst();
        assertThat(version.number()).isEqualTo(2);
        assertThat(version.differences())
                .extracting(RegistrationVersion.Difference::field)
                .containsOnly("Home phone");
    }

    @Test
    void one_that_was_changed_here_stays_as_it_is() {
        Imported first = take(zemlak("4", "555-112-6404", "a"));
        Demographics data = registration(first.id()).data();
        as(
                specialist,
                () -> registrations.change(
                        first.id(), 1, data.toBuilder().interpreter(true).build(), Filing.statedBy("patient")));
        Imported second = take(zemlak("4", "555-112-9998", "b"));
        assertThat(second.outcome()).isEqualTo(Outcome.KEPT);
        assertThat(registration(first.id()).data().telecoms().getFirst().value())
                .isEqualTo("555-112-6404");
    }

    @Test
    void one_who_carries_an_identifier_known_here_is_that_patient() {
        PatientId known = register(aPatient()
                .named("Adriane", "Zemlak")
                .bornOn("1973-11-10")
                .withIdentifier("https://synthea.example/" + source, "5"));
        Imported imported = take(zemlak("5", "555-112-6405", "a"));
        assertThat(imported.id()).isEqualTo(known);
        assertThat(registration(known).data().nameInUse().orElseThrow().family())
                .isEqualTo("Zemlak");
        assertThat(take(zemlak("5", "555-112-6405", "a")).outcome()).isEqualTo(Outcome.UNCHANGED);
    }

    @Test
    void one_who_is_merely_alike_is_another_and_is_noted() {
        PatientId alike = register(
                aPatient().named("Adriane", "Zemlak").bornOn("1973-11-10").withPhone("617-555-6406"));
        Imported imported = take(zemlak("6", "617-555-6406", "a"));
        assertThat(imported.id()).isNotEqualTo(alike);
        assertThat(imported.likelyDuplicates()).contains(alike);
    }

    @Test
    void coverage_and_related_persons_replace_those_of_the_same_source_and_id() {
        PatientId patient = take(zemlak("7", "555-112-6407", "a")).id();
        coverage(patient, "Medicaid");
        coverage(patient, "Medicare");
        actors.asSystem(facility, () -> {
            patients.importRelated(
                    patient, source, List.of(new ImportedRelated("r1", "Roy Zemlak", "Spouse", null, null, null)));
            return true;
        });
        Demographics data = registration(patient).data();
        assertThat(data.coverages()).extracting(Demographics.Coverage::payer).containsExactly("Medicare");
        assertThat(data.contacts()).extracting(Demographics.Contact::name).containsExactly("Roy Zemlak");
        // The import itself changed it: that does not count as a change by a person.
        assertThat(take(zemlak("7", "555-112-7777", "b")).outcome()).isEqualTo(Outcome.UPDATED);
        assertThat(registration(patient).data().coverages()).hasSize(1);
    }

    private void coverage(PatientId patient, String payer) {
        actors.asSystem(facility, () -> {
            patients.importCoverage(
                    patient,
                    source,
                    List.of(new ImportedCoverage(
                            "c1", payer, "Plan", "M-1", null, "Adriane Zemlak", "self", "2020", null)));
            return true;
        });
    }
}
