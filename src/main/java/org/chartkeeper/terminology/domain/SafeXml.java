package org.chartkeeper.terminology.domain;

import java.io.InputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** XML read piece by piece, without document types and without anything from outside. */
final class SafeXml {

    private SafeXml() {}

    static XMLStreamReader reader(InputStream in) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory.createXMLStreamReader(in);
    }

    /** What is wrong, with the line, without the parser's own lines about the place. */
    static BadFile broken(XMLStreamException fault) {
        long line = fault.getLocation() == null ? 0 : fault.getLocation().getLineNumber();
        return line > 0
                ? new BadFile(line, "the XML ends too early or is damaged.")
                : new BadFile("The XML is damaged.");
    }
}
