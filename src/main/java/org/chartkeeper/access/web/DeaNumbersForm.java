package org.chartkeeper.access.web;

import java.util.ArrayList;
import java.util.List;
import org.chartkeeper.access.DeaNumbers;
import org.chartkeeper.platform.PractitionerId;
import org.chartkeeper.platform.Problem;
import org.chartkeeper.platform.Rejected;

/** The DEA numbers of a facility's practitioners: three lists, a place for each practitioner. */
class DeaNumbersForm {

    private List<String> practitioners = new ArrayList<>();
    private List<String> numbers = new ArrayList<>();
    private List<String> was = new ArrayList<>();

    static DeaNumbersForm of(List<DeaNumbers.Registered> people) {
        DeaNumbersForm form = new DeaNumbersForm();
        for (DeaNumbers.Registered person : people) {
            String number = person.number() == null ? "" : person.number();
            form.practitioners.add(person.practitioner().toString());
            form.numbers.add(number);
            form.was.add(number);
        }
        return form;
    }

    /** @throws Rejected where an id is none */
    List<DeaNumbers.Change> changes() {
        List<DeaNumbers.Change> changes = new ArrayList<>();
        try {
            for (int at = 0; at < practitioners.size(); at++) {
                changes.add(
                        new DeaNumbers.Change(PractitionerId.of(practitioners.get(at)), numbers.get(at), was.get(at)));
            }
        } catch (IllegalArgumentException | IndexOutOfBoundsException damaged) {
            throw new Rejected(List.of(Problem.error(null, "Choose practitioners of the list")));
        }
        return changes;
    }

    public List<String> getPractitioners() {
        return practitioners;
    }

    public void setPractitioners(List<String> practitioners) {
        this.practitioners = practitioners;
    }

    public List<String> getNumbers() {
        return numbers;
    }

    public void setNumbers(List<String> numbers) {
        this.numbers = numbers;
    }

    public List<String> getWas() {
        return was;
    }

    public void setWas(List<String> was) {
        this.was = was;
    }
}
