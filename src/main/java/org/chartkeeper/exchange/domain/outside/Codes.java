package org.chartkeeper.exchange.domain.outside;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.chartkeeper.chart.Concept;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Codes of a document with the words that its narrative has for them. */
final class Codes {

    private static final Map<String, String> SYSTEMS = Map.of(
            "2.16.840.1.113883.6.96", Concept.SNOMED,
            "2.16.840.1.113883.6.1", Concept.LOINC,
            "2.16.840.1.113883.6.88", Concept.RXNORM,
            "2.16.840.1.113883.6.90", Concept.ICD10CM,
            "2.16.840.1.113883.6.103", "http://hl7.org/fhir/sid/icd-9-cm",
            "2.16.840.1.113883.12.292", Concept.CVX,
            "2.16.840.1.113883.6.69", "http://hl7.org/fhir/sid/ndc",
            "2.16.840.1.113883.4.9", "http://fdasis.nlm.nih.gov");

    private final Map<String, String> narrative = new HashMap<>();

    Codes(Element root) {
        index(root);
    }

    private void index(Element element) {
        if (element.hasAttribute("ID")) {
            String text = Xml.text(element);
            if (text != null) {
                narrative.putIfAbsent(element.getAttribute("ID"), text);
            }
        }
        for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child) {
                index(child);
            }
        }
    }

    /** The words that a text refers to, else its own; null where there are none. */
    @Nullable
    String narrative(@Nullable Element text) {
        String reference = Xml.attribute(Xml.first(text, "reference"), "value");
        String referred = reference == null
                ? null
                : narrative.get(reference.startsWith("#") ? reference.substring(1) : reference);
        return referred != null ? referred : Xml.text(text);
    }

    /** The concept of a coded element with its translations; null where it has neither code nor words. */
    @Nullable
    Concept concept(@Nullable Element coded) {
        if (coded == null) {
            return null;
        }
        List<Concept.Coding> codings = new ArrayList<>();
        add(codings, coded);
        Xml.children(coded, "translation").forEach(translation -> add(codings, translation));
        String text = Xml.attribute(coded, "displayName");
        if (text == null) {
            text = narrative(Xml.first(coded, "originalText"));
        }
        if (text == null && !codings.isEmpty()) {
            text = codings.stream()
                    .map(Concept.Coding::display)
                    .filter(display -> display != null)
                    .findFirst()
                    .orElse(codings.get(0).code());
        }
        return text == null ? null : new Concept(text, codings);
    }

    private static void add(List<Concept.Coding> codings, Element coded) {
        String code = Xml.attribute(coded, "code");
        String system = Xml.attribute(coded, "codeSystem");
        if (code != null && system != null) {
            codings.add(new Concept.Coding(
                    SYSTEMS.getOrDefault(system, "urn:oid:" + system), code, Xml.attribute(coded, "displayName")));
        }
    }
}
