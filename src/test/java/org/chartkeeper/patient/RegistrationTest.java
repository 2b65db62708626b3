package org.chartkeeper.patient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.chartkeeper.patient.PatientFixture.aPatient;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.chartkeeper.patient.Registrations.Newborn;
import org.chartkeeper.patient.Registrations.Unidentified;
import org.chartkeeper.platform.ChainCheck;
import org.chartkeeper.platform.PartialDate;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Problem;
import org.chartkeeper.platform.Rejected;
import org.chartkeeper.platform.Stale;
import org.chartkeeper.testing.TestDatabase;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MvcResult;

class RegistrationTest extends PatientTest {

    @Autowired
    private List<ChainCheck> chains;

    private Map<String, String> typed(String family, String given, String born) {
        Map<String, String> typed = new HashMap<>();
        typed.put("values[family]", family);
        typed.put("values[given]", given);
        typed.put("values[birthDate]", born);
        typed.put("values[sex]", "female");
        return typed;
    }

    // Registering on the page

    @Test
    void registers_a_patient_and_gives_an_mrn_that_checks() throws Exception {
        PatientId patient = registered(send(page("/patients/new"), typed("Halvorsen", "Ingrid", "3/7/1962")));
        Registration registration = registration(patient);
        Demographics data = registration.data();
        assertThat(registration.version()).isEqualTo(1);
        assertThat(data.nameInUse().orElseThrow().full()).isEqualTo("Ingrid Halvorsen");
        assertThat(data.birthDate()).hasToString("1962-03-07");
        assertThat(data.mrns()).hasSize(1);
        assertThat(data.mrns().getFirst().value()).matches("\\d{4}-\\d{4}");
        assertThat(as(
                        specialist,
                        () -> patients.byMrn(facility, data.mrns().getFirst().value())))
                .contains(patient);
    }

    @Test
    void shows_those_who_may_be_the_same_person_before_it_registers() throws Exception {
        PatientId known = register(aPatient().named("Margaret", "Osterhout").bornOn("1955-05-05"));
        long before = count();
        MvcResult asked = send(page("/patients/new"), typed("Osterhaut", "Maggie", "05/05/1955"));
        Document page = html(asked);
        assertThat(page.select("h1").text()).isEqualTo("Is it one of these?");
        assertThat(page.select("tbody a").attr("href")).isEqualTo("/patients/" + known);
        assertThat(count()).isEqualTo(before);

        PatientId other = registered(send(page, Map.of()));
        assertThat(other).isNotEqualTo(known);
        assertThat(registration(other).data().nameInUse().orElseThrow().family())
                .isEqualTo("Osterhaut");
    }

    private long count() {
        return database.sql("select count(*) from mrn where facility_id = ?")
                .param(facility.value())
                .query(Long.class)
                .single();
    }

    @Test
    void registers_once_when_the_form_is_sent_twice() throws Exception {
        Document form = page("/patients/new");
        PatientId first = registered(send(form, typed("Twicelund", "Petra", "4/4/1944")));
        PatientId second = registered(send(form, typed("Twicelund", "Petra", "4/4/1944")));
        assertThat(second).isEqualTo(first);
    }

    @Test
    void answers_bad_input_with_422_a_summary_and_everything_typed() throws Exception {
        Map<String, String> typed = typed("", "Ingrid", "13/45/1962");
        typed.put("values[line1]", "12 Elm St");
        typed.put("values[state]", "ZZ");
        MvcResult result = send(page("/patients/new"), typed);
        Document page = html(result);
        assertThat(result.getResponse().getStatus()).isEqualTo(422);
        assertThat(page.select("#error-summary a").eachText()).anyMatch(text -> text.contains("is no date"));
        String target = page.select("#error-summary a").first().attr("href").substring(1);
        assertThat(page.getElementById(target).attr("aria-invalid")).isEqualTo("true");
        assertThat(page.select("[name=values[line1]]").attr("value")).isEqualTo("12 Elm St");
        assertThat(page.select("[name=values[birthDate]]").attr("value")).isEqualTo("13/45/1962");
        assertThat(page.select("[name=values[sex]] option[selected]").attr("value"))
                .isEqualTo("female");

        typed.put("values[birthDate]", "3/7/1962");
        Document again = html(send(page("/patients/new"), typed));
        assertThat(again.select("#error-summary").text()).contains("no state");
    }

    @Test
    void accepts_what_is_unlikely_with_a_reason_and_keeps_it() throws Exception {
        MvcResult asked = send(page("/patients/new"), typed("Methusalem", "Ruth", "1/1/1912"));
        Document page = html(asked);
        assertThat(asked.getResponse().getStatus()).isEqualTo(422);
        assertThat(page.select(".notice.warn").text()).contains("older than 110 years");
        PatientId patient = registered(send(page, Map.of("acceptedBecause", "Passport seen")));
        RegistrationVersion first =
                actors.asSystem(facility, () -> registrations.history(patient)).getFirst();
        assertThat(first.accepted()).singleElement().asString().contains("110 years", "Passport seen");
    }

    @ParameterizedTest
    @CsvSource({
        "birthDate, 1/1/2099, future",
        "birthDate, 1/1/1850, Nobody is older",
        "homePhone, 123, ten digits",
        "email, nobody, no e-mail",
        "postalCode, 123, ZIP"
    })
    void refuses_what_is_impossible(String field, String value, String message) throws Exception {
        Map<String, String> typed = typed("Impossible", "Ida", "3/7/1962");
        typed.put("values[line1]", "1 Main St");
        typed.put("values[" + field + "]", value);
        MvcResult result = send(page("/patients/new"), typed);
        assertThat(result.getResponse().getStatus()).isEqualTo(422);
        assertThat(html(result).select("#error-summary").text()).contains(message);
    }

    // Changing

    @Test
    void a_change_makes_a_version_that_says_what_changed() throws Exception {
        PatientId patient = register(aPatient().named("Nora", "Vestergaard").withPhone("617-555-0101"));
        Document form = page("/patients/" + patient + "/registration/edit");
        MvcResult saved = send(form, Map.of(labelled(form, "Home phone"), "617-555-0199", "statedBy", "patient"));
        assertThat(saved.getResponse().getStatus()).isEqualTo(303);
        List<RegistrationVersion> history = actors.asSystem(facility, () -> registrations.history(patient));
        assertThat(history).extracting(RegistrationVersion::number).containsExactly(2, 1);
        assertThat(history).allMatch(RegistrationVersion::intact);
        assertThat(history.getFirst().enteredBy()).isEqualTo("Dana Reyes");
        Document page = page("/patients/" + patient + "/registration");
        assertThat(page.select("#history .was").eachText()).contains("617-555-0101");
        assertThat(page.select("#history .now").eachText()).contains("617-555-0199");
    }

    @Test
    void saving_what_did_not_change_makes_no_version() throws Exception {
        PatientId patient = register(aPatient()
                .named("Sven", "Aagard")
                .ofSex("male")
                .withPhone("617-555-0101")
                .livingAt("1 Elm St", "Boston", "MA", "02110"));
        assertThat(send(page("/patients/" + patient + "/registration/edit"), Map.of())
                        .getResponse()
                        .getStatus())
                .isEqualTo(303);
        UUID address = registration(patient).data().addresses().getFirst().id();
        send(page("/patients/" + patient + "/registration/addresses/" + address), Map.of());
        assertThat(registration(patient).version()).isEqualTo(1);
    }

    @Test
    void two_who_change_the_same_field_meet_at_the_conflict_page_and_choose() throws Exception {
        PatientId patient = register(aPatient().named("Olga", "Tvedt").withPhone("617-555-0101"));
        String path = "/patients/" + patient + "/registration/edit";
        Document mine = page(path);
        Document theirs = page(path);
        send(theirs, Map.of("values[homePhone]", "617-555-0202"));
        MvcResult conflict =
                send(mine, Map.of("values[homePhone]", "617-555-0303", "values[mobilePhone]", "617-555-0404"));
        Document page = html(conflict);
        assertThat(conflict.getResponse().getStatus()).isEqualTo(409);
        assertThat(page.select("table.conflict tbody tr").eachText())
                .containsExactly("Home phone 617-555-0101 617-555-0202 617-555-0303");
        assertThat(registration(patient).version()).isEqualTo(2);

        send(page, Map.of("values[homePhone]", "617-555-0303"));
        assertThat(registration(patient).data().telecoms())
                .extracting(Demographics.Telecom::value)
                .containsExactly("617-555-0303", "617-555-0404");
        assertThat(registration(patient).version()).isEqualTo(3);
    }

    @Test
    void changes_of_different_parts_do_not_meet() throws Exception {
        PatientId patient = register(aPatient().named("Olav", "Ruud").withPhone("617-555-0101"));
        Document mine = page("/patients/" + patient + "/registration/edit");
        send(
                page("/patients/" + patient + "/registration/coverages/new"),
                Map.of("values[payer]", "Medicare", "values[memberId]", "1EG4TE5MK73"));
        send(mine, Map.of("values[homePhone]", "617-555-0909"));
        Registration now = registration(patient);
        assertThat(now.version()).isEqualTo(3);
        assertThat(now.data().coverages()).hasSize(1);
        assertThat(now.data().telecoms().getFirst().value()).isEqualTo("617-555-0909");
    }

    @Test
    void a_change_sent_twice_is_made_once() throws Exception {
        PatientId patient = register(aPatient().named("Tor", "Berge"));
        Document form = page("/patients/" + patient + "/registration/contacts/new");
        Map<String, String> typed =
                Map.of("values[name]", "Liv Berge", "values[relationship]", "spouse", "values[role1]", "next-of-kin");
        send(form, typed);
        assertThat(send(form, typed).getResponse().getStatus()).isEqualTo(303);
        assertThat(registration(patient).data().contacts()).hasSize(1);
        assertThat(registration(patient).version()).isEqualTo(2);
    }

    @Test
    void the_service_refuses_what_rests_on_an_older_version() {
        PatientId patient = register(aPatient().named("Per", "Lund"));
        Demographics data = registration(patient).data();
        as(
                specialist,
                () -> registrations.change(
                        patient, 1, data.toBuilder().language("es").build(), Filing.statedBy("patient")));
        assertThatThrownBy(() -> as(
                        specialist,
                        () -> registrations.change(
                                patient, 1, data.toBuilder().language("fr").build(), Filing.statedBy("patient"))))
                .isInstanceOf(Stale.class);
    }

    @Test
    void a_part_of_another_patient_is_not_there() throws Exception {
        PatientId one = register(aPatient().named("Anders", "Moe").livingAt("1 Elm St", "Boston", "MA", "02110"));
        PatientId other = register(aPatient().named("Bente", "Moe"));
        UUID address = registration(one).data().addresses().getFirst().id();
        assertThat(open("/patients/" + other + "/registration/addresses/" + address)
                        .getResponse()
                        .getStatus())
                .isEqualTo(404);
        assertThat(open("/patients/" + UUID.randomUUID() + "/registration")
                        .getResponse()
                        .getStatus())
                .isEqualTo(404);
    }

    // Names, sex, coverage, contacts

    @Test
    void a_new_legal_name_makes_the_old_one_former_and_it_still_finds_the_chart() throws Exception {
        PatientId patient = register(aPatient().named("Astrid", "Kvamme").bornOn("1980-08-08"));
        Document form = page("/patients/" + patient + "/registration/names/new");
        send(
                form,
                Map.of(
                        "values[family]", "Rosenqvist",
                        "values[given]", "Astrid",
                        "values[from]", "t-3",
                        "values[proof]", "Marriage certificate"));
        Demographics data = registration(patient).data();
        assertThat(data.nameInUse().orElseThrow().family()).isEqualTo("Rosenqvist");
        assertThat(data.names())
                .filteredOn(name -> name.kind() == NameKind.FORMER)
                .singleElement()
                .satisfies(name -> assertThat(name.family()).isEqualTo("Kvamme"))
                .satisfies(name -> assertThat(name.until()).isNotNull());
        assertThat(as(specialist, () -> search.search(actors.get(), "Kvamme", 10))
                        .hits()
                        .getFirst()
                        .formerly())
                .isEqualTo("Kvamme, Astrid");
        assertThat(actors.asSystem(facility, () -> registrations.history(patient))
                        .getFirst()
                        .kind())
                .isEqualTo("name change");
    }

    @Test
    void a_changed_sex_keeps_the_facts_apart_and_dated() throws Exception {
        PatientId patient = register(aPatient().named("Robin", "Falk").ofSex("male"));
        send(
                page("/patients/" + patient + "/registration/sex/new"),
                Map.of("values[kind]", "registered", "values[value]", "female", "values[from]", "9/1/2026"));
        send(
                page("/patients/" + patient + "/registration/sex/new"),
                Map.of(
                        "values[kind]", "clinical",
                        "values[value]", "specified",
                        "values[note]", "Prostate present"));
        Demographics data = registration(patient).data();
        assertThat(data.sex(SexFact.Kind.REGISTERED).orElseThrow().value()).isEqualTo("female");
        assertThat(data.sex(SexFact.Kind.CLINICAL).orElseThrow().note()).isEqualTo("Prostate present");
        assertThat(data.sex())
                .filteredOn(fact -> fact.until() != null)
                .singleElement()
                .satisfies(fact -> assertThat(fact.value()).isEqualTo("male"))
                .satisfies(fact -> assertThat(fact.until()).hasToString("2026-09-01"));
        MvcResult wrong = send(
                page("/patients/" + patient + "/registration/sex/new"),
                Map.of("values[kind]", "registered", "values[value]", "nonbinary"));
        assertThat(wrong.getResponse().getStatus()).isEqualTo(422);
    }

    @Test
    void authority_over_a_patient_shows_among_the_marks_while_it_is_in_force() {
        PatientId child = register(aPatient()
                .named("Mia", "Holm")
                .bornOn("2018-05-05")
                .withContact("Kari Holm", Relationship.MOTHER, ContactRole.CUSTODY_SHARED)
                .withContact("Court Services", Relationship.AGENCY, ContactRole.GUARDIAN)
                .withContact("Ole Holm", Relationship.FATHER, ContactRole.NO_CONTACT));
        assertThat(as(specialist, () -> patients.find(child)).orElseThrow().marks())
                .contains("Guardian: Court Services", "Legal restriction: no contact by court order", "Shared custody");
    }

    @Test
    void an_authority_without_its_document_is_asked_about() throws Exception {
        PatientId patient = register(aPatient().named("Gerd", "Strand"));
        MvcResult asked = send(
                page("/patients/" + patient + "/registration/contacts/new"),
                Map.of("values[name]", "Nils Strand", "values[role1]", "proxy"));
        assertThat(asked.getResponse().getStatus()).isEqualTo(422);
        assertThat(html(asked).select(".notice.warn").text()).contains("without the document");
    }

    @Test
    void returned_mail_is_marked_on_the_banner_and_in_the_history() throws Exception {
        PatientId patient =
                register(aPatient().named("Rune", "Dahl").ofSex("male").livingAt("9 Oak St", "Boston", "MA", "02110"));
        UUID address = registration(patient).data().addresses().getFirst().id();
        send(
                page("/patients/" + patient + "/registration/addresses/" + address),
                Map.of("values[returnedSince]", "t-1"));
        assertThat(as(specialist, () -> patients.find(patient)).orElseThrow().marks())
                .containsExactly("Returned mail");
        assertThat(page("/patients/" + patient + "/registration")
                        .select("#history")
                        .text())
                .contains("mail returned since");
    }

    @Test
    void an_npi_that_does_not_check_is_refused() throws Exception {
        PatientId patient = register(aPatient().named("Unni", "Berg"));
        String path = "/patients/" + patient + "/registration/care-team/new";
        MvcResult wrong = send(page(path), Map.of("values[name]", "Dr. Away", "values[npi]", "1234567890"));
        assertThat(html(wrong).select("#error-summary").text()).contains("no NPI");
        MvcResult right = send(page(path), Map.of("values[name]", "Dr. Away", "values[npi]", "1234567893"));
        assertThat(right.getResponse().getStatus()).isEqualTo(303);
        assertThat(as(specialist, () -> patients.find(patient)).orElseThrow().pcp())
                .isEqualTo("Dr. Away");
    }

    @Test
    void a_number_that_another_patient_carries_is_refused() {
        String assigner = "http://state.example/" + facility;
        register(aPatient().named("Ulf", "Krog").withIdentifier(assigner, "S-1"));
        assertThatThrownBy(() -> register(aPatient().named("Tone", "Vik").withIdentifier(assigner, "S-1")))
                .isInstanceOf(Rejected.class);
        assertThatThrownBy(() -> register(aPatient()
                        .named("Tone", "Vik")
                        .withMrn(facility, "00" + mrnOf("Ulf Krog").replace("-", ""))))
                .isInstanceOf(Rejected.class);
    }

    private String mrnOf(String words) {
        return as(specialist, () -> search.search(actors.get(), words, 1))
                .hits()
                .getFirst()
                .patient()
                .mrns()
                .getFirst()
                .value();
    }

    // Unidentified patients

    @Test
    void an_unidentified_patient_is_registered_in_one_step_under_a_name_of_its_own() throws Exception {
        Document form = page("/patients/new/unidentified");
        PatientId one = registered(send(form, Map.of("values[estimatedAge]", "40", "values[note]", "Found at 5th St")));
        PatientId other = registered(send(page("/patients/new/unidentified"), Map.of()));
        PatientSummary first = as(specialist, () -> patients.find(one)).orElseThrow();
        PatientSummary second = as(specialist, () -> patients.find(other)).orElseThrow();
        assertThat(first.identityUnknown()).isTrue();
        assertThat(first.marks()).contains("Identity unknown");
        assertThat(first.label()).isNotEqualTo(second.label()).startsWith("Unidentified, ");
        assertThat(first.birthDate())
                .isEqualTo(Integer.toString(LocalDate.now(ZoneOffset.UTC).getYear() - 40));
        assertThat(as(specialist, () -> registrations.likely(registration(one).data())))
                .isEmpty();
        assertThat(as(specialist, () -> registrations.unidentified(facility, 10)))
                .extracting(Registrations.Waiting::id)
                .contains(one, other);
    }

    private PatientId unidentified() {
        return actors.asSystem(
                facility,
                () -> registrations.registerUnidentified(
                        new Unidentified("male", null, null), Filing.statedBy("staff")));
    }

    @Test
    void identifying_somebody_new_keeps_the_alias_as_an_alias() throws Exception {
        PatientId patient = unidentified();
        String alias = registration(patient).data().nameInUse().orElseThrow().given();
        Document form = page("/patients/" + patient + "/identify");
        Map<String, String> typed = typed("Abernathy", "Miles", "2/2/1982");
        typed.put("values[sex]", "male");
        assertThat(send(form, typed).getResponse().getStatus()).isEqualTo(422);
        typed.put("values[evidence]", "Recognized by his brother");
        assertThat(send(form, typed).getResponse().getStatus()).isEqualTo(303);
        Demographics data = registration(patient).data();
        assertThat(data.identityUnknown()).isFalse();
        assertThat(data.nameInUse().orElseThrow().full()).isEqualTo("Miles Abernathy");
        assertThat(data.names()).noneMatch(name -> name.kind() == NameKind.FORMER);
        assertThat(as(specialist, () -> search.search(actors.get(), alias, 5)).hits())
                .extracting(hit -> hit.patient().id())
                .contains(patient);
    }

    @Test
    void identifying_by_an_existing_chart_links_both_at_once() throws Exception {
        PatientId known =
                register(aPatient().named("Jonas", "Lindgren").ofSex("male").bornOn("1979-09-09"));
        PatientId patient = unidentified();
        Document form = page("/patients/" + patient + "/identify");
        String mrn = registration(known).data().mrns().getFirst().value().replace("-", "");
        MvcResult wrong = send(form, Map.of("values[evidence]", "License", "values[existing]", "999999"));
        assertThat(html(wrong).select("#error-summary").text()).contains("No patient with this MRN");
        send(form, Map.of("values[evidence]", "Driver's license in the coat", "values[existing]", mrn));
        assertThat(registration(patient).probableChart()).isEqualTo(known);
        assertThat(as(specialist, () -> patients.find(patient)).orElseThrow().marks())
                .contains("Identity unknown", "Probable chart linked, merge pending");
    }

    // Newborns

    @Test
    void a_newborn_is_registered_from_the_mother_and_linked_both_ways() throws Exception {
        PatientId mother = register(aPatient()
                .named("Eleanor", "Tangen")
                .bornOn("1995-01-01")
                .livingAt("3 Birch St", "Boston", "MA", "02110"));
        Document form = page("/patients/" + mother + "/newborn");
        PatientId child = registered(send(
                form,
                Map.of(
                        "values[birthDate]", "t-1",
                        "values[birthTime]", "3:52 am",
                        "values[sex]", "female",
                        "values[weeks]", "38",
                        "values[days]", "4",
                        "values[weight]", "7 lb 2 oz")));
        Demographics data = registration(child).data();
        assertThat(data.nameInUse().orElseThrow().given()).isEqualTo("Girl of Eleanor");
        assertThat(data.birthTime()).isNotNull();
        assertThat(data.birth()).isEqualTo(new Demographics.Birth(1, 1, 270, 3232));
        assertThat(data.addresses().getFirst().oneLine()).contains("3 Birch St");
        assertThat(registration(child).related())
                .extracting(Registration.Related::kind)
                .containsExactly("Mother");
        assertThat(registration(mother).related())
                .extracting(Registration.Related::id)
                .containsExactly(child);
    }

    @Test
    void twins_are_linked_named_apart_and_no_duplicates_of_each_other() {
        PatientId mother = register(aPatient().named("Ida", "Solberg").bornOn("1996-06-06"));
        Instant born = Instant.parse("2026-11-20T08:00:00Z");
        PatientId first = newborn(mother, "male", born, 1);
        PatientId second = newborn(mother, "male", born.plusSeconds(420), 2);
        assertThat(registration(first).data().nameInUse().orElseThrow().given()).isEqualTo("Boy A of Ida");
        assertThat(registration(second).data().nameInUse().orElseThrow().given())
                .isEqualTo("Boy B of Ida");
        assertThat(registration(second).related())
                .extracting(Registration.Related::kind)
                .containsExactlyInAnyOrder("Twin", "Mother");
        assertThat(as(
                        specialist,
                        () -> registrations.likely(registration(second).data())))
                .extracting(one -> one.patient().id())
                .doesNotContain(first);
        assertThat(as(specialist, () -> search.search(actors.get(), "Solberg Boy A", 5))
                        .hits()
                        .getFirst()
                        .sameName())
                .isTrue();
    }

    private PatientId newborn(PatientId mother, String sex, Instant born, int order) {
        return actors.asSystem(
                facility,
                () -> registrations.registerNewborn(
                        mother, new Newborn(sex, born, order, 2, 259, 2600, null), Filing.statedBy("staff")));
    }

    @Test
    void a_newborns_final_name_ends_the_temporary_one_which_is_no_former_name() throws Exception {
        PatientId mother = register(aPatient().named("Tuva", "Haugen").bornOn("1996-06-06"));
        PatientId child = newborn(mother, "female", Instant.parse("2026-11-21T08:00:00Z"), 1);
        send(
                page("/patients/" + child + "/registration/names/new"),
                Map.of("values[family]", "Haugen", "values[given]", "Selma"));
        Demographics data = registration(child).data();
        assertThat(data.nameInUse().orElseThrow().given()).isEqualTo("Selma");
        assertThat(data.names()).extracting(Demographics.Name::kind).containsExactly(NameKind.NEWBORN, NameKind.LEGAL);
        assertThat(data.names().getFirst().until()).isNotNull();
        assertThat(as(specialist, () -> search.search(actors.get(), "Haugen Girl", 5))
                        .hits()
                        .getFirst()
                        .formerly())
                .isNull();
    }

    // Evidence

    @Test
    void versions_chain_and_a_change_behind_the_back_shows() throws SQLException {
        PatientId patient = register(aPatient().named("Vera", "Chain"));
        Demographics data = registration(patient).data();
        as(
                specialist,
                () -> registrations.change(
                        patient, 1, data.toBuilder().language("es").build(), Filing.statedBy("patient")));
        assertThat(actors.asSystem(facility, () -> registrations.history(patient)))
                .allMatch(RegistrationVersion::intact);
        try (Connection owner = TestDatabase.owner();
                Statement statement = owner.createStatement()) {
            statement.execute("alter table patient_version disable trigger patient_version_append_only");
            statement.execute("update patient_version set stated_by = 'nobody' where number = 1 and patient_id = '"
                    + patient + "'");
            statement.execute("alter table patient_version enable trigger patient_version_append_only");
        }
        assertThat(actors.asSystem(facility, () -> registrations.history(patient)))
                .extracting(RegistrationVersion::intact)
                .containsExactly(true, false);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            content = replace(content::text, 'Chain', 'Chaim')::json             | 2, the version is not what its hash says
            kind = 'registeree'                                                  | 2, the version is not what its hash says
            facility_id = '00000000-0000-7000-8000-0000000000ff'                 | 2, the version is not what its hash says
            stated_by = concat(stated_by, '.')                                      | 2, the version is not what its hash says
            entered_by = '00000000-0000-7000-8000-0000000000ff'                  | 2, the version is not what its hash says
            entered_at = entered_at + interval '1 microsecond'                   | 2, the version is not what its hash says
            reason = 'because'                                                   | 2, the version is not what its hash says
            accepted = '{"warnings":["old"],"because":"seen"}'                   | 2, the version is not what its hash says
            source = 'elsewhere'                                                 | 2, the version is not what its hash says
            predecessor = reverse(predecessor)                                   | 2, it does not name the hash of the version before it
            hash = reverse(hash)                                                 | 3, it does not name the hash of the version before it
            number = 9                                                           | 3, version 2 is missing before it
            audit_event = '00000000-0000-7000-8000-0000000000ff'                 | 2, the audit trail has no event that made it
            """)
    void one_changed_byte_of_a_version_is_found_and_named(String set, String finding) throws SQLException {
        PatientId patient = register(aPatient().named("Vera", "Chain"));
        for (int version = 1; version <= 2; version++) {
            int on = version;
            Demographics data = registration(patient).data();
            as(
                    specialist,
                    () -> registrations.change(
                            patient,
                            on,
                            data.toBuilder().language(on == 1 ? "es" : "fr").build(),
                            Filing.statedBy("patient")));
        }
        assertThat(findings(patient)).isEmpty();
        owner(
                "update patient_version set " + set + " where number = 2 and patient_id = '" + patient + "'",
                "alter table patient_version disable trigger patient_version_append_only",
                "alter table patient_version enable trigger patient_version_append_only");
        assertThat(findings(patient)).contains(finding);
    }

    @Test
    void a_patient_who_does_not_stand_at_the_newest_version_is_found() throws SQLException {
        PatientId patient = register(aPatient().named("Vera", "Behind"));
        owner("update patient set version = 7 where id = '" + patient + "'", "select 1", "select 1");
        assertThat(findings(patient)).containsExactly("0, the patient stands at version 7, the newest is 1");
    }

    private static void owner(String change, String before, String after) throws SQLException {
        try (Connection owner = TestDatabase.owner();
                Statement statement = owner.createStatement()) {
            statement.execute(before);
            assertThat(statement.executeUpdate(change)).isEqualTo(1);
            statement.execute(after);
        }
    }

    private List<String> findings(PatientId patient) {
        ChainCheck check = chains.stream()
                .filter(chain -> chain.subject().equals("registration"))
                .findFirst()
                .orElseThrow();
        return actors.asSystem(facility, check::check).findings().stream()
                .filter(finding -> finding.id().equals(patient.toString()))
                .map(finding -> finding.version() + ", " + finding.what())
                .toList();
    }

    @Test
    void the_application_can_neither_change_nor_delete_a_version() throws SQLException {
        register(aPatient().named("Vera", "Guard"));
        try (Connection application = TestDatabase.application();
                Statement statement = application.createStatement()) {
            assertThatThrownBy(() -> statement.execute("update patient_version set kind = 'x'"))
                    .hasMessageContaining("permission denied");
            assertThatThrownBy(() -> statement.execute("delete from patient_version"))
                    .hasMessageContaining("permission denied");
        }
        try (Connection owner = TestDatabase.owner();
                Statement statement = owner.createStatement()) {
            assertThatThrownBy(() -> statement.execute("delete from patient_version"))
                    .hasMessageContaining("append-only");
        }
    }

    @Test
    void every_version_names_its_audit_event() {
        PatientId patient = register(aPatient().named("Vera", "Audit"));
        assertThat(database.sql("""
                        select e.action || ' ' || e.subject_version from patient_version v
                          join audit_event e on e.id = v.audit_event and e.patient_id = v.patient_id
                         where v.patient_id = ?
                        """).param(patient.value()).query(String.class).list())
                .containsExactly("patient.register 1");
    }

    @Test
    void the_face_sheet_shows_what_is_in_force() throws Exception {
        PatientId patient = register(aPatient()
                .named("Frida", "Sheet")
                .coveredBy("Medicare", "1EG4")
                .withContact("Finn Sheet", Relationship.SPOUSE, ContactRole.NEXT_OF_KIN));
        Document page = page("/patients/" + patient + "/face-sheet");
        assertThat(page.select("main").text()).contains("Frida Sheet", "Medicare", "Finn Sheet", "Next of kin");
    }

    @Test
    void a_problem_names_its_field() {
        List<Problem> problems = as(
                specialist,
                () -> registrations.check(
                        null,
                        Demographics.builder()
                                .birthDate(PartialDate.parse("2099-01-01"))
                                .build()));
        assertThat(problems)
                .filteredOn(problem -> !problem.warning())
                .extracting(Problem::field)
                .contains("family", "birthDate");
    }

    @Test
    void a_coder_may_read_but_not_change() throws Exception {
        PatientId patient = register(aPatient().named("Kim", "Coder"));
        String coder = someone("coder", facility);
        assertThatThrownBy(() -> as(
                        coder,
                        () -> registrations.change(
                                patient,
                                1,
                                registration(patient).data().toBuilder()
                                        .language("es")
                                        .build(),
                                Filing.statedBy("patient"))))
                .isInstanceOf(org.chartkeeper.platform.NotAllowed.class);
        assertThat(as(coder, () -> search.search(actors.get(), "Kim Coder", 5)).hits())
                .hasSize(1);
    }

    @Test
    void a_form_without_its_token_changes_nothing() throws Exception {
        PatientId patient = register(aPatient().named("Kim", "Token"));
        assertThat(mvc.perform(post("/patients/" + patient + "/registration/edit")
                                .with(user(specialist))
                                .with(csrf().useInvalidToken())
                                .param("version", "1"))
                        .andReturn()
                        .getResponse()
                        .getStatus())
                .isEqualTo(403);
        assertThat(Set.of(registration(patient).version())).containsExactly(1);
    }
}
