package org.chartkeeper.terminology;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the loaded drug tables say: RxNorm concepts, their codes of packages (NDC) and their ingredients. */
public interface DrugBook {

    /** The drug of an RxNorm identifier; empty where no loaded table has it. */
    Optional<Drug> drug(String rxcui);

    /** The RxNorm identifiers of a package code in its normal form of 11 digits; empty where no table has it. */
    Set<String> rxcuisOf(String ndc11);

    /** Whether the tables have any package code of the drug: where not, a mismatch cannot be told. */
    boolean hasPackages(String rxcui);

    /**
     * The last day on which a package was marketed, by the loaded FDA directory of packages; empty where it has no end,
     * or no directory tells.
     *
     * @param ndc11 the package code in its normal form of 11 digits
     */
    default Optional<LocalDate> marketingEnd(String ndc11) {
        return Optional.empty();
    }

    /** Whether a directory is loaded that tells until when packages are marketed. */
    default boolean tellsMarketing() {
        return false;
    }

    /** What is loaded, as a finding names it: "RxNorm 2026-10-05", "RxCUI to NDC table"; empty where nothing is. */
    Optional<String> edition();

    /** The status of a concept in RxNorm. */
    enum Status {
        ACTIVE,
        OBSOLETE,
        REMAPPED,
        QUANTIFIED,
        NOT_CURRENT,
        /** The loaded table does not say. */
        UNSAID
    }

    /**
     * A drug.
     *
     * @param termType SCD, SBD, GPCK, BPCK, IN, PIN, MIN, BN, SCDF, SCDG…; empty where the loaded table does not say
     * @param ingredients names in lower case, without salt where the table tells; of a name alone its beginning
     * @param successors what took its place where it is no longer active
     */
    record Drug(
            String rxcui,
            String name,
            String termType,
            Status status,
            List<String> ingredients,
            List<String> successors,
            String edition) {}
}
