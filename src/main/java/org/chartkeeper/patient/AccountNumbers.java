package org.chartkeeper.patient;

import java.util.List;
import org.chartkeeper.platform.PatientId;

/** Finds patients by the account number of a visit; implemented by the module that has the visits. */
public interface AccountNumbers {

    /**
     * Patients with a visit of this account number.
     *
     * @param normalised letters and digits alone, upper case, without leading zeros
     */
    List<PatientId> patients(String normalised);
}
