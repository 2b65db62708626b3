package org.chartkeeper.chart.web;

import java.util.List;
import org.chartkeeper.chart.BannerMark;
import org.chartkeeper.platform.PatientId;
import org.jspecify.annotations.Nullable;

/**
 * The head of every page that shows a patient. Row one says who this is, row two what must not be missed; work stands
 * apart at the right end.
 *
 * @param id of the chart that is shown: the survivor where the address named a merged patient
 * @param name "Surname, Given"
 * @param known preferred name and pronouns where recorded: "Ellie · she/her"
 * @param born "11 Mar 1948 · 78 y", of a newborn with hours or days; "not known" where it is not
 * @param mrns the number of the actor's facility first
 * @param house where the patient is now, null while not in house
 * @param safety row two in the order of the pages: allergies, code status, marks of the person, same names
 * @param work what waits on this chart
 */
record PatientBanner(
        PatientId id,
        String surname,
        String name,
        @Nullable String known,
        String born,
        String sex,
        List<Number> mrns,
        @Nullable String pcp,
        @Nullable String house,
        List<Tag> safety,
        List<BannerMark.Mark> work) {

    /** An MRN and whose it is: "MRN Riverside Hospital". */
    record Number(String label, String value) {}

    /** The page's title: surname and number first, so that two tabs cannot be confused. */
    public String title(String section) {
        return mrns.isEmpty()
                ? surname + " · " + section
                : surname + " · " + mrns.get(0).value() + " · " + section;
    }
}
