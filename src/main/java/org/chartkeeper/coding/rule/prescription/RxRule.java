package org.chartkeeper.coding.rule.prescription;

import org.chartkeeper.coding.Severity;
import org.chartkeeper.coding.rule.CaseView;
import org.chartkeeper.coding.rule.Report;
import org.chartkeeper.coding.rule.Rule;

/** A rule that looks at one prescription at a time. */
abstract class RxRule implements Rule {

    private final String id;
    private final Severity severity;
    private final String source;

    RxRule(String id, Severity severity, String source) {
        this.id = id;
        this.severity = severity;
        this.source = source;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Severity severity() {
        return severity;
    }

    @Override
    public String source() {
        return source;
    }

    @Override
    public void check(CaseView coded, Report report) {
        for (Rx rx : Rx.all(coded)) {
            check(rx, report);
        }
    }

    abstract void check(Rx rx, Report report);
}
