package org.chartkeeper.terminology.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReleaseDateTest {

    @ParameterizedTest
    @CsvSource({
        "ICD10CM, icd10cm_order_2026.txt, 2025-10-01, FY2026",
        "ICD10CM, icd10cm-order-April-2025.txt, 2025-04-01, FY2025 (April 2025)",
        "ICD10CM, icd10cm-order-Jan-2021.txt, 2021-01-01, FY2021 (January 2021)",
        "ICD10CM, april-1-2026-code-descriptions.zip, 2026-04-01, FY2026 (April 2026)",
        "POA_EXEMPT, POAexemptCodesFY25.txt, 2024-10-01, FY2025",
        "CONVERSION, cdc-fy2026-conversion-table.xlsx, 2025-10-01, FY2026",
        "HCPCS, HCPC2020_ANWEB_w_disclaimer.txt, 2020-01-01, 2020",
        "HCPCS, hcpcs-2025-oct-short.csv, 2025-10-01, October 2025",
        "MCE, mce_v41.1_code_edits_FY2024.csv, 2024-04-01, v41.1",
        "MSDRG, msdrg_v42_list.csv, 2024-10-01, v42",
        "RXNORM, RxNorm_full_10052026.zip, 2026-10-05, 2026-10-05",
        "SNOMED, SnomedCT_20260901T120000Z.zip, 2026-09-01, 2026-09-01"
    })
    void a_name_tells_the_first_day_of_its_release(FileKind kind, String name, LocalDate from, String release) {
        assertThat(ReleaseDate.of(kind, List.of(name))).contains(new ReleaseDate(from, release));
    }

    @ParameterizedTest
    @CsvSource({"codes.txt", "download(1).txt", "icd10cm.txt"})
    void a_name_without_a_date_tells_nothing(String name) {
        assertThat(ReleaseDate.of(FileKind.ICD10CM, List.of(name))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"order.txt, cms-fy2026-dx.zip, 2025-10-01"})
    void the_archive_tells_what_the_file_does_not(String file, String archive, LocalDate from) {
        assertThat(ReleaseDate.of(FileKind.ICD10CM, List.of(file, archive))
                        .orElseThrow()
                        .from())
                .isEqualTo(from);
    }
}
