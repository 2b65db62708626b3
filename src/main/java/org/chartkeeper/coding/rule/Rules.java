package org.chartkeeper.coding.rule;

import java.util.List;
import java.util.stream.Stream;
import org.chartkeeper.coding.rule.diagnosis.DiagnosisRules;
import org.chartkeeper.coding.rule.prescription.PrescriptionRules;

/** Every rule that a case is checked by. */
public final class Rules {

    private Rules() {}

    /** In the order of the rule book. */
    public static List<Rule> all() {
        return Stream.of(DiagnosisRules.ALL, PrescriptionRules.ALL)
                .flatMap(List::stream)
                .toList();
    }
}
