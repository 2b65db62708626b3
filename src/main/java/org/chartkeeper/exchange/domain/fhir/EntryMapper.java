package org.chartkeeper.exchange.domain.fhir;

import org.jspecify.annotations.Nullable;

/** Maps one resource type to an entry. */
interface EntryMapper {

    /** Name of the FHIR resource type. */
    String type();

    /** @throws WrongType where an element is not of its type or a required one is missing */
    Mapping.Mapped map(Element resource, Mapping mapping);

    /** The reference to the visit that it belongs to, null where it has none. */
    default @Nullable Element encounter(Element resource) {
        return resource.child("encounter");
    }
}
