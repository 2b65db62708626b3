package org.chartkeeper.coding.rule;

import java.util.ArrayList;
import java.util.List;
import org.chartkeeper.coding.Finding;
import org.chartkeeper.coding.Patch;
import org.chartkeeper.coding.Severity;
import org.jspecify.annotations.Nullable;

/** Where a rule says what it found. */
public final class Report {

    /** The item of a finding about the whole case. */
    public static final String CASE = "case";

    /** How the message of a rule begins that lacks its data. */
    public static final String NOT_CHECKED = "Not checked: ";

    private final Rule rule;
    private final List<Finding> findings = new ArrayList<>();

    public Report(Rule rule) {
        this.rule = rule;
    }

    /** A finding of the rule's own severity without a repair. */
    public void add(String item, String message, String... facts) {
        add(rule.severity(), item, message, null, facts);
    }

    /** A finding of the rule's own severity with a repair. */
    public void add(String item, String message, @Nullable Patch repair, String... facts) {
        add(rule.severity(), item, message, repair, facts);
    }

    public void add(Severity severity, String item, String message, @Nullable Patch repair, String... facts) {
        findings.add(new Finding(rule.id(), severity, item, message, rule.source(), List.of(facts), repair));
    }

    /** Says that the rule lacks its data, so that its silence is not taken for a clean case. */
    public void notChecked(String item, String lacking, String... facts) {
        add(Severity.I, item, NOT_CHECKED + "no " + lacking + " loaded.", null, facts);
    }

    public List<Finding> findings() {
        return List.copyOf(findings);
    }
}
