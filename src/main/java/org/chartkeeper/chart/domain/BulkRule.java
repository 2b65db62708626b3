package org.chartkeeper.chart.domain;

import java.util.List;
import org.chartkeeper.chart.BulkCorrections.Rule;
import org.chartkeeper.chart.Content;
import org.chartkeeper.terminology.Units;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a rule makes of the content of an entry. */
final class BulkRule {

    /** Under which an entry's own concept stands in its canonical JSON. */
    private static final List<String> CONCEPTS = List.of("code", "substance", "vaccine");

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private BulkRule() {}

    /** The corrected content; null where the rule finds nothing to correct in it. */
    static @Nullable Content corrected(Rule rule, Content content, Units units) {
        return switch (rule) {
            case Rule.Code code -> coded(code, content);
            case Rule.Unit unit -> measured(unit, content, units);
            case Rule.Department department -> null;
        };
    }

    /** Of any type: its concept says the other code, and everything else what it said. */
    private static @Nullable Content coded(Rule.Code rule, Content content) {
        JsonNode root = MAPPER.readTree(ContentJson.write(content));
        boolean changed = false;
        for (String key : CONCEPTS) {
            for (JsonNode coding : root.path(key).path("codings")) {
                if (coding instanceof ObjectNode own
                        && rule.system().equals(own.path("system").asString(""))
                        && rule.from().equals(own.path("code").asString(""))) {
                    own.put("code", rule.to());
                    own.put("display", rule.display());
                    changed = true;
                }
            }
        }
        return changed ? ContentJson.read(root.toString()) : null;
    }

    private static @Nullable Content measured(Rule.Unit rule, Content content, Units units) {
        if (!(content instanceof Content.Observation it)
                || it.value() == null
                || !rule.from().equals(it.value().unit())) {
            return null;
        }
        Content.Value was = it.value();
        return new Content.Observation(
                it.category(),
                it.code(),
                new Content.Value(
                        was.number(), rule.to(), units.ucum(rule.to()), was.text(), was.asTyped(), was.codings()),
                it.components(),
                it.status(),
                it.interpretation(),
                it.referenceRange(),
                it.performer(),
                it.specimen(),
                it.collected(),
                it.resulted(),
                it.circumstance(),
                it.absentReason(),
                it.note());
    }
}
