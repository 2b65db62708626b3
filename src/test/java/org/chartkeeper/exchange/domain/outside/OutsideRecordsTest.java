package org.chartkeeper.exchange.domain.outside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chartkeeper.patient.PatientFixture.aPatient;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.chartkeeper.access.Access;
import org.chartkeeper.access.House;
import org.chartkeeper.access.Provisioning;
import org.chartkeeper.chart.ChartWriter;
import org.chartkeeper.chart.Concept;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.EntryCommand;
import org.chartkeeper.patient.Registrations;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.testing.ChartkeeperTest;
import org.chartkeeper.testing.StatementCounter;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@ChartkeeperTest
class OutsideRecordsTest {

    @Autowired
    private MockMvc http;

    @Autowired
    private Provisioning provisioning;

    @Autowired
    private Access access;

    @Autowired
    private CurrentActor actors;

    @Autowired
    private Registrations registrations;

    @Autowired
    private ChartWriter writer;

    @Autowired
    private StatementCounter statements;

    @Autowired
    private JdbcClient database;

    private House house;
    private TransactionTemplate transaction;
    private PatientId eleanor;
    private String path;

    @BeforeEach
    void chart(@Autowired PlatformTransactionManager transactions) {
        transaction = new TransactionTemplate(transactions);
        house = House.shared(provisioning, access, actors, transaction);
        eleanor = aPatient()
                .named("Eleanor", "Whitfield")
                .bornOn("1948-03-11")
                .registeredAt(house.here, registrations, actors);
        path = "/patients/" + eleanor + "/outside";
        ours(new Content.Allergy(
                "allergy",
                "medication",
                Concept.of("Penicillin"),
                "active",
                "confirmed",
                "high",
                List.of(new Content.Reaction("anaphylaxis", "severe")),
                null,
                null));
        ours(new Content.Condition(
                false,
                Concept.of(Concept.ICD10CM, "E11.9", "Type 2 diabetes"),
                "active",
                "confirmed",
                null,
                "2011",
                null,
                null,
                null));
        ours(new Content.Allergy(
                "allergy",
                "medication",
                Concept.of("Sulfonamides"),
                "active",
                "confirmed",
                null,
                List.of(),
                null,
                null));
    }

    private void ours(Content content) {
        Instant at = Instant.parse("2020-01-01T12:00:00Z");
        actors.asSystem(
                house.here,
                () -> transaction.execute(status -> writer.write(List.of(new EntryCommand(
                        EntryCommand.VersionKind.ORIGINAL,
                        null,
                        null,
                        eleanor,
                        house.here,
                        null,
                        content,
                        at,
                        "day",
                        new EntryCommand.Statement("outside", null, "an earlier place", at, null),
                        new EntryCommand.Source("import", null, null),
                        null,
                        "",
                        true)))));
    }

    private MockHttpServletResponse send(byte[] file, String samePerson) throws Exception {
        return http.perform(multipart(path)
                        .file(new MockMultipartFile("file", "../../whitfield.xml", "text/xml", file))
                        .param("samePerson", samePerson)
                        .with(csrf())
                        .with(user(house.login("records-specialist"))))
                .andReturn()
                .getResponse();
    }

    private String received() throws Exception {
        return String.valueOf(send(CcdaReaderTest.whitfield(), "").getRedirectedUrl());
    }

    private Document page(String address, String role) throws Exception {
        MockHttpServletResponse answer = http.perform(get(address).with(user(house.login(role))))
                .andReturn()
                .getResponse();
        assertThat(answer.getStatus()).as(address).isEqualTo(200);
        return Jsoup.parse(answer.getContentAsString());
    }

    private MockHttpServletResponse decide(String record, String... namesAndValues) throws Exception {
        Document page = page(record, "records-specialist");
        MockHttpServletRequestBuilder request = post(record)
                .with(csrf())
                .with(user(house.login("records-specialist")))
                .param("version", page.select("input[name=version]").val());
        for (int i = 0; i < namesAndValues.length; i += 2) {
            request.param(namesAndValues[i], namesAndValues[i + 1]);
        }
        return http.perform(request).andReturn().getResponse();
    }

    private int entries() {
        return database.sql("select count(*) from entry where patient_id = ?")
                .param(eleanor.value())
                .query(Integer.class)
                .single();
    }

    @Test
    void a_record_is_laid_beside_the_chart_and_nothing_is_written() throws Exception {
        int before = entries();
        Document page = page(received(), "records-specialist");
        assertThat(page.select("h1").text()).startsWith("Continuity of Care Document");
        Element allergy = page.getElementById("allergy-1");
        assertThat(allergy.text())
                .contains("penicillin", "Penicillin", "same ingredient", "merging adds")
                .contains("reaction Hives");
        assertThat(page.getElementById("problem-1").text()).contains("same code");
        assertThat(page.getElementById("medication-1").text()).contains("not in our chart");
        assertThat(page.select("tr.alone").text()).contains("Sulfonamides");
        assertThat(entries()).isEqualTo(before);
    }

    @Test
    void an_accepted_line_stands_in_the_chart_as_stated_outside() throws Exception {
        String record = received();
        assertThat(decide(record, "what[medication-1]", "accept").getStatus()).isEqualTo(302);
        assertThat(page("/patients/" + eleanor + "/medications", "records-specialist")
                        .text())
                .contains("atorvastatin 40 MG Oral Tablet [Lipitor]", "Lakeside Clinic");
        assertThat(page(record, "records-specialist")
                        .getElementById("medication-1")
                        .text())
                .contains("Accepted");
    }

    @Test
    void a_fhir_bundle_is_laid_beside_the_chart_and_taken_over_line_by_line() throws Exception {
        String bundle = """
                {"resourceType":"Bundle","type":"collection","entry":[
                 {"resource":{"resourceType":"Patient","id":"p","name":[{"family":"Whitfield","given":["Eleanor"]}],
                  "birthDate":"1948-03-11","gender":"female"}},
                 {"resource":{"resourceType":"Organization","id":"o","name":"Lakeside Clinic"}},
                 {"resource":{"resourceType":"AllergyIntolerance","id":"a","patient":{"reference":"Patient/p"},
                  "clinicalStatus":{"coding":[{"code":"active"}]},"code":{"text":"Penicillin"},
                  "reaction":[{"manifestation":[{"text":"Hives"}]}]}},
                 {"resource":{"resourceType":"Condition","id":"c","subject":{"reference":"Patient/p"},
                  "clinicalStatus":{"coding":[{"code":"active"}]},"code":{"text":"Gout","coding":[
                   {"system":"http://hl7.org/fhir/sid/icd-10-cm","code":"M10.9","display":"Gout, unspecified"}]}}}]}
                """;
        String record = String.valueOf(send(bundle.getBytes(java.nio.charset.StandardCharsets.UTF_8), "")
                .getRedirectedUrl());
        Document page = page(record, "records-specialist");
        assertThat(page.getElementById("allergy-1").text()).contains("merging adds reaction Hives");
        assertThat(page.getElementById("problem-1").text()).contains("not in our chart");
        assertThat(decide(record, "what[problem-1]", "accept").getStatus()).isEqualTo(302);
        assertThat(page("/patients/" + eleanor + "/problems", "records-specialist")
                        .text())
                .contains("Gout", "Lakeside Clinic");
    }

    @Test
    void merging_adds_to_ours_and_waits_for_the_chosen_signature() throws Exception {
        String record = received();
        assertThat(Jsoup.parse(decide(record, "what[allergy-1]", "merge").getContentAsString())
                        .select("#error-summary")
                        .text())
                .contains("Choose who signs");
        String signer = page(record, "records-specialist")
                .select("select#signer option[value]:not([value=''])")
                .first()
                .val();
        assertThat(decide(record, "what[allergy-1]", "merge", "signer", signer).getStatus())
                .isEqualTo(302);
        assertThat(page("/patients/" + eleanor + "/allergies", "records-specialist")
                        .text())
                .contains("anaphylaxis", "Hives");
        assertThat(database.sql("""
                                select signature_state || ' ' || current_version from entry
                                 where patient_id = ? and title = 'Penicillin'
                                """).param(eleanor.value()).query(String.class).single())
                .isEqualTo("unsigned 2");
    }

    @Test
    void a_line_is_rejected_with_a_reason_alone() throws Exception {
        String record = received();
        MockHttpServletResponse refused = decide(record, "what[result-1]", "reject", "what[medication-1]", "accept");
        assertThat(refused.getStatus()).isEqualTo(422);
        Document page = Jsoup.parse(refused.getContentAsString());
        assertThat(page.getElementById("result-1").select(".wrong").text()).contains("Say why");
        assertThat(page.select("select[name='what[medication-1]'] option[selected]")
                        .val())
                .as("what was chosen is kept")
                .isEqualTo("accept");
        int before = entries();
        assertThat(decide(record, "what[result-1]", "reject", "why[result-1]", "out of date")
                        .getStatus())
                .isEqualTo(302);
        assertThat(entries()).isEqualTo(before);
        assertThat(page(record, "records-specialist").getElementById("result-1").text())
                .contains("Rejected", "out of date");
    }

    @Test
    void what_somebody_else_decided_meanwhile_is_not_decided_again() throws Exception {
        String record = received();
        decide(record, "what[medication-1]", "accept");
        MockHttpServletResponse late = http.perform(post(record)
                        .with(csrf())
                        .with(user(house.login("records-specialist")))
                        .param("version", "0")
                        .param("what[problem-1]", "keep"))
                .andReturn()
                .getResponse();
        assertThat(late.getStatus()).isEqualTo(422);
        assertThat(late.getContentAsString()).contains("meanwhile");
    }

    @Test
    void the_same_document_again_opens_the_same_reconciliation() throws Exception {
        assertThat(received()).isEqualTo(received());
        assertThat(page(path, "records-specialist").select("main tbody tr")).hasSize(1);
    }

    @Test
    void a_document_about_somebody_else_is_refused_until_it_is_said_why() throws Exception {
        byte[] other = new String(CcdaReaderTest.whitfield(), StandardCharsets.UTF_8)
                .replace("19480311", "19511102")
                .getBytes(StandardCharsets.UTF_8);
        MockHttpServletResponse refused = send(other, "");
        assertThat(refused.getStatus()).isEqualTo(422);
        assertThat(Jsoup.parse(refused.getContentAsString())
                        .select("#error-summary")
                        .text())
                .contains("born 1951-11-02", "the birth date here is 1948-03-11");
        String record = String.valueOf(
                send(other, "typing error there, confirmed by telephone").getRedirectedUrl());
        assertThat(page(record, "records-specialist").select(".notice.warn").text())
                .contains("Not as here", "confirmed by telephone");
    }

    @Test
    void what_is_no_document_is_refused_and_nothing_is_kept() throws Exception {
        MockHttpServletResponse refused = send("<a/>".getBytes(StandardCharsets.UTF_8), "");
        assertThat(refused.getStatus()).isEqualTo(422);
        assertThat(page(path, "records-specialist").text()).contains("No outside record yet");
    }

    @Test
    void the_original_is_an_attachment_that_runs_nothing() throws Exception {
        MockHttpServletResponse original = http.perform(
                        get(received() + "/original").with(user(house.login("records-specialist"))))
                .andReturn()
                .getResponse();
        assertThat(original.getContentAsByteArray()).isEqualTo(CcdaReaderTest.whitfield());
        assertThat(original.getHeader("Content-Disposition")).startsWith("attachment");
        assertThat(original.getHeaders("Content-Security-Policy")).anyMatch(policy -> policy.contains("sandbox"));
    }

    @Test
    void a_record_of_another_patient_is_not_there() throws Exception {
        String record = received();
        PatientId other =
                aPatient().named("Rose", "Tanaka").bornOn("1971-05-01").registeredAt(house.here, registrations, actors);
        assertThat(http.perform(get(record.replace(eleanor.toString(), other.toString()))
                                .with(user(house.login("records-specialist"))))
                        .andReturn()
                        .getResponse()
                        .getStatus())
                .isEqualTo(404);
    }

    @Test
    void the_page_takes_few_statements() throws Exception {
        String record = received();
        page(record, "records-specialist");
        List<String> sent = statements.fewest(() -> page(record, "records-specialist"));
        assertThat(sent).hasSizeLessThanOrEqualTo(12);
    }
}
