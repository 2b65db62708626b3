package org.chartkeeper.chart.domain;

import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.EntryCommand.VersionKind;
import org.chartkeeper.chart.EntryType;
import org.jspecify.annotations.Nullable;

/**
 * Which changes take protection or treatment away and therefore wait for a signature while the former state stays in
 * force; what adds protection works at once.
 */
final class Protection {

    /** What a check of drugs rests on: problems, allergies, drugs, values such as weight and kidney function. */
    private static final Set<EntryType> CHECKED = EnumSet.of(
            EntryType.CONDITION,
            EntryType.VISIT_DIAGNOSIS,
            EntryType.ALLERGY,
            EntryType.MEDICATION_ORDER,
            EntryType.MEDICATION_STATEMENT,
            EntryType.OBSERVATION);

    private Protection() {}

    /** Whether drugs are checked against entries of this type. */
    static boolean checkedAgainst(EntryType type) {
        return CHECKED.contains(type);
    }

    /**
     * What a change takes away.
     *
     * @param before the content in force
     * @param locked whether a version was signed or authenticated at its source
     * @return stop, change, resolve, refute, retract; null where it takes nothing away
     */
    static @Nullable String takenAway(VersionKind kind, Content before, Content after, boolean locked) {
        if (kind == VersionKind.RETRACTION) {
            return locked || protectingAllergy(before) ? "retract" : null;
        }
        String taken = before.type() == after.type() ? taken(before, after, locked) : null;
        if (before instanceof Content.Document was
                && after instanceof Content.Document now
                && was.sha256().equals(now.sha256())) {
            return null; // type, date, title: how the file is indexed is the records department's
        }
        // What was signed and is said to have been wrong stays as signed until its author agrees.
        return taken == null && kind == VersionKind.CORRECTION ? "change" : taken;
    }

    private static @Nullable String taken(Content before, Content after, boolean locked) {
        return switch (after) {
            case Content.Condition now -> condition((Content.Condition) before, now, locked);
            case Content.Allergy now -> allergy((Content.Allergy) before, now);
            case Content.MedicationOrder now -> order((Content.MedicationOrder) before, now, locked);
            case Content.MedicationStatement now -> statement((Content.MedicationStatement) before, now, locked);
            case Content.Order now -> stopped((Content.Order) before, now);
            default -> null;
        };
    }

    private static @Nullable String stopped(Content.Order was, Content.Order now) {
        boolean changed = !was.status().equals(now.status());
        return changed && TypedRows.active(was) && Set.of("revoked", "on-hold").contains(now.status()) ? "stop" : null;
    }

    private static @Nullable String condition(Content.Condition was, Content.Condition now, boolean locked) {
        if (was.visitDiagnosis() || !TypedRows.active(was)) {
            return null;
        }
        if (now.verificationStatus().equals("refuted")) {
            return "refute";
        }
        if (!TypedRows.active(now)) {
            return "resolve";
        }
        return locked && !TypedRows.sameness(was).equals(TypedRows.sameness(now)) ? "change" : null;
    }

    private static boolean protectingAllergy(Content content) {
        return content instanceof Content.Allergy allergy && !allergy.noneKnown() && TypedRows.active(allergy);
    }

    private static @Nullable String allergy(Content.Allergy was, Content.Allergy now) {
        if (!protectingAllergy(was)) {
            return null;
        }
        if (now.verificationStatus().equals("refuted")) {
            return "refute";
        }
        if (!TypedRows.active(now)) {
            return "resolve";
        }
        return now.noneKnown() || !TypedRows.sameness(was).equals(TypedRows.sameness(now)) ? "change" : null;
    }

    private static @Nullable String order(Content.MedicationOrder was, Content.MedicationOrder now, boolean locked) {
        if (!TypedRows.active(was)) {
            return null;
        }
        if (now.status().equals("replaced")) {
            return "change";
        }
        if (!TypedRows.active(now)
                || now.status().equals("on-hold") && was.status().equals("active")) {
            return "stop";
        }
        return locked && changedTerms(was, now) ? "change" : null;
    }

    private static @Nullable String statement(
            Content.MedicationStatement was, Content.MedicationStatement now, boolean locked) {
        if (!TypedRows.active(was)) {
            return null;
        }
        if (!TypedRows.active(now)) {
            return "stop";
        }
        boolean changed =
                !TypedRows.sameness(was).equals(TypedRows.sameness(now)) || !Objects.equals(was.dosage(), now.dosage());
        return locked && changed ? "change" : null;
    }

    /** Whether drug, dose, route, timing, quantity or refills differ: a prescription is a document (21 CFR 1306.05). */
    static boolean changedTerms(Content.MedicationOrder was, Content.MedicationOrder now) {
        return !was.medication().equals(now.medication())
                || !Objects.equals(was.dosage(), now.dosage())
                || !Objects.equals(was.quantity(), now.quantity())
                || !Objects.equals(was.refills(), now.refills())
                || !Objects.equals(was.daysSupply(), now.daysSupply());
    }
}
