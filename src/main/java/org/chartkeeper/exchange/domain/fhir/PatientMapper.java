package org.chartkeeper.exchange.domain.fhir;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.chartkeeper.patient.ImportedPatient;
import org.jspecify.annotations.Nullable;

/** Patient, with the US Core extensions for race, ethnicity and sex at birth. */
final class PatientMapper {

    private static final String US_CORE = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-";

    private PatientMapper() {}

    static ImportedPatient map(Element resource, String sourceId, String hash, ZoneId zone) {
        Element race = extension(resource, US_CORE + "race");
        Element ethnicity = extension(resource, US_CORE + "ethnicity");
        Element birthSex = extension(resource, US_CORE + "birthsex");
        FhirTime born = resource.time("birthDate", zone);
        return new ImportedPatient(
                sourceId,
                identifiers(resource),
                names(resource, zone),
                born == null ? null : born.text(),
                gender(resource),
                birthSex == null ? null : birthSex.text("valueCode"),
                races(race),
                ethnicity == null ? null : first(races(ethnicity)),
                language(resource),
                Codes.code(resource.child("maritalStatus")),
                deceased(resource, zone),
                addresses(resource, zone),
                telecoms(resource),
                multipleBirth(resource),
                resource.whole("multipleBirthInteger"),
                hash);
    }

    private static @Nullable String gender(Element resource) {
        String gender = resource.text("gender");
        if (gender != null && !Set.of("male", "female", "other", "unknown").contains(gender)) {
            throw new WrongType("wrong type: Patient.gender is none of male, female, other, unknown");
        }
        return gender;
    }

    private static List<ImportedPatient.Identifier> identifiers(Element resource) {
        List<ImportedPatient.Identifier> identifiers = new ArrayList<>();
        for (Element identifier : resource.children("identifier")) {
            String value = identifier.text("value");
            if (value != null) {
                String type = Codes.code(identifier.child("type"));
                identifiers.add(
                        new ImportedPatient.Identifier(identifier.text("system", ""), value, type == null ? "" : type));
            }
        }
        return identifiers;
    }

    private static List<ImportedPatient.Name> names(Element resource, ZoneId zone) {
        List<ImportedPatient.Name> names = new ArrayList<>();
        for (Element name : resource.children("name")) {
            String family = name.text("family");
            String given = String.join(" ", name.texts("given"));
            String text = name.text("text");
            if (family == null && given.isEmpty()) {
                if (text == null) {
                    continue;
                }
                // Words alone: the last one is taken for the surname, as a clerk would.
                String[] words = text.strip().split("\\s+");
                family = words[words.length - 1];
                given = String.join(" ", List.of(words).subList(0, words.length - 1));
            }
            names.add(new ImportedPatient.Name(
                    name.text("use", "usual"),
                    family == null ? "" : family,
                    given,
                    joined(name.texts("prefix")),
                    joined(name.texts("suffix")),
                    period(name, "start", zone),
                    period(name, "end", zone)));
        }
        return names;
    }

    private static @Nullable String joined(List<String> parts) {
        return parts.isEmpty() ? null : String.join(" ", parts);
    }

    private static @Nullable String first(List<String> parts) {
        return parts.isEmpty() ? null : parts.get(0);
    }

    private static @Nullable String period(Element holder, String end, ZoneId zone) {
        Element period = holder.child("period");
        FhirTime time = period == null ? null : period.time(end, zone);
        if (time == null) {
            return null;
        }
        return time.text().length() > 10 ? time.at().atZone(zone).toLocalDate().toString() : time.text();
    }

    private static @Nullable Element extension(Element resource, String url) {
        for (Element extension : resource.children("extension")) {
            if (url.equals(extension.text("url"))) {
                return extension;
            }
        }
        return null;
    }

    /** OMB category codes; the words where no code is given. */
    private static List<String> races(@Nullable Element extension) {
        if (extension == null) {
            return List.of();
        }
        List<String> codes = new ArrayList<>();
        String words = null;
        for (Element part : extension.children("extension")) {
            String url = part.text("url", "");
            if (url.equals("ombCategory")) {
                Element coding = part.child("valueCoding");
                String code = coding == null ? null : coding.text("code");
                if (code != null) {
                    codes.add(code);
                }
            } else if (url.equals("text")) {
                words = part.text("valueString");
            }
        }
        return codes.isEmpty() && words != null ? List.of(words) : codes;
    }

    private static @Nullable String language(Element resource) {
        String first = null;
        for (Element communication : resource.children("communication")) {
            String code = Codes.code(communication.child("language"));
            if (code != null && Boolean.TRUE.equals(communication.flag("preferred"))) {
                return code;
            }
            if (first == null) {
                first = code != null ? code : Codes.words(communication.child("language"));
            }
        }
        return first;
    }

    private static @Nullable String deceased(Element resource, ZoneId zone) {
        FhirTime time = resource.time("deceasedDateTime", zone);
        if (time != null) {
            return time.text();
        }
        return Boolean.TRUE.equals(resource.flag("deceasedBoolean")) ? "true" : null;
    }

    private static List<ImportedPatient.Address> addresses(Element resource, ZoneId zone) {
        List<ImportedPatient.Address> addresses = new ArrayList<>();
        for (Element address : resource.children("address")) {
            List<String> lines = address.texts("line");
            String text = address.text("text");
            addresses.add(new ImportedPatient.Address(
                    address.text("use"),
                    lines.isEmpty() && text != null && !address.has("city") ? List.of(text) : lines,
                    address.text("city"),
                    address.text("state"),
                    address.text("postalCode"),
                    address.text("country"),
                    period(address, "start", zone),
                    period(address, "end", zone)));
        }
        return addresses;
    }

    private static List<ImportedPatient.Telecom> telecoms(Element resource) {
        List<ImportedPatient.Telecom> telecoms = new ArrayList<>();
        for (Element telecom : resource.children("telecom")) {
            String value = telecom.text("value");
            String system = telecom.text("system", "phone");
            if (value != null && Set.of("phone", "sms", "email", "fax").contains(system)) {
                telecoms.add(new ImportedPatient.Telecom(
                        system.equals("sms") ? "phone" : system, value, telecom.text("use")));
            }
        }
        return telecoms;
    }

    private static @Nullable Boolean multipleBirth(Element resource) {
        Integer order = resource.whole("multipleBirthInteger");
        Boolean flag = resource.flag("multipleBirthBoolean");
        return order != null ? Boolean.TRUE : flag;
    }
}
