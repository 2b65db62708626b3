package org.chartkeeper.visit.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.chartkeeper.chart.EntryView;
import org.chartkeeper.terminology.CodeLookup;
import org.chartkeeper.terminology.Units;
import org.chartkeeper.visit.UpdateItem;
import org.chartkeeper.visit.UpdateSheet;
import org.chartkeeper.visit.VisitUpdates;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes a plan of what was typed: what would be written, what is wrong, and how each item of the checklist stands. */
@Component
class Planner {

    static final String UPDATED = "updated";
    static final String NO_CHANGE = "no change";
    static final String NOT_DOCUMENTED = "not documented";
    static final String NOT_APPLICABLE = "does not apply";

    /** Items of which a clinician can document that nothing changed. */
    private static final Set<UpdateItem> REVIEWED =
            Set.of(UpdateItem.PROBLEMS, UpdateItem.ALLERGIES, UpdateItem.MEDICATIONS, UpdateItem.IMMUNIZATIONS);

    private static final Set<String> STATES = Set.of(UPDATED, NO_CHANGE, NOT_DOCUMENTED, NOT_APPLICABLE);

    static final Map<String, String> WHY_NOT = Map.of(
            "not-this-visit", "not part of this visit",
            "refused", "patient refused",
            "unable", "could not be done",
            "elsewhere", "done elsewhere",
            "other-kind", "does not concern this patient");

    private final CodeLookup codes;
    private final Units units;

    Planner(CodeLookup codes, Units units) {
        this.codes = codes;
        this.units = units;
    }

    Plan plan(UpdateSheet sheet, Ground ground) {
        Plan plan = new Plan(sheet, ground);
        VitalsPart vitals = new VitalsPart(plan, units);
        Naming naming = new Naming(plan, codes);
        vitals.plan();
        new RowsPart(plan, naming).plan();
        new StandingPart(plan, naming, vitals).plan();
        plan.items(items(plan));
        return plan;
    }

    private static List<VisitUpdates.Item> items(Plan plan) {
        List<VisitUpdates.Item> items = new ArrayList<>();
        for (Ground.Line line : plan.ground.checklist()) {
            items.add(item(plan, line));
        }
        return items;
    }

    private static VisitUpdates.Item item(Plan plan, Ground.Line line) {
        UpdateItem item = line.item();
        String field = "state." + item.key();
        String chosen = plan.sheet.get(field);
        int typed = plan.typedIn(item);
        boolean asked = plan.ground.asked().contains(item);
        String state = state(plan, line, chosen, typed);
        if (chosen.equals(NOT_APPLICABLE) && !WHY_NOT.containsKey(plan.sheet.get("why." + item.key()))) {
            plan.wrong("why." + item.key(), "Say why " + line.label() + " does not apply");
        }
        return new VisitUpdates.Item(item, line.label(), state, typed, asked);
    }

    private static @Nullable String state(Plan plan, Ground.Line line, String chosen, int typed) {
        UpdateItem item = line.item();
        String field = "state." + item.key();
        if (typed > 0) {
            if (!chosen.isEmpty() && !chosen.equals(UPDATED)) {
                plan.wrong(field, line.label() + ": something is entered, so it cannot also be “" + chosen + "”");
            }
            return UPDATED;
        }
        if (!STATES.contains(chosen)) {
            Ground.Decided decided = plan.ground.decided().get(item);
            if (decided != null) {
                return decided.state();
            }
            plan.wrong(field, "Say how it stands: " + line.label());
            return null;
        }
        if (chosen.equals(NO_CHANGE) && !REVIEWED.contains(item)) {
            plan.wrong(field, line.label() + " cannot be “no change”");
        }
        if (chosen.equals(UPDATED) && !written(plan, item)) {
            plan.wrong(field, line.label() + ": nothing is entered");
        }
        return chosen;
    }

    /** Whether the visit has entries of this item already; documents are there or not, they are not typed. */
    private static boolean written(Plan plan, UpdateItem item) {
        if (item == UpdateItem.DOCUMENTS || plan.ground.decided().containsKey(item)) {
            return true;
        }
        return plan.ground.standing().ofVisit().stream()
                .filter(entry -> !entry.retracted())
                .map(EntryView::content)
                .anyMatch(content -> StandingPart.item(content) == item);
    }
}
