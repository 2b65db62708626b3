package org.chartkeeper.coding;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a rule found in a case.
 *
 * @param rule its id, such as DX-05
 * @param item what it is about: {@code diagnoses[1]}, {@code prescriptions[0]}; {@code case} where the whole case
 * @param message what is wrong and what would make it right
 * @param source guideline, law or list that the rule rests on
 * @param facts the data of the case and of the loaded editions that were used
 * @param repair what applied makes the rule silent and raises no new error; null where there is none
 */
public record Finding(
        String rule,
        Severity severity,
        String item,
        String message,
        String source,
        List<String> facts,
        @Nullable Patch repair) {
    public Finding {
        facts = List.copyOf(facts);
    }
}
