package org.chartkeeper.exchange.domain.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class CanonicalResourceTest {

    private static String hash(String json) {
        return new CanonicalResource().hash((ObjectNode) Fhir.JSON.readTree(json));
    }

    @Test
    void order_and_blanks_make_no_difference() {
        assertThat(hash("{\"a\":1,\"b\":{\"c\":[1,2],\"d\":\"x\"}}"))
                .isEqualTo(hash("{ \"b\" : {\"d\":\"x\", \"c\":[ 1, 2 ]}, \"a\": 1 }"));
    }

    @Test
    void what_a_server_writes_anew_at_each_export_makes_no_difference() {
        assertThat(
                        hash(
                                "{\"meta\":{\"profile\":[\"p\"],\"versionId\":\"1\",\"lastUpdated\":\"2024-01-01T00:00:00Z\"}}"))
                .isEqualTo(hash("{\"meta\":{\"profile\":[\"p\"],\"versionId\":\"2\"}}"));
    }

    @Test
    void digits_order_in_lists_and_quotes_make_one() {
        assertThat(hash("{\"a\":7.4}")).isNotEqualTo(hash("{\"a\":7.40}"));
        assertThat(hash("{\"a\":[1,2]}")).isNotEqualTo(hash("{\"a\":[2,1]}"));
        assertThat(hash("{\"a\":\"b\\\",\\\"c\"}")).isNotEqualTo(hash("{\"a\":[\"b\",\"c\"]}"));
        assertThat(hash("{\"a\":\"1\"}")).isNotEqualTo(hash("{\"a\":1}"));
    }
}
