package org.chartkeeper.coding;

/** How much a finding weighs. */
public enum Severity {
    /** Hard stop: the case cannot be made final. */
    H,
    /** Review: goes on with a reason. */
    R,
    /** Warning. */
    W,
    /** Information; also "not checked" where a rule lacks its data. */
    I
}
