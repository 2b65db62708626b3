package org.chartkeeper.coding.rule.prescription;

import java.util.List;
import org.chartkeeper.coding.rule.Rule;

/** The rules of prescriptions: RX, CS, AL, DT, DD, PG, RN, RC. */
public final class PrescriptionRules {

    /** In the order of the rule book. */
    public static final List<Rule> ALL = List.of();

    private PrescriptionRules() {}
}
