package org.chartkeeper.coding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.chartkeeper.coding.CodingCase.FacilityType;
import org.chartkeeper.coding.CodingCase.Payer;
import org.junit.jupiter.api.Test;

class CaseJsonTest {

    @Test
    void a_case_needs_its_id_alone() {
        CodingCase read = CaseJson.read("{\"cases\":[{\"id\":\"c1\"}]}").get(0);

        assertThat(read.payer()).isEqualTo(Payer.MEDICARE);
        assertThat(read.facilityType()).isEqualTo(FacilityType.ACUTE);
        assertThat(read.diagnoses()).isEmpty();
    }

    @Test
    void an_unknown_field_is_refused_with_its_place() {
        refused("{\"cases\":[{\"id\":\"c\",\"diagnoses\":[{\"code\":\"I10\"},{\"code\":\"I10\"},"
                        + "{\"code\":\"I10\",\"cod\":1}]}]}")
                .startsWith("cases[0].diagnoses[2].cod:");
        refused("{\"cases\":[{\"id\":\"c\",\"diagnoses\":[{\"cod\":\"I10\"}]}]}")
                .startsWith("cases[0].diagnoses[0].cod:");
        refused("{\"case\":[]}").startsWith("case:");
    }

    @Test
    void an_unknown_class_is_refused_with_its_place() {
        refused("{\"cases\":[{\"id\":\"c\"},{\"id\":\"d\",\"class\":\"Inpatient\"}]}")
                .startsWith("cases[1].class:");
    }

    @Test
    void broken_json_is_refused_with_line_and_column() {
        refused("{\"cases\":[\n{\"id\":\"c\",,}]}").startsWith("line 2, column ");
        refused("{\"cases\":[]} x").startsWith("line 1, column ");
        refused("").contains("no JSON");
        refused("[]").startsWith("the whole file: must be an object");
        refused("{\"cases\":null}").startsWith("cases: is missing");
        refused("{\"cases\":\n" + "[".repeat(600)).startsWith("line 2, column ");
        refused("{\"cases\":[{\"id\":\"c\",\n\"egfr\":" + "9".repeat(2000) + "}]}")
                .startsWith("line 2, column ");
    }

    @Test
    void what_is_no_date_and_no_number_is_refused_with_its_place() {
        refused("{\"cases\":[{\"id\":\"c\",\"admitted\":\"2026-02-30\"}]}").startsWith("cases[0].admitted:");
        refused("{\"cases\":[{\"id\":\"c\",\"weightKg\":\"70\"}]}").startsWith("cases[0].weightKg:");
        refused("{\"cases\":[{\"id\":\"c\",\"weightKg\":1e100000000}]}").startsWith("cases[0].weightKg:");
        refused("{\"cases\":[{\"id\":\"c\",\"egfr\":1e-100000000}]}").startsWith("cases[0].egfr:");
        refused("{\"cases\":[{\"diagnoses\":[]}]}").startsWith("cases[0].id:");
        refused("{\"cases\":[{\"id\":\"c\",\"id\":\"d\"}]}").contains("uplicate");
    }

    @Test
    void a_patch_moves_adds_replaces_and_removes() {
        CodingCase coded = CaseJson.read("{\"cases\":[{\"id\":\"c\",\"diagnoses\":[{\"code\":\"I10\"},"
                        + "{\"code\":\"E11.9\"},{\"code\":\"N18.4\"}]}]}")
                .get(0);

        CodingCase patched = CaseJson.apply(
                coded,
                Patch.replace("/diagnoses/0/code", "I12.9")
                        .then(Patch.move("/diagnoses/2", "/diagnoses/1"))
                        .then(Patch.remove("/diagnoses/2"))
                        .then(Patch.add("/diagnoses/1/poa", "Y")));

        assertThat(patched.diagnoses())
                .extracting(CodingCase.Diagnosis::code, CodingCase.Diagnosis::poa)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("I12.9", null),
                        org.assertj.core.groups.Tuple.tuple("N18.4", "Y"));
        assertThatThrownBy(() -> CaseJson.apply(coded, Patch.remove("/diagnoses/7")))
                .isInstanceOf(BadCase.class);
    }

    @Test
    void the_answer_holds_every_case_and_null_for_no_repair() {
        String json = CaseJson.answer(List.of(new CaseJson.Checked(
                "c",
                List.of(new Finding("DX-05", Severity.H, "diagnoses[1]", "twice", "I.B.12", List.of("I10"), null)))));

        assertThat(json)
                .isEqualTo("{\"cases\":[{\"id\":\"c\",\"findings\":[{\"rule\":\"DX-05\",\"severity\":\"H\","
                        + "\"item\":\"diagnoses[1]\",\"message\":\"twice\",\"source\":\"I.B.12\",\"facts\":[\"I10\"],"
                        + "\"repair\":null}]}]}");
    }

    @Test
    void a_year_of_more_than_four_digits_and_directions_without_end_are_refused_with_their_place() {
        refused("{\"cases\":[{\"id\":\"c\",\"prescriptions\":[{\"ordered\":\"+999999999-12-31\"}]}]}")
                .contains("cases[0].prescriptions[0].ordered", "must be a date");
        refused("{\"cases\":[{\"id\":\"c\",\"prescriptions\":[{\"sig\":\"" + "x".repeat(4001) + "\"}]}]}")
                .contains("cases[0].prescriptions[0].sig", "at most 4000 characters");
    }

    private static org.assertj.core.api.AbstractStringAssert<?> refused(String json) {
        return assertThat(org.assertj.core.api.Assertions.catchThrowableOfType(BadCase.class, () -> CaseJson.read(json))
                .getMessage());
    }
}
