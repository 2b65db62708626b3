package org.chartkeeper.exchange.domain.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.chartkeeper.access.Directory;
import org.chartkeeper.chart.ChartVerification;
import org.chartkeeper.chart.ChartWriter;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.EntryCommand;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.ContentStore;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.testing.ChartkeeperTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@ChartkeeperTest
class ImportTest {

    @Autowired
    private ImportVerb verb;

    @Autowired
    private ImportRunner runner;

    @Autowired
    private RunStore runs;

    @Autowired
    private JdbcClient database;

    @Autowired
    private ChartWriter chart;

    @Autowired
    private ChartVerification verification;

    @Autowired
    private CurrentActor actor;

    @Autowired
    private DefaultFacility defaultFacility;

    @Autowired
    private Directory directory;

    @Autowired
    private PlatformTransactionManager transactionManager;

    @Autowired
    private ContentStore store;

    @TempDir
    private Path folder;

    private Importing importing;

    @BeforeEach
    void begin() {
        importing = new Importing(verb, folder);
    }

    private Importing.Answer importFixtures() {
        return importing.run(
                importing.file("chart.json", importing.fixture("chart.json")),
                importing.file("directory.json", importing.fixture("directory.json")));
    }

    private Map<String, Object> entry(String sourceId) {
        return database.sql("""
                        select e.*, v.content::text as content, v.kind as version_kind
                          from source_identity i
                          join entry e on e.id = i.target_id
                          join entry_version v on v.entry_id = e.id and v.number = e.current_version
                         where i.source = ? and i.source_id = ?
                        """)
                .params(importing.source, sourceId + "-" + importing.id)
                .query()
                .singleRow();
    }

    private String content(String sourceId) {
        return String.valueOf(entry(sourceId).get("content"));
    }

    private UUID target(String type, String sourceId) {
        return database.sql(
                        "select target_id from source_identity where source = ? and resource_type = ? and source_id = ?")
                .params(importing.source, type, sourceId + "-" + importing.id)
                .query(UUID.class)
                .single();
    }

    private String bundle(String... resources) {
        StringBuilder text = new StringBuilder("{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":[");
        for (int i = 0; i < resources.length; i++) {
            text.append(i == 0 ? "" : ",")
                    .append("{\"resource\":")
                    .append(resources[i])
                    .append('}');
        }
        return importing.own(text.append("]}").toString());
    }

    private static final String PATIENT =
            "{\"resourceType\":\"Patient\",\"id\":\"pat-@ID@\",\"birthDate\":\"1990-01-02\","
                    + "\"name\":[{\"family\":\"Osei\",\"given\":[\"Kwame\"]}],"
                    + "\"identifier\":[{\"system\":\"urn:example:mrn\",\"value\":\"p-@ID@\"}]}";

    private static String weight(String id, String value) {
        return "{\"resourceType\":\"Observation\",\"id\":\"" + id
                + "-@ID@\",\"status\":\"final\",\"code\":{\"coding\":["
                + "{\"system\":\"http://loinc.org\",\"code\":\"29463-7\",\"display\":\"Body weight\"}]},"
                + "\"subject\":{\"reference\":\"Patient/pat-@ID@\"},\"effectiveDateTime\":\"2025-01-15\","
                + "\"valueQuantity\":{\"value\":" + value + ",\"unit\":\"kg\"}}";
    }

    @Test
    void every_type_becomes_an_entry_or_is_kept_whole_and_the_counts_add_up() {
        Importing.Answer answer = importFixtures();

        assertThat(answer.reasons()).isEmpty();
        assertThat(answer.status()).isZero();
        assertThat(answer.read()).isEqualTo(29);
        assertThat(answer.count("stored")).isEqualTo(29);
        assertThat(answer.addsUp()).isTrue();
        UUID patient = target("Patient", "pat");
        assertThat(database.sql("select type from entry where patient_id = ? order by type")
                        .param(patient)
                        .query(String.class)
                        .list())
                .containsExactly(
                        "allergy",
                        "care-plan-item",
                        "care-plan-item",
                        "condition",
                        "diagnostic-report",
                        "document",
                        "immunization",
                        "medication-administration",
                        "medication-order",
                        "medication-statement",
                        "note",
                        "observation",
                        "observation",
                        "order",
                        "procedure");
        assertThat(database.sql("select resource_type from other_resource where patient_id = ? order by resource_type")
                        .param(patient)
                        .query(String.class)
                        .list())
                .containsExactly(
                        "Consent", "Coverage", "Device", "ImagingStudy", "Provenance", "RelatedPerson", "SomethingNew");
    }

    @Test
    void an_entry_names_who_stated_it_and_the_file_and_place_that_it_comes_from_and_needs_no_signature() {
        importFixtures();

        Map<String, Object> entry = entry("obs");
        assertThat(entry.get("stated_by")).isEqualTo("outside");
        assertThat(entry.get("source_kind")).isEqualTo("import");
        assertThat(String.valueOf(entry.get("source_reference"))).hasSize(64);
        assertThat(entry.get("source_place")).isEqualTo("urn:uuid:obs-" + importing.id);
        assertThat(entry.get("signature_state")).isEqualTo("authenticated at source");
        assertThat(entry("rep").get("stated_by")).isEqualTo("practitioner");
        assertThat(entry("rep").get("stated_by_practitioner")).isEqualTo(target("Practitioner", "doc"));
        assertThat(entry("mst").get("stated_by")).isEqualTo("patient");
        assertThat(database.sql(
                                "select count(*) from entry where signature_state <> 'authenticated at source' and patient_id = ?")
                        .param(target("Patient", "pat"))
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void codes_keep_every_coding_and_values_their_digits() {
        importFixtures();

        assertThat(content("con"))
                .contains(
                        "\"system\":\"http://hl7.org/fhir/sid/icd-10-cm\"",
                        "E11.9",
                        "44054006",
                        "\"onset\":\"2019-05\"");
        assertThat(content("obs")).contains("\"number\":\"5.10\"", "\"interpretation\":\"H\"", "3.5–5.1 mmol/L");
        assertThat(content("mrq")).contains("metformin", "\"timing\":\"BID\"", "\"refills\":3", "\"daysSupply\":30");
        assertThat(content("not"))
                .contains("Feels well – no complaints.\\nReturn in 3 months.", "\"kind\":\"progress\"");
    }

    @Test
    void references_resolve_whatever_the_order_of_files_and_entries() {
        importFixtures();

        assertThat(content("rep")).contains("\"results\":[\"" + target("Observation", "obs") + "\"]");
        assertThat(entry("rep").get("encounter_id")).isEqualTo(target("Encounter", "enc"));
        assertThat(database.sql("select location from encounter where id = ?")
                        .param(target("Encounter", "enc"))
                        .query(String.class)
                        .single())
                .isEqualTo("Harbor Street, second floor");
    }

    @Test
    void the_same_files_again_change_nothing() {
        importFixtures();
        long versions = versions();

        Importing.Answer again = importFixtures();

        assertThat(again.status()).isZero();
        assertThat(again.count("unchanged")).isEqualTo(29);
        assertThat(again.addsUp()).isTrue();
        assertThat(versions()).isEqualTo(versions);
    }

    private long versions() {
        return database.sql("select count(*) from entry_version where patient_id = ?")
                .param(target("Patient", "pat"))
                .query(Long.class)
                .single();
    }

    @Test
    void a_changed_resource_becomes_a_new_version_of_the_kind_that_the_change_is() {
        importFixtures();
        String changed = importing
                .fixture("chart.json")
                .replace(
                        "\"code\": \"active\"\n      }\n     ]\n    },\n    \"verificationStatus\"",
                        "\"code\": \"resolved\"\n      }\n     ]\n    },\n    \"verificationStatus\"")
                .replace("5.10", "5.30");

        Importing.Answer answer = importing.run(importing.file("changed.json", changed));

        assertThat(answer.reasons()).isEmpty();
        assertThat(answer.count("Observation", "updated")).isEqualTo(1);
        assertThat(answer.count("Condition", "updated")).isEqualTo(1);
        assertThat(entry("obs").get("version_kind")).isEqualTo("correction");
        assertThat(content("obs")).contains("5.30");
        assertThat(entry("con").get("version_kind")).isEqualTo("update");
        assertThat(entry("con").get("active")).isEqualTo(false);
        assertThat(entry("con").get("signature_state")).isEqualTo("authenticated at source");
        assertThat(importing.run(folder.resolve("changed.json")).count("unchanged"))
                .isEqualTo(25);
    }

    @Test
    void what_the_source_takes_back_is_entered_in_error_here() {
        importing.run(importing.file("a.json", bundle(PATIENT, weight("w", "71.2"))));

        Importing.Answer answer = importing.run(
                importing.file("b.json", bundle(weight("w", "71.2").replace("\"final\"", "\"entered-in-error\""))));

        assertThat(answer.count("updated")).isEqualTo(1);
        assertThat(entry("w").get("status")).isEqualTo("entered-in-error");
        assertThat(content("w")).contains("71.2");
    }

    @Test
    void a_change_that_meets_an_entry_changed_here_is_parked_for_a_person() {
        importing.run(importing.file("a.json", bundle(PATIENT, weight("w", "71.2"))));
        changeHere();
        Path changed = importing.file("b.json", bundle(PATIENT, weight("w", "80.5")));

        Importing.Answer answer = importing.run(changed);

        assertThat(answer.status()).isZero();
        assertThat(answer.count("Observation", "kept")).isEqualTo(1);
        assertThat(answer.reasons()).singleElement().asString().contains("changed here");
        assertThat(content("w")).contains("70.0");
        assertThat(database.sql("select reason from parked_resource where source = ?")
                        .param(importing.source)
                        .query(String.class)
                        .single())
                .contains("waits for a person");
        assertThat(importing.run(changed).count("unchanged")).isEqualTo(2);
    }

    private void changeHere() {
        EntryId entry = new EntryId(target("Observation", "w"));
        FacilityId facility = defaultFacility.id();
        new TransactionTemplate(transactionManager)
                .executeWithoutResult(status -> actor.asSystem(facility, () -> {
                    ChartWriter.Standing standing =
                            chart.standing(List.of(entry)).get(entry);
                    Content.Observation was = (Content.Observation) standing.newest();
                    Content.Observation now = new Content.Observation(
                            was.category(),
                            was.code(),
                            new Content.Value("70.0", "kg", null, null, null),
                            List.of(),
                            "corrected",
                            null,
                            null,
                            null,
                            null,
                            was.collected(),
                            null,
                            null,
                            null,
                            null);
                    return chart.write(List.of(new EntryCommand(
                            EntryCommand.VersionKind.CORRECTION,
                            entry,
                            standing.version(),
                            new PatientId(target("Patient", "pat")),
                            facility,
                            null,
                            now,
                            Instant.parse("2025-01-15T05:00:00Z"),
                            "day",
                            new EntryCommand.Statement("outside", null, "the clinic", Instant.now(), null),
                            new EntryCommand.Source("telephone", null, null),
                            "transcription error",
                            "",
                            false)));
                }));
    }

    @Test
    void what_is_broken_is_refused_with_its_place_and_the_rest_goes_in() {
        Path file = importing.file(
                "mixed.json",
                bundle(
                        PATIENT,
                        weight("a", "70"),
                        "{\"id\":\"x\"}",
                        weight("b", "\"heavy\""),
                        weight("a", "71"),
                        weight("c", "72").replace("\"status\":\"final\",", ""),
                        weight("d", "73").replace("2025-01-15", "2025-13-45"),
                        weight("e", "74").replace("kg\"}", "kg\"},,"),
                        weight("f", "75")));

        Importing.Answer answer = importing.run(file);

        assertThat(answer.status()).isEqualTo(1);
        assertThat(answer.count("stored")).isEqualTo(3);
        assertThat(answer.count("refused")).isEqualTo(6);
        assertThat(answer.addsUp()).isTrue();
        assertThat(answer.reasons())
                .satisfiesExactly(
                        reason -> assertThat(reason).isEqualTo("resourceType is missing"),
                        reason -> assertThat(reason)
                                .isEqualTo("wrong type: Observation.valueQuantity.value is no number"),
                        reason -> assertThat(reason).startsWith("duplicate"),
                        reason -> assertThat(reason).isEqualTo("Observation.status is missing"),
                        reason -> assertThat(reason)
                                .isEqualTo("wrong type: Observation.effectiveDateTime is no date or time of FHIR"),
                        reason -> assertThat(reason).startsWith("broken JSON"));
        assertThat(answer.json().get("problems")).anySatisfy(problem -> {
            assertThat(problem.get("reason").stringValue()).isEqualTo("resourceType is missing");
            assertThat(problem.get("entry").intValue()).isEqualTo(3);
            assertThat(problem.get("file").stringValue()).isEqualTo(file.toString());
        });
    }

    @Test
    void a_reference_that_leads_nowhere_is_kept_as_written_and_warned_of() {
        String orphan = weight("o", "70").replace("Patient/pat-@ID@", "Patient/nobody-@ID@");
        String report = "{\"resourceType\":\"DiagnosticReport\",\"id\":\"r-@ID@\",\"status\":\"final\","
                + "\"code\":{\"text\":\"Panel\"},\"subject\":{\"reference\":\"Patient/pat-@ID@\"},"
                + "\"performer\":[{\"reference\":\"Practitioner?identifier=urn:x%7Cnone\"}],"
                + "\"result\":[{\"reference\":\"Observation/gone-@ID@\"}]}";

        Importing.Answer answer = importing.run(importing.file("a.json", bundle(PATIENT, orphan, report)));

        assertThat(answer.status()).isZero();
        assertThat(answer.count("stored")).isEqualTo(3);
        assertThat(answer.reasons())
                .hasSize(3)
                .allSatisfy(reason -> assertThat(reason).startsWith("warning: ").contains("kept as written"));
        assertThat(content("r")).contains("\"results\":[\"Observation/gone-" + importing.id + "\"]");
        assertThat(database.sql("select count(*) from other_resource where source = ? and patient_id is null")
                        .param(importing.source)
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void patients_match_by_assigner_and_identifier_and_nothing_else() {
        importing.run(importing.file("a.json", bundle(PATIENT)));
        String sameNumber =
                PATIENT.replace("\"id\":\"pat-@ID@\"", "\"id\":\"same-@ID@\"").replace("Kwame", "K.");
        String sameName =
                PATIENT.replace("\"id\":\"pat-@ID@\"", "\"id\":\"like-@ID@\"").replace("p-@ID@", "q-@ID@");

        Importing.Answer answer = importing.run(importing.file("b.json", bundle(sameNumber, sameName)));

        assertThat(target("Patient", "same")).isEqualTo(target("Patient", "pat"));
        assertThat(target("Patient", "like")).isNotEqualTo(target("Patient", "pat"));
        assertThat(answer.allReasons()).anySatisfy(reason -> assertThat(reason).contains("may be the same person"));
        assertThat(answer.addsUp()).isTrue();
    }

    @Test
    void imported_practitioners_places_and_organizations_are_no_users_and_no_facilities() {
        int facilities = directory.facilities().size();
        Long users =
                database.sql("select count(*) from app_user").query(Long.class).single();

        importFixtures();

        assertThat(directory.facilities()).hasSize(Math.max(1, facilities));
        assertThat(database.sql("select count(*) from app_user")
                        .query(Long.class)
                        .single())
                .isEqualTo(users);
        assertThat(directory.practitionersAt(defaultFacility.id()))
                .noneMatch(person -> person.id().value().equals(target("Practitioner", "doc")));
    }

    @Test
    void gzip_ndjson_zip_and_folders_are_known_by_their_content() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bundle(PATIENT).getBytes(StandardCharsets.UTF_8));
        }
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(zipped)) {
            zip.putNextEntry(new ZipEntry("in/lines.ndjson"));
            zip.write(importing
                    .own(weight("a", "70") + "\n" + weight("b", "71") + "\n")
                    .getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry("README.txt"));
            zip.write(1);
        }
        importing.file("patient.json", packed.toByteArray());
        importing.file("more.zip", zipped.toByteArray());
        importing.file("notes.csv", "a,b\n");

        Importing.Answer answer = importing.run(folder);

        assertThat(answer.reasons()).isEmpty();
        assertThat(answer.json().get("files").intValue()).isEqualTo(2);
        assertThat(answer.count("stored")).isEqualTo(3);
    }

    @Test
    void a_run_that_was_cut_off_goes_on_where_it_stood_without_duplicates() throws IOException {
        StringBuilder lines = new StringBuilder(PATIENT + "\n");
        for (int i = 0; i < 4000; i++) {
            lines.append(weight("w" + i, "7" + i % 10)).append('\n');
        }
        Path file = importing.file("lines.ndjson", lines.toString());
        List<SourceFiles.Kept> kept =
                new SourceFiles(store, runner.limits()).keep(new SourceFiles.Found(file, file.toString()));
        FacilityId facility = defaultFacility.id();
        UUID run = UUID.randomUUID();
        runs.create(
                run,
                importing.source,
                facility,
                Actor.SYSTEM_USER,
                "command line",
                "lines",
                ImportService.fingerprint(
                        importing.source, facility, List.of(kept.get(0).sha256())),
                null,
                Instant.now());
        runs.addFiles(run, kept);
        AtomicInteger pieces = new AtomicInteger();
        ImportRunner.End end = runner.run(run, (pass, tally, share, active) -> {}, () -> pieces.incrementAndGet() > 3);
        assertThat(end).isEqualTo(ImportRunner.End.PAUSED);
        long before = database.sql("select count(*) from entry where patient_id = ?")
                .param(target("Patient", "pat"))
                .query(Long.class)
                .single();

        Importing.Answer answer = importing.run(file);

        assertThat(before).isBetween(1L, 3999L);
        assertThat(answer.err()).contains("going on where that run stood");
        assertThat(answer.read()).isEqualTo(4001);
        assertThat(answer.count("stored")).isEqualTo(4001);
        assertThat(database.sql("select count(*) from entry where patient_id = ?")
                        .param(target("Patient", "pat"))
                        .query(Long.class)
                        .single())
                .isEqualTo(4000);
    }

    @Test
    void an_import_leaves_one_event_for_each_patient_and_transaction() {
        importing.run(
                importing.file("a.json", bundle(PATIENT, weight("a", "70"), weight("b", "71"), weight("c", "72"))));

        assertThat(database.sql("""
                                select action, count from audit_event
                                 where patient_id = ? and action not like 'patient.%' order by occurred_at, id
                                """).param(target("Patient", "pat")).query().listOfRows())
                .singleElement()
                .satisfies(event -> assertThat(event.get("count")).isEqualTo(3));
    }

    @Test
    void wrong_usage_answers_two() {
        assertThat(importing.run(List.of()).status()).isEqualTo(2);
        assertThat(importing.run(List.of("--what", folder.toString())).status()).isEqualTo(2);
        assertThat(importing.run(List.of(folder.resolve("nothing").toString())).status())
                .isEqualTo(2);
        assertThat(importing
                        .run(List.of(folder.toString(), "--facility", "NO-SUCH"))
                        .status())
                .isEqualTo(2);
    }

    @Test
    void what_was_imported_verifies() {
        importFixtures();

        assertThat(actor.asSystem(defaultFacility.id(), () -> verification.verify(count -> {}))
                        .findings())
                .filteredOn(finding ->
                        finding.entry().equals(String.valueOf(entry("obs").get("id"))))
                .isEmpty();
    }
}
