package org.chartkeeper.coding.rule;

import java.util.List;
import java.util.stream.Stream;
import org.chartkeeper.coding.rule.diagnosis.DiagnosisRules;
import org.chartkeeper.coding.rule.prescription.PrescriptionRules;

/** Every rule that a case is checked by. */
public final class Rules {

    private static final List<Rule> ALL = Stream.concat(DiagnosisRules.ALL.stream(), PrescriptionRules.ALL.stream())
            .toList();

    private Rules() {}

    /** In the order of the rule book. */
    public static List<Rule> all() {
        return ALL;
    }
}
