package org.chartkeeper.coding.rule.diagnosis;

import java.util.List;
import org.chartkeeper.coding.rule.Rule;

/** The rules of diagnoses: DX-01 to DX-60, EV-01 and the edits of the Medicare Code Editor. */
public final class DiagnosisRules {

    /** In the order of the rule book. */
    public static final List<Rule> ALL = List.of();

    private DiagnosisRules() {}
}
