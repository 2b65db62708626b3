package org.chartkeeper.chart.document;

import java.util.List;
import java.util.Optional;

/** The document catalogue. */
public interface DocumentTypes {

    /** The types that can be chosen, by section and position. One statement. */
    List<DocumentType> choices();

    /** A type by its key, one that is no longer chosen too. */
    Optional<DocumentType> find(String key);
}
