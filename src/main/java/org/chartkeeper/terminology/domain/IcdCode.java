package org.chartkeeper.terminology.domain;

import java.util.Locale;
import org.chartkeeper.terminology.CodeSystem;

/** Codes as they are compared and as they are written. */
final class IcdCode {

    private static final int CATEGORY = 3;

    private IcdCode() {}

    /** {@code M545} is {@code M54.5}. */
    static String dotted(String bare) {
        return bare.length() <= CATEGORY ? bare : bare.substring(0, CATEGORY) + "." + bare.substring(CATEGORY);
    }

    /** Without dot and in upper case; LOINC keeps its hyphen, a dash at the end of an ICD code goes. */
    static String bare(String typed) {
        String code = typed.strip().toUpperCase(Locale.US).replace(".", "");
        return code.length() > CATEGORY && code.endsWith("-") ? code.substring(0, code.length() - 1) : code;
    }

    static String written(CodeSystem system, String bare) {
        return system == CodeSystem.ICD10CM ? dotted(bare) : bare;
    }
}
