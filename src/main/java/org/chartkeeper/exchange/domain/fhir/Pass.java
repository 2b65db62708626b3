package org.chartkeeper.exchange.domain.fhir;

import java.util.Set;

/**
 * A run reads its files several times, each time for what the next needs: so the order of files and of entries in them
 * does not matter, and a version never has to be mended afterwards.
 */
enum Pass {
    /** Who and where: what others refer to. */
    DIRECTORY,
    /** Visits. */
    VISITS,
    /** Everything else, and what is broken. */
    RECORD,
    /** Entries that refer to entries which came later. */
    DEFERRED;

    private static final Set<String> DIRECTORY_TYPES =
            Set.of("Patient", "Practitioner", "PractitionerRole", "Organization", "Location", "Medication");

    static Pass of(int number) {
        return values()[number - 1];
    }

    int number() {
        return ordinal() + 1;
    }

    boolean wants(String type) {
        return switch (this) {
            case DIRECTORY -> DIRECTORY_TYPES.contains(type);
            case VISITS -> type.equals("Encounter");
            case RECORD, DEFERRED -> !DIRECTORY_TYPES.contains(type) && !type.equals("Encounter");
        };
    }

    /** Whether what has no type is met in this pass. */
    boolean wantsUnknown() {
        return this == RECORD;
    }
}
