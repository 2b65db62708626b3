package org.chartkeeper.patient.domain;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.chartkeeper.patient.Coded;
import org.chartkeeper.patient.Demographics;
import org.chartkeeper.patient.Language;
import org.chartkeeper.patient.RegistrationVersion.Difference;
import org.chartkeeper.patient.SexFact;
import org.chartkeeper.platform.PartialDate;
import org.jspecify.annotations.Nullable;

/** A registration in the words of the pages, field by field, to say what changed between two versions. */
final class Words {

    private Words() {}

    /** Fields that differ, in the order of the registration page. */
    static List<Difference> differences(Demographics before, Demographics after) {
        Map<String, String> was = fields(before);
        Map<String, String> now = fields(after);
        Set<String> all = new LinkedHashSet<>(now.keySet());
        all.addAll(was.keySet());
        List<Difference> differences = new ArrayList<>();
        for (String field : all) {
            String former = was.get(field);
            String current = now.get(field);
            if (former == null ? current != null : !former.equals(current)) {
                differences.add(new Difference(field.replaceAll(" #.*$", ""), former, current));
            }
        }
        return differences;
    }

    /** Every field that has a value; parts of lists carry their id behind a # that keeps them apart. */
    static Map<String, String> fields(Demographics data) {
        Map<String, String> fields = new LinkedHashMap<>();
        put(fields, "Identity", data.identityUnknown() ? "Unknown" : null);
        for (Demographics.Name name : data.names()) {
            put(
                    fields,
                    name.kind().label() + " #" + name.id(),
                    name.full()
                            + span(name.from(), name.until())
                            + note(name.proof(), "proof: ")
                            + (name.suppressed() ? ", not shown" : ""));
        }
        put(
                fields,
                "Birth date",
                data.birthDate() == null
                        ? null
                        : data.birthDate().show() + (data.birthEstimated() ? " (estimated)" : ""));
        put(
                fields,
                "Birth time",
                data.birthTime() == null ? null : data.birthTime().toString());
        Demographics.Birth birth = data.birth();
        if (birth != null) {
            put(fields, "Birth order", birth.order() == null ? null : birth.order() + " of " + birth.plurality());
            put(
                    fields,
                    "Gestational age",
                    birth.gestationDays() == null
                            ? null
                            : birth.gestationDays() / 7 + " weeks " + birth.gestationDays() % 7 + " days");
            put(fields, "Birth weight", birth.weightGrams() == null ? null : birth.weightGrams() + " g");
        }
        for (SexFact fact : data.sex()) {
            put(
                    fields,
                    fact.kind().label() + " #" + fact.id(),
                    fact.label()
                            + span(fact.from(), fact.until())
                            + note(fact.note(), "")
                            + note(fact.proof(), "proof: "));
        }
        put(fields, "Deceased", "true".equals(data.deceased()) ? "Yes, date unknown" : date(data.deceased()));
        put(fields, "Language", data.language() == null ? null : Language.label(data.language()));
        put(fields, "Interpreter", data.interpreter() ? "Needed" : null);
        put(
                fields,
                "Race",
                data.races().isEmpty()
                        ? null
                        : data.races().stream().map(Coded::label).collect(Collectors.joining(", ")));
        put(
                fields,
                "Ethnicity",
                data.ethnicity() == null ? null : data.ethnicity().label());
        put(
                fields,
                "Marital status",
                data.maritalStatus() == null ? null : data.maritalStatus().label());
        data.mrns().forEach(mrn -> put(fields, "MRN #" + mrn.id(), mrn.value()));
        data.identifiers()
                .forEach(number -> put(
                        fields,
                        number.kind().label() + " #" + number.id(),
                        number.value() + " (" + number.assigner() + ")" + span(null, number.until())));
        for (Demographics.Address address : data.addresses()) {
            LocalDate returned = address.returnedSince();
            put(
                    fields,
                    address.kind().label() + " address #" + address.id(),
                    address.oneLine()
                            + span(address.from(), address.until())
                            + (returned == null
                                    ? ""
                                    : ", mail returned since "
                                            + PartialDate.of(returned).show())
                            + (address.confidential() ? ", confidential" : ""));
        }
        data.telecoms()
                .forEach(telecom -> put(
                        fields,
                        telecom.use().label() + " " + telecom.system().label().toLowerCase(Locale.US) + " #"
                                + telecom.id(),
                        telecom.value() + span(null, telecom.until()) + note(telecom.note(), "")));
        for (Demographics.Contact contact : data.contacts()) {
            String roles = contact.roles().stream()
                    .map(held ->
                            held.role().label() + span(held.from(), held.until()) + note(held.document(), "document: "))
                    .collect(Collectors.joining("; "));
            put(
                    fields,
                    "Contact #" + contact.id(),
                    contact.name()
                            + note(contact.relationship(), "")
                            + note(contact.phone(), "")
                            + note(contact.email(), "")
                            + note(contact.address(), "")
                            + note(contact.note(), "")
                            + (roles.isEmpty() ? "" : ": " + roles));
        }
        for (Demographics.Coverage coverage : data.coverages()) {
            LocalDate verified = coverage.verifiedOn();
            put(
                    fields,
                    "Coverage #" + coverage.id(),
                    coverage.rank() + ". " + coverage.payer() + note(coverage.plan(), "")
                            + note(coverage.memberId(), "member ") + note(coverage.groupNumber(), "group ")
                            + note(coverage.subscriber(), "subscriber ") + note(coverage.relationship(), "patient is ")
                            + span(coverage.from(), coverage.until())
                            + (verified == null
                                    ? ""
                                    : ", verified " + PartialDate.of(verified).show()));
        }
        data.guarantors()
                .forEach(guarantor -> put(
                        fields,
                        "Guarantor #" + guarantor.id(),
                        guarantor.name()
                                + note(guarantor.relationship(), "")
                                + note(guarantor.phone(), "")
                                + note(guarantor.address(), "")
                                + span(guarantor.from(), guarantor.until())));
        data.careTeam()
                .forEach(member -> put(
                        fields,
                        member.role().label() + " #" + member.id(),
                        member.name()
                                + note(member.npi(), "NPI ")
                                + note(member.phone(), "")
                                + span(member.from(), member.until())));
        return fields;
    }

    private static void put(Map<String, String> fields, String field, @Nullable String text) {
        if (text != null) {
            fields.put(field, text);
        }
    }

    private static String note(@Nullable String text, String lead) {
        return text == null || text.isBlank() ? "" : ", " + lead + text;
    }

    private static String span(@Nullable PartialDate from, @Nullable PartialDate until) {
        if (from == null && until == null) {
            return "";
        }
        return ", " + (from == null ? "" : from.show()) + " to " + (until == null ? "now" : until.show());
    }

    private static @Nullable String date(@Nullable String iso) {
        return iso == null ? null : PartialDate.find(iso).map(PartialDate::show).orElse(iso);
    }
}
