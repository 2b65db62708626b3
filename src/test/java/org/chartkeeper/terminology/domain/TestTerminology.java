package org.chartkeeper.terminology.domain;

import org.chartkeeper.terminology.CodeLookup;
import org.chartkeeper.terminology.Units;

/** The shipped terminology for tests without an application. */
public final class TestTerminology {

    private TestTerminology() {}

    public static Units units() {
        return new UcumUnits();
    }

    public static CodeLookup codes() {
        return new StarterSet();
    }
}
