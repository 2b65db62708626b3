package org.chartkeeper.exchange.domain.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ResourceReaderTest {

    private static final String PATIENT = "{\"resourceType\":\"Patient\",\"id\":\"p1\"}";
    private static final String OBSERVATION =
            "{\"resourceType\":\"Observation\",\"id\":\"o1\",\"note\":\"a } b \\\" {\"}";

    /** Gives a byte at a time, so that every boundary of the buffer is met. */
    private static InputStream trickle(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)) {
            @Override
            public synchronized int read(byte[] target, int from, int length) {
                return super.read(target, from, Math.min(1, length));
            }
        };
    }

    private static List<Met> read(String text) throws IOException {
        return read(new ResourceReader(trickle(text), false, type -> true, true));
    }

    private static List<Met> read(ResourceReader reader) throws IOException {
        List<Met> all = new ArrayList<>();
        for (Met met = reader.next(); met != null; met = reader.next()) {
            all.add(met);
        }
        return all;
    }

    private static String entry(String url, String resource) {
        return "{\"fullUrl\":\"" + url + "\",\"resource\":" + resource + ",\"request\":{\"method\":\"POST\"}}";
    }

    private static String bundle(String... entries) {
        return "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[" + String.join(",", entries) + "]}";
    }

    @Test
    void a_bundle_gives_its_entries_one_by_one() throws IOException {
        List<Met> met = read(bundle(entry("urn:uuid:1", PATIENT), entry("urn:uuid:2", OBSERVATION)));

        assertThat(met).extracting(Met::entry).containsExactly(1, 2);
        assertThat(met).extracting(Met::type).containsExactly("Patient", "Observation");
        assertThat(met).extracting(Met::fullUrl).containsExactly("urn:uuid:1", "urn:uuid:2");
        assertThat(met).extracting(Met::problem).containsOnlyNulls();
    }

    @Test
    void a_bundle_whose_type_stands_last_is_one_all_the_same() throws IOException {
        List<Met> met = read("\ufeff { \"entry\" : [ " + entry("urn:uuid:1", PATIENT)
                + " ], \"type\":\"batch\", \"resourceType\" : \"Bundle\" }\n");

        assertThat(met).extracting(Met::type).containsExactly("Patient");
    }

    @Test
    void a_list_with_entries_is_no_bundle() throws IOException {
        List<Met> met = read("{\"entry\":[{\"item\":{\"reference\":\"Patient/1\"}}],\"resourceType\":\"List\"}");

        assertThat(met).extracting(Met::type).containsExactly("List");
    }

    @Test
    void a_bundle_with_one_entry_on_each_line_is_no_ndjson() throws IOException {
        List<Met> met = read("{\"resourceType\":\"Bundle\",\"entry\":[\n" + entry("urn:uuid:1", PATIENT) + ",\n"
                + entry("urn:uuid:2", OBSERVATION) + "\n]}\n");

        assertThat(met).extracting(Met::type).containsExactly("Patient", "Observation");
    }

    @Test
    void each_line_of_ndjson_is_a_resource_and_a_broken_one_costs_itself_alone() throws IOException {
        List<Met> met =
                read(PATIENT + "\n{\"resourceType\":\"Patient\",\n\n" + OBSERVATION + "\r\nnonsense\n" + PATIENT);

        assertThat(met).extracting(Met::type).containsExactly("Patient", "Patient", "Observation", null, "Patient");
        assertThat(met.get(1).problem()).startsWith("broken JSON");
        assertThat(met.get(3).problem()).startsWith("broken JSON");
        assertThat(met).extracting(Met::entry).containsExactly(1, 2, 3, 4, 5);
    }

    @Test
    void a_line_may_hold_a_bundle() throws IOException {
        List<Met> met = read(PATIENT + "\n" + bundle(entry("urn:uuid:1", PATIENT), entry("urn:uuid:2", OBSERVATION))
                + "\n" + OBSERVATION);

        assertThat(met).extracting(Met::type).containsExactly("Patient", "Patient", "Observation", "Observation");
        assertThat(met).extracting(Met::entry).containsExactly(1, 2, 3, 4);
    }

    @Test
    void a_single_resource_may_be_written_over_many_lines() throws IOException {
        List<Met> met = read("{\n  \"resourceType\" : \"Patient\",\n  \"name\" : [\n{\"family\":\"A\"}]\n}\n");

        assertThat(met).extracting(Met::type).containsExactly("Patient");
        assertThat(met.get(0).problem()).isNull();
    }

    @Test
    void an_entry_with_a_missing_brace_costs_itself_alone() throws IOException {
        String broken = "{\"fullUrl\":\"urn:uuid:2\",\"resource\":{\"resourceType\":\"Observation\",\"id\":\"o2\"";

        List<Met> met = read(bundle(
                entry("urn:uuid:1", PATIENT), broken, entry("urn:uuid:3", OBSERVATION), entry("urn:uuid:4", PATIENT)));

        assertThat(met).extracting(Met::entry).containsExactly(1, 2, 3, 4);
        assertThat(met.get(1).problem()).startsWith("broken JSON");
        assertThat(met).extracting(Met::fullUrl).containsExactly("urn:uuid:1", null, "urn:uuid:3", "urn:uuid:4");
    }

    @Test
    void an_entry_with_a_missing_quote_costs_itself_alone() throws IOException {
        String broken =
                "{\"fullUrl\":\"urn:uuid:2\",\"resource\":{\"resourceType\":\"Observation\",\"id\":\"o2,\"status\":\"x\"}}";

        List<Met> met = read(bundle(entry("urn:uuid:1", PATIENT), broken, entry("urn:uuid:3", OBSERVATION)));

        assertThat(met).extracting(Met::fullUrl).contains("urn:uuid:1", "urn:uuid:3");
        assertThat(met.stream().filter(each -> each.problem() != null)).hasSize(1);
    }

    @Test
    void numbers_stay_the_same_whatever_types_are_wanted() throws IOException {
        String broken = "{\"fullUrl\":\"urn:uuid:2\",\"resource\":{\"resourceType\":\"Observation\",\"id\":\"o2\"";
        String text = bundle(entry("urn:uuid:1", OBSERVATION), broken, entry("urn:uuid:3", PATIENT));

        List<Met> patients = read(new ResourceReader(trickle(text), false, Set.of("Patient")::contains, false));
        List<Met> others = read(new ResourceReader(trickle(text), false, type -> !type.equals("Patient"), true));

        assertThat(patients).extracting(Met::entry).containsExactly(3);
        assertThat(others).extracting(Met::entry).containsExactly(1, 2);
        assertThat(others.get(1).problem()).startsWith("broken JSON");
    }

    @Test
    void a_file_that_ends_early_gives_what_stands_before() throws IOException {
        String whole = bundle(entry("urn:uuid:1", PATIENT), entry("urn:uuid:2", OBSERVATION));

        List<Met> met = read(whole.substring(0, whole.length() - 40));

        assertThat(met).extracting(Met::entry).containsExactly(1, 2);
        assertThat(met.get(0).problem()).isNull();
        assertThat(met.get(1).problem()).contains("the file ends");
    }

    @Test
    void what_is_no_resource_is_refused_with_its_reason() throws IOException {
        List<Met> met = read(bundle(
                "{\"fullUrl\":\"urn:uuid:1\"}",
                "{\"resource\":[1,2]}",
                "{\"resource\":{\"id\":\"1\"}}",
                "{\"resource\":{\"resourceType\":7}}",
                "\"words, and ] more\"",
                "{\"fullUrl\":3,\"resource\":" + PATIENT + "}",
                "{\"resource\":{\"resourceType\":\"Patient\",\"id\":5}}"));

        assertThat(met)
                .extracting(Met::problem)
                .containsExactly(
                        "the entry holds no resource",
                        "wrong type: the resource is no JSON object",
                        "resourceType is missing",
                        "wrong type: resourceType is no name of a resource type",
                        "this is no JSON object",
                        "wrong type: fullUrl is no text",
                        "wrong type: Patient.id is no text");
        assertThat(met).extracting(Met::entry).containsExactly(1, 2, 3, 4, 5, 6, 7);
    }

    @Test
    void a_name_twice_in_one_object_is_broken() throws IOException {
        List<Met> met = read(bundle("{\"resource\":{\"resourceType\":\"Patient\",\"id\":\"1\",\"id\":\"2\"}}"));

        assertThat(met.get(0).problem()).startsWith("broken JSON: a name stands twice in one object");
    }

    @Test
    void what_is_no_json_is_refused_once() throws IOException {
        assertThat(read("Name,Born\nWhitfield,1948\n"))
                .hasSize(1)
                .extracting(Met::problem)
                .doesNotContainNull();
        assertThat(read("")).isEmpty();
    }

    @Test
    void a_bundle_without_entries_is_empty() throws IOException {
        assertThat(read("{\"resourceType\":\"Bundle\",\"type\":\"batch\"}")).isEmpty();
        assertThat(read("{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"entry\":{}}"))
                .extracting(Met::problem)
                .containsExactly("wrong type: Bundle.entry is no array");
    }

    @Test
    void digits_stay_as_written() throws IOException {
        Met met = read("{\"resourceType\":\"Observation\",\"valueQuantity\":{\"value\":7.40}}")
                .get(0);

        assertThat(Element.of(met.resource()).required("valueQuantity").decimal("value"))
                .isEqualTo("7.40");
    }
}
