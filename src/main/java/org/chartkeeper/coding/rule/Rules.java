package org.chartkeeper.coding.rule;

import java.util.List;
import org.chartkeeper.coding.rule.diagnosis.DiagnosisRules;

/** Every rule that a case is checked by. */
public final class Rules {

    private Rules() {}

    /** In the order of the rule book. */
    public static List<Rule> all() {
        return DiagnosisRules.ALL;
    }
}
