package org.chartkeeper.exchange.domain.fhir;

import java.util.Objects;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.EntryCommand.VersionKind;

/** Which kind of version a change at the source is. */
final class Changes {

    private Changes() {}

    /**
     * The state of a living entry moved on, or what was said was wrong.
     *
     * @param locked whether what stands was final; otherwise it is only revised
     */
    static VersionKind kind(Content was, Content now, boolean locked) {
        if (!locked) {
            return VersionKind.REVISION;
        }
        return movedOn(was, now) ? VersionKind.UPDATE : VersionKind.CORRECTION;
    }

    private static boolean movedOn(Content was, Content now) {
        if (!was.type().living() || was.type() != now.type()) {
            return false;
        }
        if (was instanceof Content.Condition a && now instanceof Content.Condition b) {
            return a.code().equals(b.code()) && Objects.equals(a.onset(), b.onset());
        }
        if (was instanceof Content.Allergy a && now instanceof Content.Allergy b) {
            return a.substance().equals(b.substance());
        }
        if (was instanceof Content.MedicationOrder a && now instanceof Content.MedicationOrder b) {
            return a.medication().equals(b.medication())
                    && Objects.equals(a.dosage(), b.dosage())
                    && Objects.equals(a.quantity(), b.quantity())
                    && Objects.equals(a.refills(), b.refills());
        }
        if (was instanceof Content.MedicationStatement a && now instanceof Content.MedicationStatement b) {
            return a.medication().equals(b.medication());
        }
        if (was instanceof Content.Order a && now instanceof Content.Order b) {
            return a.code().equals(b.code());
        }
        return was instanceof Content.CarePlanItem a
                && now instanceof Content.CarePlanItem b
                && a.code().equals(b.code());
    }
}
