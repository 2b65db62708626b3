package org.chartkeeper.patient;

import java.util.Map;
import java.util.Set;
import org.chartkeeper.platform.PatientId;

/**
 * What a module has of patients and what a merge does with it. Every table with a patient belongs to one participant; a
 * test asks the database for those that none names.
 */
public interface PatientMergeParticipant {

    /** Tables whose current rows move to the survivor, each with the SQL expression of a row's key. */
    Map<String, String> moved();

    /** Tables whose rows keep the patient that they were written for; their readers resolve through the link. */
    Set<String> kept();

    /** SQL condition of the rows of a table that move; the others would stand twice and stay. */
    default String only(String table) {
        return "true";
    }

    /** Before the rows move: makes way for what may stand once only. Joins the caller's transaction. */
    default void before(PatientId loser, PatientId survivor) {}
}
