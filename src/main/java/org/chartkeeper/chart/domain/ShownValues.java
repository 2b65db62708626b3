package org.chartkeeper.chart.domain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The values of a summary page, in its order; several codes may mean the same measurement. */
final class ShownValues {

    /** LOINC codes with the words of the page. */
    static final Map<String, String> CODES = new LinkedHashMap<>();

    static {
        CODES.put("85354-9", "Blood pressure");
        CODES.put("55284-4", "Blood pressure");
        CODES.put("8867-4", "Heart rate");
        CODES.put("9279-1", "Respiratory rate");
        CODES.put("8310-5", "Temperature");
        CODES.put("59408-5", "Oxygen saturation");
        CODES.put("2708-6", "Oxygen saturation");
        CODES.put("29463-7", "Weight");
        CODES.put("8302-2", "Height");
        CODES.put("39156-5", "BMI");
        CODES.put("9843-4", "Head circumference");
        CODES.put("4548-4", "Hemoglobin A1c");
        CODES.put("2339-0", "Glucose");
        CODES.put("2345-7", "Glucose");
        CODES.put("38483-4", "Creatinine");
        CODES.put("2160-0", "Creatinine");
        CODES.put("33914-3", "eGFR");
        CODES.put("98979-8", "eGFR");
        CODES.put("62238-1", "eGFR");
        CODES.put("6298-4", "Potassium");
        CODES.put("2823-3", "Potassium");
        CODES.put("2947-0", "Sodium");
        CODES.put("2951-2", "Sodium");
        CODES.put("718-7", "Hemoglobin");
        CODES.put("2093-3", "Cholesterol");
        CODES.put("18262-6", "LDL cholesterol");
        CODES.put("6301-6", "INR");
        CODES.put("30934-4", "BNP");
        CODES.put("33762-6", "NT-proBNP");
    }

    private ShownValues() {}

    static String label(String code) {
        return CODES.getOrDefault(code, code);
    }

    /** Of those that mean the same only the one with the newest value, in the order of the page. */
    static <T> List<T> once(List<T> courses, Function<T, String> code, Function<T, Instant> newest) {
        Map<String, T> chosen = new HashMap<>();
        for (T course : courses) {
            chosen.merge(
                    label(code.apply(course)),
                    course,
                    (one, other) -> newest.apply(other).isAfter(newest.apply(one)) ? other : one);
        }
        List<T> kept = new ArrayList<>();
        for (T course : courses) {
            if (chosen.get(label(code.apply(course))) == course) {
                kept.add(course);
            }
        }
        return kept;
    }
}
