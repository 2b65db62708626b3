package org.chartkeeper.access.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.chartkeeper.access.RecordRules;
import org.chartkeeper.platform.PractitionerId;
import org.chartkeeper.platform.Problem;
import org.chartkeeper.platform.Rejected;
import org.jspecify.annotations.Nullable;

/** Who co-signs for whom: practitioner and co-signer with a colon between, one for each row; nothing after it for nobody. */
class CosignatureForm {

    private List<String> cosigner = new ArrayList<>();

    /** @throws Rejected where an id is none */
    Map<PractitionerId, @Nullable PractitionerId> change() {
        Map<PractitionerId, @Nullable PractitionerId> change = new LinkedHashMap<>();
        try {
            for (String one : cosigner) {
                int cut = one.indexOf(':');
                String by = one.substring(cut + 1);
                change.put(PractitionerId.of(one.substring(0, cut)), by.isEmpty() ? null : PractitionerId.of(by));
            }
        } catch (IllegalArgumentException | IndexOutOfBoundsException damaged) {
            throw new Rejected(List.of(Problem.error(null, "Choose practitioners of the list")));
        }
        return change;
    }

    static List<PersonRow> rows(List<RecordRules.Cosigned> people, @Nullable CosignatureForm typed) {
        return people.stream()
                .map(person -> new PersonRow(
                        person.practitioner().toString(),
                        person.name(),
                        people.stream()
                                .filter(other -> !other.practitioner().equals(person.practitioner()))
                                .map(other -> {
                                    String value = person.practitioner() + ":" + other.practitioner();
                                    boolean chosen = typed == null
                                            ? other.practitioner().equals(person.cosigner())
                                            : typed.cosigner.contains(value);
                                    return new Choice(value, other.name(), chosen);
                                })
                                .toList()))
                .toList();
    }

    public List<String> getCosigner() {
        return cosigner;
    }

    public void setCosigner(List<String> cosigner) {
        this.cosigner = cosigner;
    }

    /** A practitioner of the table. */
    record PersonRow(String id, String name, List<Choice> choices) {}

    /** Somebody who may co-sign. */
    record Choice(String value, String label, boolean chosen) {}
}
