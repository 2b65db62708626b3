package org.chartkeeper.exchange.domain.outside;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Reads elements of HL7 version 3 by their local names; what is absent is null or empty. */
final class Xml {

    static final String V3 = "urn:hl7-org:v3";

    private Xml() {}

    static List<Element> children(@Nullable Element parent, String name) {
        List<Element> found = new ArrayList<>();
        if (parent != null) {
            for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
                if (node instanceof Element element
                        && name.equals(element.getLocalName())
                        && V3.equals(element.getNamespaceURI())) {
                    found.add(element);
                }
            }
        }
        return found;
    }

    /** Steps down by the first child of each name. */
    static @Nullable Element first(@Nullable Element parent, String... path) {
        Element at = parent;
        for (String name : path) {
            List<Element> found = children(at, name);
            if (found.isEmpty()) {
                return null;
            }
            at = found.get(0);
        }
        return at;
    }

    /** Steps down by all children of each name. */
    static Stream<Element> all(@Nullable Element parent, String... path) {
        Stream<Element> at = parent == null ? Stream.empty() : Stream.of(parent);
        for (String name : path) {
            at = at.flatMap(element -> children(element, name).stream());
        }
        return at;
    }

    static @Nullable String attribute(@Nullable Element element, String name) {
        if (element == null || !element.hasAttribute(name)) {
            return null;
        }
        String value = element.getAttribute(name).strip();
        return value.isEmpty() ? null : value;
    }

    /** The text in it with white space folded; null where there is none. */
    static @Nullable String text(@Nullable Element element) {
        if (element == null) {
            return null;
        }
        String text = element.getTextContent().strip().replaceAll("\\s+", " ");
        return text.isEmpty() ? null : text;
    }

    static boolean hasTemplate(Element element, String root) {
        return children(element, "templateId").stream().anyMatch(id -> root.equals(attribute(id, "root")));
    }

    static boolean negated(Element element) {
        return "true".equals(element.getAttribute("negationInd"));
    }

    /** Type of a value: CD, PQ, ST, without its prefix. */
    static String type(Element value) {
        String type = Optional.ofNullable(attribute(value, "xsi:type"))
                .orElse(value.getAttributeNS("http://www.w3.org/2001/XMLSchema-instance", "type"));
        return type.substring(type.indexOf(':') + 1);
    }
}
