package org.chartkeeper.exchange.domain.outside;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.chartkeeper.chart.Concept;
import org.chartkeeper.chart.Content;
import org.chartkeeper.exchange.domain.outside.OutsideDocument.Item;
import org.chartkeeper.exchange.domain.outside.OutsideDocument.Person;
import org.chartkeeper.platform.Problem;
import org.chartkeeper.platform.Rejected;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Reads a C-CDA document (HL7 CDA R2 with the templates of Consolidated CDA): its header, and the problems, allergies,
 * medications, immunizations and results of its sections. What a document says that there is none of, such as "no known
 * allergies", becomes no line: it is for a clinician here to say.
 */
final class CcdaReader {

    private static final Set<String> PROBLEMS = Set.of("11450-4");
    private static final Set<String> ALLERGIES = Set.of("48765-2");
    private static final Set<String> MEDICATIONS = Set.of("10160-0", "10183-2", "75311-1", "42346-7");
    private static final Set<String> IMMUNIZATIONS = Set.of("11369-6");
    private static final Set<String> RESULTS = Set.of("30954-2");

    private final ZoneId zone;
    private final List<Item> items = new ArrayList<>();
    private final List<String> unread = new ArrayList<>();
    private final Codes codes;

    private CcdaReader(ZoneId zone, Codes codes) {
        this.zone = zone;
        this.codes = codes;
    }

    /**
     * @param zone of moments that the document gives without an offset
     * @throws Rejected where these bytes are no C-CDA document, or one that is not safe to read
     */
    static OutsideDocument read(byte[] content, ZoneId zone) {
        Element root = parse(content);
        if (!"ClinicalDocument".equals(root.getLocalName()) || !Xml.V3.equals(root.getNamespaceURI())) {
            throw rejected("This is a part of a document (" + root.getNodeName()
                    + "), not a whole C-CDA document: nobody is named in it.");
        }
        Element patient = Xml.first(root, "recordTarget", "patientRole", "patient");
        if (patient == null) {
            throw rejected("The document names no patient.");
        }
        CcdaReader reader = new CcdaReader(zone, new Codes(root));
        Xml.all(root, "component", "structuredBody", "component", "section").forEach(reader::section);
        String title = Xml.text(Xml.first(root, "title"));
        if (title == null) {
            title = Xml.attribute(Xml.first(root, "code"), "displayName");
        }
        return new OutsideDocument(
                title == null ? "Outside record" : title,
                custodian(root),
                Hl7Time.of(Xml.attribute(Xml.first(root, "effectiveTime"), "value"), zone),
                person(patient, zone),
                List.copyOf(reader.items),
                List.copyOf(reader.unread));
    }

    private static Rejected rejected(String message) {
        return new Rejected(List.of(Problem.error("file", message)));
    }

    /** Without document types and entities, so that nothing outside of the file is read and nothing in it grows. */
    private static Element parse(byte[] content) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setXIncludeAware(false);
            factory.setExpandEntityReferences(false);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new DefaultHandler());
            return builder.parse(new ByteArrayInputStream(content)).getDocumentElement();
        } catch (SAXException broken) {
            throw rejected(
                    String.valueOf(broken.getMessage()).contains("DOCTYPE")
                            ? "The file declares a document type, which may reach outside of it. C-CDA documents have none."
                            : "The file is no well-formed XML: it may be cut off or damaged.");
        } catch (ParserConfigurationException impossible) {
            throw new IllegalStateException(impossible);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    private static String custodian(Element root) {
        return Stream.of(
                        Xml.first(root, "custodian", "assignedCustodian", "representedCustodianOrganization", "name"),
                        Xml.first(root, "author", "assignedAuthor", "representedOrganization", "name"))
                .map(Xml::text)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse("an outside source");
    }

    private static Person person(Element patient, ZoneId zone) {
        Element name = Xml.first(patient, "name");
        Hl7Time birth = Hl7Time.of(Xml.attribute(Xml.first(patient, "birthTime"), "value"), zone);
        String born = birth == null ? null : birth.text();
        return new Person(
                Optional.ofNullable(Xml.text(Xml.first(name, "family"))).orElse(""),
                Optional.ofNullable(Xml.text(Xml.first(name, "given"))).orElse(""),
                born == null || born.length() <= 10 ? born : born.substring(0, 10),
                Xml.attribute(Xml.first(patient, "administrativeGenderCode"), "code"));
    }

    private void section(Element section) {
        String code = Xml.attribute(Xml.first(section, "code"), "code");
        String kind = code == null ? "" : code;
        List<Element> entries = Xml.children(section, "entry");
        int before = items.size();
        if (PROBLEMS.contains(kind)) {
            entries.stream().flatMap(entry -> Xml.all(entry, "act")).forEach(this::problems);
        } else if (ALLERGIES.contains(kind)) {
            entries.stream().flatMap(entry -> Xml.all(entry, "act")).forEach(this::allergies);
        } else if (MEDICATIONS.contains(kind)) {
            entries.stream().flatMap(CcdaReader::medicationsOf).forEach(this::medication);
        } else if (IMMUNIZATIONS.contains(kind)) {
            entries.stream()
                    .flatMap(entry -> Xml.all(entry, "substanceAdministration"))
                    .forEach(this::immunization);
        } else if (RESULTS.contains(kind)) {
            entries.stream()
                    .flatMap(entry -> Xml.all(entry, "organizer", "component", "observation"))
                    .forEach(this::result);
        }
        if (items.size() == before) {
            String title = Xml.text(Xml.first(section, "title"));
            unread.add(title == null ? "Section without a title" : title);
        }
        Xml.all(section, "component", "section").forEach(this::section);
    }

    private void add(String kind, Content content, @Nullable Hl7Time time) {
        long number =
                items.stream().filter(item -> item.key().startsWith(kind + "-")).count() + 1;
        items.add(new Item(kind + "-" + number, content, time));
    }

    private @Nullable Hl7Time time(@Nullable Element element, String part) {
        return Hl7Time.of(Xml.attribute(Xml.first(element, part), "value"), zone);
    }

    /** A time that stands as a value of its own or as the beginning of a period. */
    private @Nullable Hl7Time began(@Nullable Element element) {
        Hl7Time own = Hl7Time.of(Xml.attribute(element, "value"), zone);
        return own != null ? own : time(element, "low");
    }

    private static @Nullable String words(@Nullable Hl7Time time) {
        return time == null ? null : time.text();
    }

    private void problems(Element concern) {
        Xml.all(concern, "entryRelationship", "observation")
                .filter(observation -> Xml.first(observation, "value") != null && !Xml.negated(observation))
                .forEach(observation -> problem(concern, observation));
    }

    private void problem(Element concern, Element observation) {
        Concept what = codes.concept(Xml.first(observation, "value"));
        if (what == null) {
            return;
        }
        Element period = Xml.first(observation, "effectiveTime");
        Hl7Time onset = began(period);
        Hl7Time end = time(period, "high");
        boolean over = end != null || "completed".equals(Xml.attribute(Xml.first(concern, "statusCode"), "code"));
        add(
                "problem",
                new Content.Condition(
                        false,
                        what,
                        over ? "resolved" : "active",
                        "confirmed",
                        null,
                        words(onset),
                        words(end),
                        null,
                        null),
                onset);
    }

    private void allergies(Element concern) {
        Xml.all(concern, "entryRelationship", "observation")
                .filter(observation -> !Xml.negated(observation))
                .forEach(this::allergy);
    }

    private void allergy(Element observation) {
        Concept substance =
                codes.concept(Xml.first(observation, "participant", "participantRole", "playingEntity", "code"));
        if (substance == null) {
            String name = Xml.text(Xml.first(observation, "participant", "participantRole", "playingEntity", "name"));
            if (name == null) {
                return;
            }
            substance = Concept.of(name);
        }
        String type = Optional.ofNullable(Xml.attribute(Xml.first(observation, "value"), "code"))
                .orElse("");
        List<Content.Reaction> reactions = new ArrayList<>();
        String criticality = null;
        for (Element inner :
                Xml.all(observation, "entryRelationship", "observation").toList()) {
            String what = Xml.attribute(Xml.first(inner, "code"), "code");
            if ("82606-5".equals(what)) {
                criticality = criticality(Xml.attribute(Xml.first(inner, "value"), "code"));
            } else if (Xml.hasTemplate(inner, "2.16.840.1.113883.10.20.22.4.9")) {
                Concept reaction = codes.concept(Xml.first(inner, "value"));
                if (reaction != null) {
                    reactions.add(new Content.Reaction(reaction.text(), severity(inner)));
                }
            }
        }
        Hl7Time onset = began(Xml.first(observation, "effectiveTime"));
        Hl7Time end = time(Xml.first(observation, "effectiveTime"), "high");
        add(
                "allergy",
                new Content.Allergy(
                        Set.of("59037007", "235719002", "420134006").contains(type) ? "intolerance" : "allergy",
                        category(type),
                        substance,
                        end == null ? "active" : "resolved",
                        "confirmed",
                        criticality,
                        List.copyOf(reactions),
                        words(onset),
                        null),
                onset);
    }

    private static @Nullable String category(String type) {
        return switch (type) {
            case "416098002", "59037007", "419511003" -> "medication";
            case "414285001", "235719002", "418471000" -> "food";
            case "426232007", "232347008" -> "environment";
            default -> null;
        };
    }

    private static @Nullable String criticality(@Nullable String code) {
        return switch (code == null ? "" : code) {
            case "CRITH" -> "high";
            case "CRITL" -> "low";
            case "CRITU" -> "unable-to-assess";
            default -> null;
        };
    }

    private static @Nullable String severity(Element reaction) {
        return Xml.all(reaction, "entryRelationship", "observation", "value")
                .map(value -> switch (Optional.ofNullable(Xml.attribute(value, "code"))
                        .orElse("")) {
                    case "255604002", "371923003" -> "mild";
                    case "6736007", "371924009" -> "moderate";
                    case "24484000", "399166001" -> "severe";
                    default -> null;
                })
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** Those of the list, and those that an act of discharge or admission wraps. */
    private static Stream<Element> medicationsOf(Element entry) {
        return Stream.concat(
                Xml.all(entry, "substanceAdministration"),
                Xml.all(entry, "act", "entryRelationship", "substanceAdministration"));
    }

    private void medication(Element administration) {
        Concept drug = codes.concept(material(administration, "code"));
        if (drug == null) {
            String name = Xml.text(material(administration, "name"));
            if (name == null) {
                return;
            }
            drug = Concept.of(name);
        }
        if (Xml.negated(administration)) {
            return;
        }
        Element period = Xml.children(administration, "effectiveTime").stream()
                .filter(time ->
                        !Xml.type(time).equals("PIVL_TS") && !Xml.type(time).equals("EIVL_TS"))
                .findFirst()
                .orElse(null);
        Hl7Time start = began(period);
        Hl7Time end = time(period, "high");
        String status = Optional.ofNullable(Xml.attribute(Xml.first(administration, "statusCode"), "code"))
                .orElse("");
        add(
                "medication",
                new Content.MedicationStatement(
                        drug,
                        switch (status) {
                            case "completed" -> "completed";
                            case "aborted", "suspended" -> "stopped";
                            default -> "active";
                        },
                        dosage(administration),
                        words(start),
                        words(end),
                        null),
                start);
    }

    private static @Nullable Element material(Element administration, String part) {
        return Xml.first(administration, "consumable", "manufacturedProduct", "manufacturedMaterial", part);
    }

    private Content.@Nullable Dosage dosage(Element administration) {
        String dose = quantity(Xml.first(administration, "doseQuantity"));
        String route = Xml.attribute(Xml.first(administration, "routeCode"), "displayName");
        String timing = Xml.children(administration, "effectiveTime").stream()
                .filter(time -> Xml.type(time).equals("PIVL_TS"))
                .map(time -> quantity(Xml.first(time, "period")))
                .filter(Objects::nonNull)
                .map(period -> "every " + period)
                .findFirst()
                .orElse(null);
        String sig = codes.narrative(Xml.first(administration, "text"));
        String text = sig != null
                ? sig
                : Stream.of(dose, route, timing)
                        .filter(Objects::nonNull)
                        .reduce((one, other) -> one + " " + other)
                        .orElse(null);
        if (text == null) {
            return null;
        }
        return new Content.Dosage(
                text,
                Xml.attribute(Xml.first(administration, "doseQuantity"), "value"),
                Xml.attribute(Xml.first(administration, "doseQuantity"), "unit"),
                route,
                timing,
                Xml.first(administration, "precondition") != null,
                null);
    }

    private static @Nullable String quantity(@Nullable Element element) {
        String value = Xml.attribute(element, "value");
        String unit = Xml.attribute(element, "unit");
        return value == null ? null : unit == null || unit.equals("1") ? value : value + " " + unit;
    }

    private void immunization(Element administration) {
        Concept vaccine = codes.concept(material(administration, "code"));
        if (vaccine == null) {
            return;
        }
        Hl7Time given = began(Xml.first(administration, "effectiveTime"));
        String refusal = Xml.all(administration, "entryRelationship", "observation", "code")
                .map(code -> Xml.attribute(code, "displayName"))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse("not given, reason not stated");
        boolean not = Xml.negated(administration);
        add(
                "immunization",
                new Content.Immunization(
                        vaccine,
                        not ? "not-done" : "completed",
                        true,
                        Xml.text(material(administration, "lotNumberText")),
                        Xml.text(Xml.first(
                                administration,
                                "consumable",
                                "manufacturedProduct",
                                "manufacturerOrganization",
                                "name")),
                        null,
                        Xml.attribute(Xml.first(administration, "approachSiteCode"), "displayName"),
                        Xml.attribute(Xml.first(administration, "routeCode"), "displayName"),
                        quantity(Xml.first(administration, "doseQuantity")),
                        null,
                        not ? refusal : null,
                        null),
                given);
    }

    private void result(Element observation) {
        Concept what = codes.concept(Xml.first(observation, "code"));
        Element value = Xml.first(observation, "value");
        if (what == null || value == null || Xml.negated(observation)) {
            return;
        }
        Content.Value read = value(value);
        if (read == null) {
            return;
        }
        Hl7Time at = began(Xml.first(observation, "effectiveTime"));
        Element range = Xml.first(observation, "referenceRange", "observationRange");
        add(
                "result",
                new Content.Observation(
                        "laboratory",
                        what,
                        read,
                        List.of(),
                        "final",
                        Xml.attribute(Xml.first(observation, "interpretationCode"), "code"),
                        range(range),
                        null,
                        null,
                        words(at),
                        null,
                        null,
                        null,
                        null),
                at);
    }

    private Content.@Nullable Value value(Element value) {
        return switch (Xml.type(value)) {
            case "PQ", "INT", "REAL" -> {
                String number = Xml.attribute(value, "value");
                String unit = Xml.attribute(value, "unit");
                yield number == null ? null : new Content.Value(number, unit, unit, null, null);
            }
            case "CD", "CE", "CO" -> {
                Concept coded = codes.concept(value);
                yield coded == null ? null : new Content.Value(null, null, null, coded.text(), null, coded.codings());
            }
            case "IVL_PQ" -> {
                String low = quantity(Xml.first(value, "low"));
                String high = quantity(Xml.first(value, "high"));
                String text = low != null && high != null
                        ? low + " to " + high
                        : low != null ? "> " + low : high == null ? null : "< " + high;
                yield text == null ? null : new Content.Value(null, null, null, text, null);
            }
            default -> {
                String text = Xml.text(value);
                yield text == null ? null : new Content.Value(null, null, null, text, null);
            }
        };
    }

    private static @Nullable String range(@Nullable Element range) {
        String text = Xml.text(Xml.first(range, "text"));
        if (text != null) {
            return text;
        }
        String low = quantity(Xml.first(range, "value", "low"));
        String high = quantity(Xml.first(range, "value", "high"));
        return low == null ? high == null ? null : "< " + high : high == null ? "> " + low : low + " to " + high;
    }
}
