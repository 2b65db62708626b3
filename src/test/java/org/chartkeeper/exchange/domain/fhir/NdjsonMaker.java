package org.chartkeeper.exchange.domain.fhir;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Generates NDJSON of any length: patients with visits, values and notes of about the size that real ones have. */
final class NdjsonMaker {

    private static final String[][] VALUES = {
        {"8302-2", "Body Height", "cm"},
        {"29463-7", "Body Weight", "kg"},
        {"2339-0", "Glucose [Mass/volume] in Blood", "mg/dL"},
        {"2823-3", "Potassium [Moles/volume] in Blood", "mmol/L"},
        {"38483-4", "Creatinine [Mass/volume] in Blood", "mg/dL"}
    };

    private NdjsonMaker() {}

    /** {@code FILE ID MEGABYTES}: for trials by hand. */
    public static void main(String[] args) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(Path.of(args[0]))) {
            write(out, args[1], Long.parseLong(args[2]) * 1024 * 1024);
        }
    }

    static void write(BufferedWriter out, String id, long bytes) throws IOException {
        long written = 0;
        for (int patient = 0; written < bytes; patient++) {
            written += patient(out, id + "-" + patient, patient, bytes - written);
        }
    }

    private static long patient(BufferedWriter out, String id, int number, long room) throws IOException {
        long written = line(out, """
                {"resourceType":"Patient","id":"%s","identifier":[{"system":"urn:example:generated","value":"%s"}],"name":[{"use":"official","family":"Generated%d","given":["Pat","No%d"]}],"gender":"%s","birthDate":"19%02d-%02d-%02d"}""".formatted(
                        id,
                        id,
                        number,
                        number,
                        number % 2 == 0 ? "female" : "male",
                        number % 90 + 10,
                        number % 12 + 1,
                        number % 28 + 1));
        for (int visit = 0; visit < 40 && written < room; visit++) {
            String day = "20%02d-%02d-%02d".formatted(visit % 24, visit % 12 + 1, number % 28 + 1);
            String encounter = id + "-e" + visit;
            written += line(out, """
                    {"resourceType":"Encounter","id":"%s","status":"finished","class":{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"AMB"},"type":[{"coding":[{"system":"http://snomed.info/sct","code":"185349003","display":"Encounter for check up"}]}],"subject":{"reference":"Patient/%s"},"period":{"start":"%sT09:00:00Z","end":"%sT09:30:00Z"}}""".formatted(encounter, id, day, day));
            for (int value = 0; value < 15; value++) {
                String[] of = VALUES[value % VALUES.length];
                written += line(out, """
                        {"resourceType":"Observation","id":"%s-o%d","meta":{"profile":["http://hl7.org/fhir/us/core/StructureDefinition/us-core-observation-lab"]},"status":"final","category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"laboratory","display":"Laboratory"}]}],"code":{"coding":[{"system":"http://loinc.org","code":"%s","display":"%s"}],"text":"%s"},"subject":{"reference":"Patient/%s"},"encounter":{"reference":"Encounter/%s"},"effectiveDateTime":"%sT09:1%d:00Z","issued":"%sT10:00:00.123Z","valueQuantity":{"value":%d.%d,"unit":"%s","system":"http://unitsofmeasure.org","code":"%s"}}""".formatted(
                                encounter,
                                value,
                                of[0],
                                of[1],
                                of[1],
                                id,
                                encounter,
                                day,
                                value % 10,
                                day,
                                60 + value,
                                visit % 10,
                                of[2],
                                of[2]));
            }
        }
        return written;
    }

    private static long line(BufferedWriter out, String json) throws IOException {
        out.write(json);
        out.write('\n');
        return json.length() + 1L;
    }
}
