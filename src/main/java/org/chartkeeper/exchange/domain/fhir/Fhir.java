package org.chartkeeper.exchange.domain.fhir;

import java.util.regex.Pattern;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/** What is common to all reading of FHIR JSON. */
final class Fhir {

    /** Longest resource that is taken, in bytes; a scanned document of about 35 MB fits. */
    static final int LONGEST_RESOURCE = 48 * 1024 * 1024;

    /** Decimals keep their digits: 7.40 stays 7.40. A name that stands twice in an object is broken JSON. */
    static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(LONGEST_RESOURCE)
                            .maxNestingDepth(200)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private static final Pattern TYPE = Pattern.compile("[A-Z][A-Za-z]{1,63}");

    private Fhir() {}

    /** Whether a text can be the name of a resource type. */
    static boolean typeName(String text) {
        return TYPE.matcher(text).matches();
    }
}
