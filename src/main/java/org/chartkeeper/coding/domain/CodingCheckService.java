package org.chartkeeper.coding.domain;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import org.chartkeeper.coding.CaseJson;
import org.chartkeeper.coding.CodingCase;
import org.chartkeeper.coding.CodingCheck;
import org.chartkeeper.coding.Finding;
import org.chartkeeper.coding.Patch;
import org.chartkeeper.coding.rule.Checker;
import org.chartkeeper.coding.rule.Rules;
import org.chartkeeper.coding.rule.prescription.PrescriptionRules;
import org.chartkeeper.terminology.CodeBook;
import org.chartkeeper.terminology.DrugBook;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Service;

/** Checks by the loaded code sets and drug tables. */
@Service
class CodingCheckService implements CodingCheck {

    private final Checker checker;
    private final Checker prescriptions;
    private final DrugBook drugs;
    private final Clock clock;

    CodingCheckService(ObjectProvider<CodeBook> codes, ObjectProvider<DrugBook> drugs, Clock clock) {
        CodeBook codeBook = codes.getIfAvailable(() -> NothingLoaded.CODES);
        this.drugs = drugs.getIfAvailable(() -> NothingLoaded.DRUGS);
        this.checker = new Checker(Rules.all(), codeBook, this.drugs);
        this.prescriptions = new Checker(PrescriptionRules.ALL, codeBook, this.drugs);
        this.clock = clock;
    }

    @Override
    public List<Finding> check(CodingCase coded) {
        return checker.check(coded, LocalDate.now(clock));
    }

    @Override
    public List<Finding> checkPrescriptions(CodingCase coded) {
        return prescriptions.check(coded, LocalDate.now(clock));
    }

    @Override
    public String prescriptionTables() {
        return PrescriptionRules.tables() + "; " + drugs.edition().orElse("no RxNorm or package table is loaded");
    }

    @Override
    public CodingCase apply(CodingCase coded, Patch repair) {
        return CaseJson.apply(coded, repair);
    }
}
