package org.chartkeeper.coding;

import java.util.List;

/** Checks cases by every rule of coding and of prescriptions. Nothing is stored. */
public interface CodingCheck {

    /** The findings of a case, by the order of the rules; empty where nothing was found. */
    List<Finding> check(CodingCase coded);

    /** The findings of a case by the rules of prescriptions alone; empty where nothing was found. */
    List<Finding> checkPrescriptions(CodingCase coded);

    /** Name, version and date of the tables by which prescriptions are checked, in one line. */
    String prescriptionTables();

    /**
     * The case with a repair applied.
     *
     * @throws BadCase where the patch does not fit the case
     */
    CodingCase apply(CodingCase coded, Patch repair);
}
