package org.chartkeeper.access;

import java.util.List;

/** What browsers reported that a page tried against its content security policy. Kept per node, the newest hundred. */
public interface ContentPolicyReports {

    /** How many came since the start. */
    long count();

    /** Directive and what was blocked, newest last; never a whole address with its query. */
    List<String> newest();
}
