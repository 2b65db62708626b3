package org.chartkeeper.exchange.domain.fhir;

import java.util.Objects;
import java.util.StringJoiner;
import org.chartkeeper.patient.Patients;
import org.jspecify.annotations.Nullable;

/** Coverage and RelatedPerson: registration data of a patient. */
final class RegistrationMapper {

    private RegistrationMapper() {}

    static Patients.ImportedCoverage coverage(Element resource, String sourceId, Mapping mapping) {
        resource.required("beneficiary");
        Element period = resource.child("period");
        String payer = mapping.references().name(resource.first("payor"));
        String plan = null;
        String group = null;
        for (Element type : resource.children("class")) {
            String code = Codes.code(type.child("type"));
            if ("plan".equals(code)) {
                plan = type.text("name", type.text("value", ""));
            } else if ("group".equals(code)) {
                group = type.text("value");
            }
        }
        if (plan == null) {
            plan = Codes.words(resource.child("type"));
        }
        String member = resource.text("subscriberId");
        Element identifier = resource.first("identifier");
        if (member == null && identifier != null) {
            member = identifier.text("value");
        }
        return new Patients.ImportedCoverage(
                sourceId,
                Objects.requireNonNullElse(payer, "Payer not stated"),
                plan,
                member,
                group,
                mapping.references().name(resource.child("subscriber")),
                Codes.words(resource.child("relationship")),
                period == null ? null : mapping.when(period, "start"),
                period == null ? null : mapping.when(period, "end"));
    }

    static Patients.ImportedRelated related(Element resource, String sourceId, Mapping mapping) {
        resource.required("patient");
        Element period = resource.child("period");
        return new Patients.ImportedRelated(
                sourceId,
                name(resource),
                Codes.joined(resource.children("relationship")),
                phone(resource),
                period == null ? null : mapping.when(period, "start"),
                period == null ? null : mapping.when(period, "end"));
    }

    private static String name(Element resource) {
        Element name = resource.first("name");
        if (name == null) {
            return "Not named";
        }
        StringJoiner words = new StringJoiner(" ");
        name.texts("given").forEach(words::add);
        String family = name.text("family");
        if (family != null) {
            words.add(family);
        }
        return words.length() == 0 ? name.text("text", "Not named") : words.toString();
    }

    private static @Nullable String phone(Element resource) {
        for (Element telecom : resource.children("telecom")) {
            if ("phone".equals(telecom.text("system", "phone"))) {
                return telecom.text("value");
            }
        }
        return null;
    }
}
