package org.chartkeeper.coding;

/** A case that cannot be read; the message begins with the place: {@code cases[0].diagnoses[2].cod}. */
public class BadCase extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BadCase(String place, String fault) {
        super(place.isEmpty() ? fault : place + ": " + fault);
    }
}
