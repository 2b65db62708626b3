package org.chartkeeper.coding.rule.prescription;

import java.util.List;
import java.util.stream.Stream;
import org.chartkeeper.coding.rule.Rule;

/** The rules of a prescription's codes, directions and prescriber, of controlled substances and of safety. */
public final class PrescriptionRules {

    private static final List<Rule> ORDERS = List.of(
            new NdcRules.Segments(),
            new NdcRules.Ambiguous(),
            new NdcRules.Characters(),
            new NdcRules.Shape(),
            new NdcRules.TwelveDigits(),
            new NdcRules.Marketed(),
            new RxNormRules.Orderable(),
            new RxNormRules.InUse(),
            new RxNormRules.Together(),
            new RxNormRules.TextAndCode(),
            new SigRules.DoseAndUnit(),
            new SigRules.RouteOfForm(),
            new SigRules.When(),
            new SigRules.AsNeeded(),
            new QuantityRules.Lasts(),
            new QuantityRules.Limits(),
            new SigRules.Abbreviations(),
            new QuantityRules.Weekly(),
            new PrescriberRules.Number(),
            new PrescriberRules.Indication(),
            new PrescriberRules.Days(),
            new ControlledRules.NoRefills(),
            new ControlledRules.Series(),
            new ControlledRules.SixMonths(),
            new ControlledRules.FifthSchedule(),
            new ControlledRules.Content(),
            new ControlledRules.DeaNumber(),
            new ControlledRules.Registration(),
            new ControlledRules.Emergency(),
            new ControlledRules.PartialFill(),
            new ControlledRules.ElectronicSigning(),
            new ControlledRules.OpioidSafety());

    /** In the order of the rule book. */
    public static final List<Rule> ALL =
            Stream.concat(ORDERS.stream(), SafetyRules.ALL.stream()).toList();

    private PrescriptionRules() {}

    /** Name, version and date of our own tables, as findings cite them. */
    public static String tables() {
        return DrugTable.load().edition() + "; " + Interactions.load().edition();
    }
}
