package org.chartkeeper.coding.rule.prescription;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import org.chartkeeper.access.DeaNumbers;
import org.chartkeeper.coding.CodingCase.Prescription;
import org.chartkeeper.terminology.DrugBook;
import org.jspecify.annotations.Nullable;

/**
 * What the numbers of a prescription say of themselves, for a page that shows them.
 *
 * @param ndcShape lengths of the segments of the package code, {@code 5-4-2}; how many digits where it has no hyphens;
 *     null without a package code
 * @param ndcHyphened the package code as 5-4-2 with hyphens; null where that cannot be told
 * @param ndc11 its normal form of 11 digits; null where that cannot be told
 * @param ndcMayMean what ten digits without hyphens may mean; empty otherwise
 * @param npiRight whether the check digit of the prescriber's NPI is right; null without one
 * @param deaRight whether the check digit of the DEA number is right; null without one
 * @param schedule of federal law: {@code C-II (oxycodone)}; empty where the drug is not known as controlled
 * @param scheduleTable what the schedule rests on
 */
public record OrderNumbers(
        @Nullable String ndcShape,
        @Nullable String ndcHyphened,
        @Nullable String ndc11,
        List<String> ndcMayMean,
        @Nullable Boolean npiRight,
        @Nullable Boolean deaRight,
        String schedule,
        String scheduleTable) {

    /** @param on day that chooses the schedule where no order date is said */
    public static OrderNumbers of(Prescription order, DrugBook drugs, LocalDate on) {
        PackageCode ndc = order.ndc() == null || order.ndc().isBlank() ? null : PackageCode.of(order.ndc());
        String npi = order.prescriber() == null ? null : order.prescriber().npi();
        String dea = order.prescriber() == null ? null : order.prescriber().dea();
        LocalDate day = order.ordered() == null ? on : order.ordered();
        return new OrderNumbers(
                ndc == null ? null : ndc.shape(),
                ndc == null ? null : ndc.hyphened(),
                ndc == null ? null : ndc.normal(),
                ndc == null ? List.of() : ndc.candidates(),
                npi == null ? null : CheckDigits.npi(npi),
                dea == null ? null : DeaNumbers.SHAPE.matcher(dea).matches() && DeaNumbers.checked(dea.substring(2, 9)),
                ControlledDrugs.of(order.rxnorm(), order.text(), drugs, day).stream()
                        .filter(drug -> drug.schedule() > 0)
                        .min(Comparator.comparingInt(ControlledDrugs.Controlled::schedule))
                        .map(drug -> "C-" + Schedule.roman(drug.schedule()) + " (" + drug.ingredient() + ")")
                        .orElse(""),
                ControlledDrugs.EDITION);
    }

    /** The package code in 5-4-2 with hyphens; null where what was typed is none or could be several. */
    public static @Nullable String packageCode(String typed) {
        return PackageCode.of(typed).hyphened();
    }

    /** What ten digits without hyphens may mean; empty of anything else. */
    public static List<String> packageCodes(String typed) {
        return PackageCode.of(typed).candidates();
    }
}
