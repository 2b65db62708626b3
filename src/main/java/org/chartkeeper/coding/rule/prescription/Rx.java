package org.chartkeeper.coding.rule.prescription;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.chartkeeper.coding.CodingCase.Prescription;
import org.chartkeeper.coding.rule.CaseView;

/** A prescription of a case at its place. */
record Rx(CaseView of, int index, Prescription entered) {

    static List<Rx> all(CaseView coded) {
        List<Rx> all = new ArrayList<>();
        for (Prescription one : coded.coded().prescriptions()) {
            all.add(new Rx(coded, all.size(), one));
        }
        return List.copyOf(all);
    }

    /** As a finding names it: {@code prescriptions[0]}. */
    String item() {
        return "prescriptions[" + index + "]";
    }

    /** JSON pointer of a field within the case. */
    String at(String field) {
        return "/prescriptions/" + index + "/" + field;
    }

    /** The day of the order; the day of the check where it is not said. */
    LocalDate day() {
        LocalDate ordered = entered.ordered();
        return ordered == null ? of.today() : ordered;
    }

    /** The text of the order; empty where absent. */
    String text() {
        String text = entered.text();
        return text == null ? "" : text.strip();
    }

    /** The directions; empty where absent. */
    String sig() {
        String sig = entered.sig();
        return sig == null ? "" : sig.strip();
    }
}
