package org.chartkeeper.coding.rule;

import org.chartkeeper.coding.Severity;

/** A rule of coding: computed from a case and the loaded tables alone, without state. */
public interface Rule {

    /** As the rule book has it: DX-05. */
    String id();

    /** What a finding weighs where the check says nothing else. */
    Severity severity();

    /** Guideline, law or list that it rests on. */
    String source();

    /** Reports what is wrong; nothing where the case is right or lacks what the rule asks for. */
    void check(CaseView coded, Report report);
}
