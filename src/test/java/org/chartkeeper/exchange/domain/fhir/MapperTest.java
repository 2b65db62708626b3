package org.chartkeeper.exchange.domain.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.chartkeeper.chart.Concept;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.Encounters;
import org.chartkeeper.patient.ImportedPatient;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.PractitionerId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each mapper makes of its type. JSON is written with single quotes here. */
class MapperTest {

    private static final ZoneId ZONE = ZoneId.of("America/New_York");
    private static final UUID DOCTOR = UUID.fromString("01920000-0000-7000-8000-000000000001");
    private static final UUID VALUE = UUID.fromString("01920000-0000-7000-8000-000000000002");

    private final Map<String, Target> known = new HashMap<>(Map.of(
            "Practitioner|d",
            new Target("practitioner", DOCTOR, null, "Dr. Ada Okafor", null),
            "Observation|v",
            Target.of("entry", VALUE, null),
            "Medication|m",
            new Target("other", VALUE, null, null, Concept.of(Concept.RXNORM, "197361", "amlodipine 5 MG"))));

    private static Element element(String json) {
        return Element.of(Fhir.JSON.readTree(json.replace('\'', '"')));
    }

    private Mapping mapping(Element resource) {
        return new Mapping(ZONE, Instant.EPOCH, References.resolving(known, null, resource));
    }

    private Mapping.Mapped map(EntryMapper mapper, String json) {
        Element resource = element("{'resourceType':'" + mapper.type() + "'," + json + "}");
        return mapper.map(resource, mapping(resource));
    }

    @Test
    void a_condition_with_a_clinical_status_is_a_problem_and_keeps_its_codes() {
        Mapping.Mapped mapped = map(new ConditionMapper(), """
                'subject':{},'clinicalStatus':{'coding':[{'code':'resolved'}]},
                'category':[{'coding':[{'code':'encounter-diagnosis'}]}],
                'code':{'coding':[{'system':'http://snomed.info/sct','code':'1','display':'One'},{'system':'urn:x','code':'2'}],
                 'text':'As told'},'onsetDateTime':'2020-05-17','abatementDateTime':'2021-02-03T10:00:00-05:00',
                'recorder':{'reference':'Practitioner/d'}""");

        Content.Condition condition = (Content.Condition) mapped.content();
        assertThat(condition.visitDiagnosis()).isFalse();
        assertThat(condition.clinicalStatus()).isEqualTo("resolved");
        assertThat(condition.abatement()).isEqualTo("2021-02-03T15:00:00Z");
        assertThat(condition.code())
                .isEqualTo(new Concept(
                        "As told",
                        List.of(
                                new Concept.Coding("http://snomed.info/sct", "1", "One"),
                                new Concept.Coding("urn:x", "2", null))));
        assertThat(mapped.event().at()).isEqualTo("2020-05-17T04:00:00Z");
        assertThat(mapped.event().precision()).isEqualTo("day");
        assertThat(mapped.stated().practitioner()).isEqualTo(new PractitionerId(DOCTOR));
    }

    @Test
    void an_encounter_diagnosis_without_a_clinical_status_is_the_snapshot_of_its_visit() {
        Mapping.Mapped mapped = map(
                new ConditionMapper(),
                "'subject':{},'category':[{'coding':[{'code':'encounter-diagnosis'}]}],'code':{'text':'Sprain'}");

        assertThat(((Content.Condition) mapped.content()).visitDiagnosis()).isTrue();
    }

    @Test
    void an_allergy_keeps_reaction_and_criticality_and_none_known_is_said_as_such() {
        Content.Allergy allergy =
                (Content.Allergy) map(new AllergyMapper(), """
                'patient':{},'type':'intolerance','category':['food'],'criticality':'high','code':{'text':'Milk'},
                'clinicalStatus':{'coding':[{'code':'active'}]},'verificationStatus':{'coding':[{'code':'confirmed'}]},
                'reaction':[{'manifestation':[{'text':'Cramps'}],'severity':'mild'}]""").content();
        Content.Allergy none = (Content.Allergy) map(new AllergyMapper(), """
                'patient':{},'code':{'coding':[{'system':'http://snomed.info/sct','code':'716186003','display':'No known allergy'}]}""").content();

        assertThat(allergy.kind()).isEqualTo("intolerance");
        assertThat(allergy.category()).isEqualTo("food");
        assertThat(allergy.reactions()).containsExactly(new Content.Reaction("Cramps", "mild"));
        assertThat(none.noneKnown()).isTrue();
    }

    @Test
    void an_order_takes_its_drug_from_a_medication_contained_or_of_its_own() {
        Content.MedicationOrder own = (Content.MedicationOrder)
                map(new MedicationRequestMapper(), """
                'subject':{},'status':'stopped','medicationReference':{'reference':'Medication/m'},
                'requester':{'reference':'Practitioner/d'},'statusReason':{'text':'cough'}""").content();
        Content.MedicationOrder contained = (Content.MedicationOrder)
                map(new MedicationRequestMapper(), """
                'subject':{},'status':'active','contained':[{'resourceType':'Medication','id':'k','code':{'text':'Ramipril'}}],
                'medicationReference':{'reference':'#k'}""").content();

        assertThat(own.medication().code(Concept.RXNORM)).isEqualTo("197361");
        assertThat(own.status()).isEqualTo("stopped");
        assertThat(own.prescriber()).isEqualTo("Dr. Ada Okafor");
        assertThat(own.note()).isEqualTo("Status: cough");
        assertThat(contained.title()).isEqualTo("Ramipril");
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, d, daily",
        "2, 1, d, BID",
        "3, 1, d, TID",
        "4, 1, d, QID",
        "1, 8, h, q8h",
        "1, 1, wk, weekly",
        "1, 3, d, once every 3 days",
        "2, 1.0, wk, 2 times every 1 weeks"
    })
    void timing_is_said_in_the_usual_abbreviation(int frequency, String period, String unit, String said) {
        Content.MedicationOrder order =
                (Content.MedicationOrder) map(new MedicationRequestMapper(), """
                'subject':{},'status':'active','medicationCodeableConcept':{'text':'X'},
                'dosageInstruction':[{'timing':{'repeat':{'frequency':%d,'period':%s,'periodUnit':'%s'}},
                 'doseAndRate':[{'doseQuantity':{'value':2.50,'unit':'mg'}}]}]""".formatted(frequency, period, unit))
                        .content();

        assertThat(order.dosage().timing()).isEqualTo(said);
        assertThat(order.dosage().text()).isEqualTo("2.50 mg " + said);
    }

    @Test
    void what_the_patient_takes_is_stated_by_the_patient() {
        known.put("Patient|p", Target.of("patient", VALUE, VALUE));
        Mapping.Mapped mapped = map(new MedicationStatementMapper(), """
                'subject':{},'status':'active','medicationCodeableConcept':{'text':'Fish oil'},
                'informationSource':{'reference':'Patient/p'}""");

        assertThat(mapped.stated().by()).isEqualTo("patient");
        assertThat(((Content.MedicationStatement) mapped.content()).status()).isEqualTo("active");
    }

    @Test
    void a_drug_that_was_given_keeps_its_dose() {
        Content.MedicationAdministration given = (Content.MedicationAdministration)
                map(new MedicationAdministrationMapper(), """
                'subject':{},'status':'completed','medicationCodeableConcept':{'text':'Cefazolin'},
                'effectivePeriod':{'start':'2025-01-02T03:04:05Z'},'dosage':{'dose':{'value':2,'unit':'g'},'route':{'text':'IV'}}""").content();

        assertThat(given.dosage().text()).isEqualTo("2 g IV");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "'valueQuantity':{'value':7.40,'unit':'mmol/L'}; 7.40 mmol/L",
                "'valueQuantity':{'value':5,'comparator':'<','unit':'mg/dL'}; <5 mg/dL",
                "'valueCodeableConcept':{'text':'Never smoker'}; Never smoker",
                "'valueString':'clear'; clear",
                "'valueBoolean':true; yes",
                "'valueInteger':3; 3",
                "'valueRange':{'low':{'value':1},'high':{'value':2,'unit':'h'}}; 1–2 h",
                "'valueRatio':{'numerator':{'value':1},'denominator':{'value':8}}; 1 / 8",
                "'valueDateTime':'2024-02'; 2024-02"
            })
    void values_of_every_kind_are_shown(String json, String shown) {
        Content.Observation observation =
                (Content.Observation) map(new ObservationMapper(), "'status':'final','code':{'text':'X'}," + json)
                        .content();

        assertThat(observation.value().display()).isEqualTo(shown);
    }

    @Test
    void an_observation_keeps_components_range_flag_and_the_codes_of_its_value() {
        Content.Observation observation =
                (Content.Observation) map(new ObservationMapper(), """
                'status':'preliminary','code':{'text':'X'},'category':[{'coding':[{'code':'survey'}]}],
                'interpretation':[{'coding':[{'code':'h'}]}],'referenceRange':[{'high':{'value':10,'unit':'s'}}],
                'component':[{'code':{'text':'Part'},'valueQuantity':{'value':1}}],
                'valueCodeableConcept':{'coding':[{'system':'http://snomed.info/sct','code':'266919005','display':'Never smoked'}]},
                'specimen':{'display':'Serum'},'performer':[{'display':'City Lab'}]""").content();

        assertThat(observation.category()).isEqualTo("survey");
        assertThat(observation.interpretation()).isEqualTo("H");
        assertThat(observation.referenceRange()).isEqualTo("≤ 10 s");
        assertThat(observation.components()).hasSize(1);
        assertThat(observation.value().codings())
                .extracting(Concept.Coding::code)
                .containsExactly("266919005");
        assertThat(observation.performer()).isEqualTo("City Lab");
        assertThat(observation.specimen()).isEqualTo("Serum");
    }

    @Test
    void what_is_not_final_is_not_authenticated() {
        assertThat(map(new ObservationMapper(), "'status':'preliminary','code':{'text':'X'}")
                        .authenticated())
                .isFalse();
        assertThat(map(new ObservationMapper(), "'status':'amended','code':{'text':'X'}")
                        .authenticated())
                .isTrue();
        assertThat(map(new ObservationMapper(), "'status':'entered-in-error','code':{'text':'X'}")
                        .inError())
                .isTrue();
    }

    @Test
    void a_report_has_its_results_by_entry_and_its_text() {
        String text = Base64.getEncoder().encodeToString("Chest clear.".getBytes(StandardCharsets.UTF_8));
        String html = Base64.getEncoder()
                .encodeToString("<html><head><title>x</title></head><p>Two &lt; three</p></html>"
                        .getBytes(StandardCharsets.UTF_8));
        Content.DiagnosticReport report = (Content.DiagnosticReport)
                map(new DiagnosticReportMapper(), """
                'status':'final','code':{'text':'Chest film'},'conclusion':'No change.',
                'presentedForm':[{'contentType':'text/plain','data':'%s'},{'contentType':'text/html','data':'%s'},
                 {'contentType':'application/pdf','url':'Binary/1'}],
                'result':[{'reference':'Observation/v'},{'reference':'Observation/other'}]""".formatted(text, html)).content();

        assertThat(report.text()).contains("No change.", "Chest clear.", "Two < three", "application/pdf");
        assertThat(report.text()).doesNotContain("<p>", "title");
        assertThat(report.results())
                .containsExactly(new Content.EntryRef(VALUE.toString()), new Content.EntryRef("Observation/other"));
    }

    @Test
    void a_text_becomes_a_note_any_other_file_a_document_and_one_without_content_neither() {
        EntryMapper mapper = new DocumentReferenceMapper(content -> "hash of " + content.length);
        Content note = map(mapper, """
                'status':'current','type':{'coding':[{'system':'http://loinc.org','code':'18842-5','display':'Discharge summary'}]},
                'content':[{'attachment':{'contentType':'text/plain','data':'SGVsbG8='}}]""").content();
        Content document = map(mapper, """
                'status':'current','description':'Scan',
                'content':[{'attachment':{'contentType':'application/pdf','data':'SGVsbG8='}}]""").content();

        assertThat(note).isInstanceOfSatisfying(Content.Note.class, each -> {
            assertThat(each.kind()).isEqualTo("discharge-summary");
            assertThat(each.text()).isEqualTo("Hello");
        });
        assertThat(document).isInstanceOfSatisfying(Content.Document.class, each -> {
            assertThat(each.sha256()).isEqualTo("hash of 5");
            assertThat(each.name()).isEqualTo("Scan");
            assertThat(each.mediaType()).isEqualTo("application/pdf");
        });
        assertThat(map(mapper, "'status':'current','content':[{'attachment':{'url':'http://x/y'}}]")
                        .content())
                .isNull();
    }

    @Test
    void an_immunization_tells_lot_dose_and_whether_it_was_only_reported() {
        Content.Immunization shot =
                (Content.Immunization) map(new ImmunizationMapper(), """
                'patient':{},'status':'not-done','vaccineCode':{'text':'MMR'},'primarySource':false,'lotNumber':'L1',
                'doseQuantity':{'value':0.5,'unit':'mL'},'protocolApplied':[{'doseNumberString':'2 of 3'}],
                'statusReason':{'text':'refused'},'occurrenceString':'as a child'""").content();

        assertThat(shot.status()).isEqualTo("not-done");
        assertThat(shot.historical()).isTrue();
        assertThat(shot.dose()).isEqualTo("0.5 mL");
        assertThat(shot.doseNumber()).isEqualTo("2 of 3");
        assertThat(shot.reasonNotDone()).isEqualTo("refused");
        assertThat(shot.note()).isEqualTo("Given: as a child");
    }

    @Test
    void a_procedure_a_plan_a_team_and_an_order_say_what_they_are() {
        Content.Procedure procedure =
                (Content.Procedure) map(new ProcedureMapper(), """
                'subject':{},'status':'completed','code':{'text':'Appendectomy'},'performedPeriod':{'start':'2024-01-01','end':'2024-01-02'},
                'performer':[{'actor':{'reference':'Practitioner/d'}}],'bodySite':[{'text':'Abdomen'}],'outcome':{'text':'good'}""").content();
        Content.CarePlanItem plan =
                (Content.CarePlanItem) map(new CarePlanMapper(), """
                'subject':{},'status':'active','category':[{'coding':[{'system':'urn:x','code':'assess-plan'}]},
                 {'coding':[{'system':'http://snomed.info/sct','code':'5','display':'Diet plan'}]}],
                'activity':[{'detail':{'code':{'text':'Walk'},'status':'completed'}},{'reference':{'display':'Class'}}]""").content();
        Content.CarePlanItem team =
                (Content.CarePlanItem) map(new CareTeamMapper(), """
                'status':'active','reasonCode':[{'text':'Asthma'}],
                'participant':[{'role':[{'text':'Doctor'}],'member':{'reference':'Practitioner/d'}}]""").content();
        Content.Order order =
                (Content.Order) map(new ServiceRequestMapper(), """
                'subject':{},'status':'active','category':[{'coding':[{'code':'363679005'}]}],'code':{'text':'Chest film'},
                'requester':{'reference':'Practitioner/d'},'occurrenceDateTime':'2025-03'""").content();

        assertThat(procedure.performedUntil()).isEqualTo("2024-01-02");
        assertThat(procedure.performer()).isEqualTo("Dr. Ada Okafor");
        assertThat(plan.title()).isEqualTo("Diet plan");
        assertThat(plan.activities()).containsExactly("Walk (completed)", "Class");
        assertThat(team.kind()).isEqualTo("team");
        assertThat(team.title()).isEqualTo("Care team: Asthma");
        assertThat(team.activities()).containsExactly("Doctor: Dr. Ada Okafor");
        assertThat(order.kind()).isEqualTo("imaging");
        assertThat(order.givenBy()).isEqualTo("Dr. Ada Okafor");
        assertThat(order.due()).isEqualTo("2025-03");
    }

    @Test
    void a_visit_has_class_times_people_and_place() {
        Element resource = element("""
                {'resourceType':'Encounter','status':'onleave','class':{'code':'IMP'},'type':[{'text':'Surgery'}],
                 'period':{'start':'2024-05-01T08:00:00-04:00'},'location':[{'location':{'display':'4 West'}}],
                 'identifier':[{'type':{'coding':[{'code':'VN'}]},'value':'V77'}],
                 'hospitalization':{'dischargeDisposition':{'text':'Home'}},
                 'participant':[{'type':[{'coding':[{'code':'ATND'}]}],'individual':{'reference':'Practitioner/d'}}]}""");

        Encounters.NewEncounter visit =
                EncounterMapper.map(resource, mapping(resource), new PatientId(VALUE), new FacilityId(VALUE));

        assertThat(visit.klass()).isEqualTo("inpatient");
        assertThat(visit.status()).isEqualTo("on leave");
        assertThat(visit.start()).isEqualTo("2024-05-01T12:00:00Z");
        assertThat(visit.attending()).isEqualTo(new PractitionerId(DOCTOR));
        assertThat(visit.location()).isEqualTo("4 West");
        assertThat(visit.accountNumber()).isEqualTo("V77");
        assertThat(visit.dischargeDisposition()).isEqualTo("Home");
    }

    @Test
    void a_patient_keeps_names_numbers_and_the_codes_of_race_and_ethnicity() {
        ImportedPatient patient = PatientMapper.map(element("""
                {'resourceType':'Patient','birthDate':'1957-08','gender':'female','multipleBirthInteger':2,
                 'name':[{'use':'official','family':'Lind','given':['Tova','Marie']},{'text':'Eva Maria Lind'}],
                 'deceasedDateTime':'2024-01-02T03:00:00Z','maritalStatus':{'coding':[{'code':'M'}]},
                 'communication':[{'language':{'coding':[{'code':'es'}]}},{'language':{'coding':[{'code':'en'}]},'preferred':true}],
                 'extension':[{'url':'http://hl7.org/fhir/us/core/StructureDefinition/us-core-race',
                  'extension':[{'url':'ombCategory','valueCoding':{'code':'2106-3'}},{'url':'text','valueString':'White'}]}]}"""), "1", "h", ZONE);

        assertThat(patient.birthDate()).isEqualTo("1957-08");
        assertThat(patient.names()).extracting(ImportedPatient.Name::given).containsExactly("Tova Marie", "Eva Maria");
        assertThat(patient.race()).containsExactly("2106-3");
        assertThat(patient.language()).isEqualTo("en");
        assertThat(patient.deceased()).isEqualTo("2024-01-02T03:00:00Z");
        assertThat(patient.birthOrder()).isEqualTo(2);
    }

    @Test
    void references_are_read_in_every_way_that_fhir_writes_them() {
        List<String> types = List.of("Patient");
        assertThat(ReferenceKeys.candidates("Patient/1", null, types)).containsExactly("Patient|1");
        assertThat(ReferenceKeys.candidates("Patient/1/_history/3", "http://a/fhir", types))
                .containsExactly("Patient|http://a/fhir/Patient/1", "Patient|1");
        assertThat(ReferenceKeys.candidates("http://a/fhir/Patient/1", null, types))
                .containsExactly("Patient|http://a/fhir/Patient/1", "Patient|1");
        assertThat(ReferenceKeys.candidates("urn:uuid:ab", null, types)).containsExactly("Patient|ab");
        assertThat(ReferenceKeys.candidates("Patient?identifier=urn:x%7C5", null, types))
                .containsExactly("Patient?urn:x|5");
        assertThat(ReferenceKeys.candidates("Group/1", null, types)).isEmpty();
        assertThat(ReferenceKeys.of("urn:uuid:ab", "x", "h")).isEqualTo("ab");
        assertThat(ReferenceKeys.of(null, null, "h")).isEqualTo("sha256:h");
    }

    @Test
    void labels_of_the_source_become_ours() {
        assertThat(
                        Sensitivities.of(
                                element(
                                        "{'resourceType':'Observation','meta':{'security':[{'code':'HIV'},{'code':'R'},{'code':'ETH'}]}}")))
                .isEqualTo("hiv part2");
    }

    @Test
    void an_element_of_a_wrong_type_is_named_without_its_value() {
        assertThatThrownBy(() -> map(new ObservationMapper(), "'status':'final','code':'secret'"))
                .isInstanceOf(WrongType.class)
                .hasMessage("wrong type: Observation.code is no object");
        assertThatThrownBy(() -> map(new ObservationMapper(), "'status':'final','code':{'text':7}"))
                .hasMessage("wrong type: Observation.code.text is no text");
        assertThatThrownBy(() -> map(new ObservationMapper(), "'status':'final','code':{'text':'x'},'note':[3]"))
                .hasMessage("wrong type: Observation.note[0] is no object");
        assertThatThrownBy(() -> map(new ConditionMapper(), "'code':{'text':'x'}"))
                .hasMessage("Condition.subject is missing");
    }
}
