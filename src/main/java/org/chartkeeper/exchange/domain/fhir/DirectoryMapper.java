package org.chartkeeper.exchange.domain.fhir;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.chartkeeper.access.Directory;
import org.jspecify.annotations.Nullable;

/** Practitioner, PractitionerRole, Organization and Location: entries of a directory, never users or facilities. */
final class DirectoryMapper {

    private static final String NPI = "http://hl7.org/fhir/sid/us-npi";

    private DirectoryMapper() {}

    /** An identifier by which a conditional reference may ask. */
    record Identifier(String system, String value) {}

    static List<Identifier> identifiers(Element resource) {
        List<Identifier> identifiers = new ArrayList<>();
        for (Element identifier : resource.children("identifier")) {
            String value = identifier.text("value");
            if (value != null) {
                identifiers.add(new Identifier(identifier.text("system", ""), value));
            }
        }
        return identifiers;
    }

    /** Its name in words; empty where it has none. */
    static String name(Element resource) {
        if (resource.node().get("name") == null) {
            return "";
        }
        if (!resource.node().get("name").isArray()) {
            return resource.text("name", "");
        }
        Element name = resource.first("name");
        if (name == null) {
            return "";
        }
        String text = name.text("text");
        if (text != null) {
            return text;
        }
        StringJoiner words = new StringJoiner(" ");
        name.texts("prefix").forEach(words::add);
        name.texts("given").forEach(words::add);
        words.add(name.text("family", ""));
        return words.toString().strip();
    }

    static Directory.ImportedPractitioner practitioner(Element resource, String sourceId) {
        Element name = resource.first("name");
        String family = name == null ? null : name.text("family");
        String given = name == null ? "" : String.join(" ", name.texts("given"));
        if (name != null && family == null) {
            family = name.text("text");
        }
        String npi = identifiers(resource).stream()
                .filter(identifier ->
                        identifier.system().equals(NPI) && identifier.value().matches("\\d{10}"))
                .map(Identifier::value)
                .findFirst()
                .orElse(null);
        return new Directory.ImportedPractitioner(
                sourceId, family == null ? "Unnamed" : family, given, prefix(name), npi);
    }

    private static @Nullable String prefix(@Nullable Element name) {
        List<String> prefixes = name == null ? List.of() : name.texts("prefix");
        return prefixes.isEmpty() ? null : String.join(" ", prefixes);
    }
}
