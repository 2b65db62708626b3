package org.chartkeeper.chart.document.domain;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * A C-CDA document: that it is one, and what it says to a reader. Read as a stream; a document type declaration, and with
 * it every entity, is refused before anything is resolved.
 */
final class Cda {

    private static final String HL7 = "urn:hl7-org:v3";
    private static final int DEEPEST = 256;
    private static final Set<String> BREAKS = Set.of(
            "paragraph", "tr", "li", "item", "br", "list", "table", "caption", "title", "text", "thead", "tbody");

    private Cda() {}

    /**
     * Its narrative: titles and texts of its sections.
     *
     * @throws org.chartkeeper.platform.Rejected where it is no C-CDA document, is damaged or declares a document type
     */
    static String text(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            XMLStreamReader xml = factory().createXMLStreamReader(in);
            try {
                return narrative(xml);
            } finally {
                xml.close();
            }
        } catch (XMLStreamException e) {
            throw Refusal.of("This is no well-formed XML"
                    + (e.getLocation() == null
                            ? "."
                            : ", as line " + e.getLocation().getLineNumber() + " shows."));
        }
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setXMLResolver((publicId, systemId, base, name) -> {
            throw new XMLStreamException("nothing outside of the document is ever read");
        });
        return factory;
    }

    private static String narrative(XMLStreamReader xml) throws XMLStreamException {
        StringBuilder text = new StringBuilder();
        Deque<String> open = new ArrayDeque<>();
        // Depth at which a title or text began; what stands within belongs to it.
        int within = 0;
        while (xml.hasNext()) {
            switch (xml.next()) {
                case XMLStreamConstants.DTD,
                        XMLStreamConstants.ENTITY_REFERENCE,
                        XMLStreamConstants.ENTITY_DECLARATION ->
                    throw Refusal.of("The document declares a document type or an entity, which could make this server"
                            + " read other files. A C-CDA document needs none.");
                case XMLStreamConstants.START_ELEMENT -> {
                    if (open.isEmpty()
                            && !(xml.getLocalName().equals("ClinicalDocument") && HL7.equals(xml.getNamespaceURI()))) {
                        throw Refusal.of("This XML is no C-CDA document: it begins with “"
                                + shortened(xml.getLocalName()) + "”, not with ClinicalDocument of HL7 version 3.");
                    }
                    String name = HL7.equals(xml.getNamespaceURI()) ? xml.getLocalName() : "";
                    open.push(name);
                    if (open.size() > DEEPEST) {
                        throw Refusal.of("The document is nested too deeply to be a C-CDA document.");
                    }
                    if (within == 0 && narrates(open)) {
                        within = open.size();
                    }
                    if (within > 0) {
                        separate(text, name);
                    }
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    if (within > 0) {
                        separate(text, open.getFirst());
                    }
                    if (open.size() == within) {
                        within = 0;
                    }
                    open.pop();
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                    if (within > 0 && text.length() < Bounds.SEARCHED) {
                        text.append(xml.getText().replaceAll("\\s+", " "));
                    }
                }
                default -> {
                    // comments and processing instructions say nothing; a style sheet of the document is never applied
                }
            }
        }
        return text.toString().replaceAll(" *\\n[ \\n]*", "\n").strip();
    }

    /** A title or a text of the document or of a section. */
    private static boolean narrates(Deque<String> open) {
        String[] names = open.toArray(String[]::new);
        return names.length >= 2
                && (names[0].equals("title") || names[0].equals("text"))
                && (names[1].equals("section") || names[1].equals("ClinicalDocument"));
    }

    private static void separate(StringBuilder text, String name) {
        if (BREAKS.contains(name)) {
            text.append('\n');
        } else if (name.equals("td") || name.equals("th")) {
            text.append("  ");
        }
    }

    private static String shortened(String name) {
        return name.length() > 40 ? name.substring(0, 40) + "…" : name;
    }
}
