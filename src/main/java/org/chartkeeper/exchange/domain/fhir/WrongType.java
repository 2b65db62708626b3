package org.chartkeeper.exchange.domain.fhir;

/** An element is not of the type that FHIR gives it, or a required one is missing. Names the element, never its value. */
final class WrongType extends RuntimeException {

    WrongType(String message) {
        super(message, null, false, false);
    }
}
